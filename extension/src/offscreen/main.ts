// The page nobody sees: what the background asks the browser's own translator is asked here. It closes itself when idle.

import { type OffscreenRequests, translatorApi } from "../shared/translator";
import { Translating } from "./translate";

type Asked = { [K in keyof OffscreenRequests]: { type: K } & OffscreenRequests[K]["ask"] }[keyof OffscreenRequests];

const translating = new Translating({ api: translatorApi, close: () => window.close() });
const background = chrome.runtime.getURL("background.js");

chrome.runtime.onMessage.addListener((asked: Asked, sender, respond: (answer: unknown) => void) => {
  // messages of content scripts and of our other pages pass here too
  if (sender.id !== chrome.runtime.id || sender.tab || sender.url !== background) return false;
  if (asked?.type === "own.translator.states") void translating.states(asked.ways).then(respond);
  else if (asked?.type === "own.translator.translate") void translating.translate(asked).then(respond);
  else return false;
  return true;
});
