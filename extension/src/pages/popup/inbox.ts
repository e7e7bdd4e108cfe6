// "Watch this inbox", and the alert where one is no longer watched.

import { fill, h } from "../../shared/dom";
import { askOwn } from "../../shared/own";
import type { InboxRef } from "../../shared/protocol.gen";
import type { Frame } from "../frame";
import { lostInbox } from "../inbox/lost";

/** The inbox in the tab under the popup. */
export interface HereInbox {
  tab: number;
  inbox: InboxRef;
  changed: boolean;
  watched: boolean;
  awake: boolean;
}

export async function lookForInbox(tab: number | undefined): Promise<HereInbox | null> {
  const found = tab === undefined ? null : await askOwn("own.watch.here", { tab }).catch(() => null);
  if (!found || tab === undefined) return null;
  return { tab, inbox: found.inbox, changed: found.changed, watched: found.watch !== null && found.watch.reason === "", awake: found.watch?.awake ?? false };
}

export function drawInbox(node: HTMLElement, frame: Frame, here: HereInbox | null, trouble: HTMLElement, again: () => void): void {
  const { t, own } = frame;
  const lost = own.watches.filter((watch) => watch.reason !== "");
  node.hidden = lost.length === 0 && (here === null || here.changed);
  fill(node, ...lost.map((watch) => lostInbox(frame, watch)), here && !here.changed && (here.watched ? watching(here) : offer(here)));

  function offer({ tab }: HereInbox): HTMLElement {
    return h("div", { class: "watch" }, h("button", { id: "watch", onclick: () => void begin(tab) }, t("inbox_watch")), h("p", { class: "soft small" }, t("inbox_watch_help")));
  }

  function watching({ inbox, awake }: HereInbox): HTMLElement {
    const stop = (): void => void askOwn("own.watch.stop", { inbox }).then(again, again);
    return h("div", { class: "watch" }, h("p", {}, t(awake ? "inbox_watched" : "inbox_watched_sleepy")), h("button", { id: "unwatch", class: "quiet", onclick: stop }, t("inbox_stop")));
  }

  async function begin(tab: number): Promise<void> {
    const begun = await askOwn("own.watch.begin", { tab }).catch(() => false);
    trouble.hidden = begun;
    if (!begun) trouble.textContent = t("inbox_watch_failed");
    again();
  }
}
