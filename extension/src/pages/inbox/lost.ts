// The alert for a watched inbox that nobody looks at: why, since when, what to do. The same in popup and side panel.

import { h } from "../../shared/dom";
import type { WatchView } from "../../shared/inbox";
import { askOwn } from "../../shared/own";
import { whenExactly } from "../format";
import { place, type Frame } from "../frame";

export function lostInbox(frame: Frame, { inbox, reason, looked_at }: WatchView): HTMLElement {
  const { t } = frame;
  const press = (ask: "own.watch.open" | "own.watch.stop") => (): void => void askOwn(ask, { inbox }).catch(() => undefined);
  return h(
    "div",
    { class: "notice bad", role: "alert", "data-lost": reason },
    h("p", {}, h("strong", {}, t("inbox_not_watching", { shop: place(inbox, frame) }))),
    h("p", {}, t(`inbox_reason_${reason}`)),
    h("p", {}, t(`inbox_mend_${reason}`)),
    h("p", { class: "soft small" }, t("inbox_last_look", { time: whenExactly(looked_at, frame) })),
    h("p", { class: "row" }, h("button", { class: "main", onclick: press("own.watch.open") }, t("inbox_open")), h("button", { class: "quiet", onclick: press("own.watch.stop") }, t("inbox_stop"))),
  );
}
