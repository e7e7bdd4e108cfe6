// The seller's own marks on a conversation, to read: they are made on the dashboard.

import { h } from "../../shared/dom";
import type { Hold, ThreadMarks } from "../../shared/protocol.gen";
import { when } from "../format";
import type { Frame } from "../frame";

export function star({ star: on }: ThreadMarks, { t }: Pick<Frame, "t">): HTMLElement | false {
  return on && h("span", { role: "img", "aria-label": t("panel_starred"), title: t("panel_starred") }, "★");
}

export function tags({ tags: names }: ThreadMarks): HTMLElement[] {
  return names.map((name) => h("span", { class: "tag", dir: "auto" }, name));
}

/** A conversation that is kept past its time. */
export function held(hold: Hold | null | undefined, frame: Frame): HTMLElement | false {
  return !!hold && h("p", { class: "soft small" }, hold.until === null ? frame.t("panel_held") : frame.t("panel_held_until", { date: when(hold.until, frame) }));
}

export function note({ note: text, noted_at: at }: ThreadMarks, frame: Frame): HTMLElement | false {
  return at !== null && h("p", { class: "soft small", dir: "auto" }, frame.t("panel_note", { time: when(at, frame), note: text }));
}
