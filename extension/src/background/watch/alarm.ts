// The desktop notification for an inbox that nobody looks at any more: one for each loss, gone when watching goes on.

import { makeT } from "../../shared/i18n";
import { inboxKey, type WatchReason, type WatchView } from "../../shared/inbox";
import type { Texts } from "../../shared/messages";
import type { InboxRef } from "../../shared/protocol.gen";

const PREFIX = "inbox:";

/** Shows or takes away the notification; where the browser has none the toolbar and the side panel say it all the same. */
export async function alarm(watch: WatchView, lost: boolean, texts: Texts): Promise<void> {
  const id = PREFIX + inboxKey(watch.inbox);
  try {
    if (!lost) return void (await chrome.notifications.clear(id));
    const { title, message } = words(watch, texts);
    await chrome.notifications.create(id, { type: "basic", iconUrl: chrome.runtime.getURL("icons/128.png"), title, message, priority: 2 });
  } catch {
    // switched off for this browser or system
  }
}

export function words({ title, inbox, reason }: Pick<WatchView, "title" | "inbox"> & { reason: WatchReason }, texts: Texts): { title: string; message: string } {
  const t = makeT(texts);
  const shop = [title, inbox.region].filter(Boolean).join(" ");
  return { title: t("inbox_lost", { shop }), message: `${t(`inbox_reason_${reason}`)}\n${t(`inbox_mend_${reason}`)}` };
}

/** The inbox a pressed notification is about. */
export function inboxOf(id: string): InboxRef | null {
  if (!id.startsWith(PREFIX)) return null;
  try {
    const [marketplace, region, shop] = JSON.parse(id.slice(PREFIX.length)) as string[];
    return { marketplace: marketplace ?? "", region: region ?? "", shop: shop ?? "" };
  } catch {
    return null;
  }
}
