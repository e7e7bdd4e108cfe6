// What the companion refused for good: shown with the reason, kept until the seller decides.

import { fill, h } from "../../shared/dom";
import { askOwn, type ParkedView } from "../../shared/own";
import { whenExactly } from "../format";
import { type Frame, sentence } from "../frame";
import type { Section } from "./main";
import { sureButton } from "./sure";

const SHOWN = 20;

export function parkedSection(frame: Frame): Section {
  const { t } = frame;
  const lines = h("ul", { class: "lines" });
  const node = h(
    "section",
    { class: "card", "aria-labelledby": "parked", hidden: true },
    h("h2", { id: "parked" }, t("options_parked_title")),
    h("p", { class: "soft" }, t("options_parked_intro")),
    lines,
    h(
      "div",
      { class: "row" },
      h("button", { onclick: () => void askOwn("own.parked.retry", {}) }, t("options_parked_retry")),
      sureButton(t("options_parked_forget"), t("options_parked_forget_sure"), () => void askOwn("own.parked.forget", {})),
    ),
  );
  let count = -1;

  const line = (entry: ParkedView): HTMLElement =>
    h(
      "li",
      {},
      h("p", { dir: "auto" }, `${entry.buyer ? `${entry.buyer}: ` : ""}${entry.text}`),
      h("p", { class: "soft small" }, `${whenExactly(entry.at, frame)} · ${sentence(t, { code: entry.code, retryable: false, data: entry.data })}`),
    );
  const load = async (): Promise<void> => fill(lines, ...(await askOwn("own.parked", {})).slice(0, SHOWN).map(line));

  const update = (): void => {
    const now = frame.own.state.queue.parked;
    if (now === count) return;
    count = now;
    node.hidden = now === 0;
    if (now > 0) void load();
  };
  return { node, update };
}
