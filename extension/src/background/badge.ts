// The little sign on the toolbar icon: nothing while all is well.

import { makeT } from "../shared/i18n";
import type { State, Texts } from "../shared/messages";

const AMBER = "#b45309";
const RED = "#b91c1c";
const GREY = "#64748b";
const SEA = "#0b5f86";

/** On a tab whose page is no longer understood; no state has this sign. */
const CHANGED = "?";

/** Text, colour and the key of the sentence for the tooltip. */
export function badgeFor(state: State, lost = 0): { text: string; colour: string; key: string } {
  if (state.queue.full) return { text: "!", colour: RED, key: "popup_state_queue_full" };
  if (state.link === "unpaired") return { text: "!", colour: state.detail === "foreign" ? RED : AMBER, key: `popup_state_unpaired${state.detail ? `_${state.detail}` : ""}` };
  if (state.link === "version") return { text: "!", colour: AMBER, key: `popup_state_${state.detail || "update_extension"}` };
  if (lost) return { text: "!", colour: RED, key: "inbox_badge" };
  if (state.link === "no_companion") return { text: "–", colour: GREY, key: "popup_state_no_companion" };
  if (state.link === "connecting") return { text: "", colour: GREY, key: "popup_state_connecting" };
  if (state.queue.trouble) return { text: "!", colour: RED, key: "popup_state_trouble" };
  if (state.queue.parked) return { text: String(Math.min(99, state.queue.parked)), colour: AMBER, key: "popup_state_parked" };
  return state.practice ? { text: "•", colour: SEA, key: "popup_state_practice" } : { text: "", colour: GREY, key: "popup_state_ready" };
}

/** `lost`: watched inboxes that nobody looks at. */
export async function showBadge(state: State, texts: Texts, lost: number): Promise<void> {
  const { text, colour, key } = badgeFor(state, lost);
  const t = makeT(texts);
  await Promise.all([
    chrome.action.setBadgeText({ text }),
    chrome.action.setBadgeBackgroundColor({ color: colour }),
    chrome.action.setTitle({ title: `${t("popup_ext_name")} · ${t(key, { count: key === "inbox_badge" ? lost : state.queue.parked })}` }),
  ]);
}

/** Marks one tab until it goes elsewhere: the page of the marketplace `title` has changed. "" takes the mark away. */
export async function markTab(tabId: number, title: string, texts: Texts): Promise<void> {
  const t = makeT(texts);
  await Promise.all([
    // null gives the tab back the badge of all tabs; the browser's types know only strings
    chrome.action.setBadgeText({ tabId, text: (title ? CHANGED : null) as string }),
    title && chrome.action.setBadgeBackgroundColor({ tabId, color: AMBER }),
    chrome.action.setTitle({ tabId, title: title && `${t("popup_ext_name")} · ${t("popup_page_changed", { title })}` }),
  ]);
}
