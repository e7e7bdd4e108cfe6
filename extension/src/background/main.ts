// The service worker, or Firefox's event page. All listeners stand here, registered before anything is awaited: the
// browser wakes a sleeping worker only for those.

import { translateHere } from "./anywhere";
import { MAX_IMPORT } from "../shared/protocol.const.gen";
import { App } from "./app";
import { answerOwn } from "./own_side";
import { answerPage, Refused } from "./pages_side";
import { openPanel, shieldStorage } from "./platform";
import { forgetReading } from "./reading";
import { tierOf } from "./senders";
import { dropTab } from "./sights";
import { answerTeach, isTeaching } from "./teaching";
import { inboxOf } from "./watch/alarm";

const ALARM = "wake";
/** Longest request of a page in UTF-16 units; a frame of the wire is bounded anyway. */
const MAX_ASKED = 300_000;
/** The same of an own page, which imports files; as JSON a character of one may take two. */
const MAX_OWN = 2 * MAX_IMPORT + MAX_ASKED;

const app = new App();

async function answer(asked: unknown, sender: chrome.runtime.MessageSender): Promise<{ ok: unknown } | { refused: string }> {
  if (!app.booted) await app.boot();
  if (typeof asked !== "object" || asked === null) return { refused: "size" };
  const tier = tierOf(sender, { extensionId: chrome.runtime.id, base: chrome.runtime.getURL(""), granted: (url) => app.isGranted(url) });
  if (JSON.stringify(asked).length > (tier.kind === "own" ? MAX_OWN : MAX_ASKED)) return { refused: "size" };
  const request = asked as Record<string, unknown>;
  try {
    // a tab that is being taught belongs to no marketplace yet and has a check of its own
    if (isTeaching(request)) return { ok: await answerTeach(app, request, sender) };
    if (tier.kind === "refused") return { refused: tier.why };
    return { ok: tier.kind === "own" ? await answerOwn(app, request) : await answerPage(app, request, tier) };
  } catch (error) {
    return { refused: error instanceof Refused ? error.message : "failed" };
  }
}

chrome.runtime.onMessage.addListener((asked: unknown, sender, respond: (answer: unknown) => void) => {
  answer(asked, sender).then(respond, () => respond({ refused: "failed" }));
  return true;
});

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void begin();
  // a tab of its own: openOptionsPage would take over an empty tab that is just about to go somewhere
  if (reason === "install") void chrome.tabs.create({ url: chrome.runtime.getURL("options.html") });
});
chrome.runtime.onStartup.addListener(() => void begin());
chrome.alarms.onAlarm.addListener(() => void app.boot().then(() => app.beat()));

chrome.permissions.onAdded.addListener(({ origins = [] }) => void app.boot().then(() => app.refreshGrants(origins)));
chrome.permissions.onRemoved.addListener(() => void app.boot().then(() => app.refreshGrants()));

chrome.tabs.onRemoved.addListener((tabId) => {
  forgetReading(tabId);
  void dropTab(tabId);
  void app.boot().then(() => app.watches.removed(tabId));
});
chrome.tabs.onReplaced?.addListener((added, removed) => void app.boot().then(() => app.watches.replaced(added, removed)));

chrome.notifications?.onClicked.addListener((id) => {
  const inbox = inboxOf(id);
  if (inbox) void app.boot().then(() => app.watches.open(inbox));
});

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "local" && changes["ports"]) void app.boot().then(() => app.portsWritten());
});

chrome.commands.onCommand.addListener((command, tab) => {
  // at once: the browser forgets the gesture as soon as something is awaited
  if (command === "open_panel" && tab?.windowId !== undefined) void openPanel(tab.windowId);
  if (command === "translate_here" && tab?.id !== undefined) void translateHere(app, tab.id);
});

/** Without a connection the worker sleeps after 30 s; the alarm looks again for the companion. */
async function begin(): Promise<void> {
  await shieldStorage();
  if (!(await chrome.alarms.get(ALARM))) await chrome.alarms.create(ALARM, { periodInMinutes: 0.5 });
  await app.boot();
}

void begin();
