// The seller's own rules in the panel: forbidden words, brands, excused findings.

import { fill, h } from "../../../shared/dom";
import type { Frame } from "../../frame";
import { brands } from "./brands";
import { Waivers } from "./waivers";
import { words } from "./words";

const PARTS = ["words", "brands", "waivers"] as const;
type Part = (typeof PARTS)[number];

export class OwnRules {
  readonly node: HTMLElement;
  private part: Part = "words";
  private readonly parts;
  private readonly buttons;
  private readonly shown = h("div", {});

  /** `dashboard` opens what has more room. */
  constructor(frame: Frame, dashboard: () => void) {
    const { t } = frame;
    this.parts = { words: words(frame), brands: brands(frame), waivers: new Waivers(frame) };
    this.buttons = PARTS.map((name) => h("button", { class: "chip", "data-part": name, onclick: () => this.choose(name) }, t(`ownrules_${name}`)));
    this.node = h(
      "section",
      { "aria-label": t("ownrules_title") },
      h("div", { class: "chips", role: "group", "aria-label": t("ownrules_parts") }, ...this.buttons),
      this.shown,
      h("p", { class: "small" }, h("button", { class: "quiet", onclick: dashboard }, t("ownrules_dashboard"))),
    );
    this.draw();
  }

  refresh(): Promise<void> {
    return this.parts[this.part].refresh();
  }

  private choose(part: Part): void {
    this.part = part;
    this.draw();
    void this.refresh();
  }

  private draw(): void {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset["part"] === this.part));
    fill(this.shown, this.parts[this.part].node);
  }
}
