// What was found in a text, at the bar: one line that opens into the findings themselves.

import { CARD, findingCard } from "../check/card";
import { LEVELS, type CheckFinding } from "../check/finding";
import { makeHost } from "../features/kit/root";
import type { Host } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import { FOUND } from "./looks";

/** A pasted list of forbidden words has hundreds; nobody reads more than these before mending some. */
const MOST_CARDS = 30;

export interface ListActs {
  repair: (finding: CheckFinding, instead: string) => Promise<string>;
  waive: (finding: CheckFinding, reason: string) => Promise<string>;
  /** The bar is about to become higher or lower. */
  growing: () => void;
}

export class FindingList {
  readonly host: HTMLElement;
  readonly #h: Host;
  readonly #acts: ListActs;
  /** "in the message" or "in the translation". */
  readonly #where: string;
  readonly #frame = h("div", { class: "sb" });
  #shown = "";
  #open = false;
  #findings: readonly CheckFinding[] = [];

  constructor(document: Document, host: Host, where: string, acts: ListActs) {
    this.#h = host;
    this.#where = where;
    this.#acts = acts;
    const made = makeHost(document, "found", CARD + FOUND);
    this.host = made.host;
    this.host.hidden = true;
    made.root.append(this.#frame);
  }

  /** `theme` is the bar's. The same findings again leave everything as it is, words being typed included. */
  show(findings: readonly CheckFinding[], theme: string): void {
    this.#frame.className = theme;
    const now = findings.length > 0 ? JSON.stringify([this.#h.locale, findings]) : "";
    if (now === this.#shown) return;
    this.#shown = now;
    this.#acts.growing();
    this.host.hidden = findings.length === 0;
    if (findings.length === 0) this.#open = false;
    this.#findings = findings;
    this.#draw();
  }

  /** To be read now. */
  open(): void {
    if (!this.#open) this.#toggle();
  }

  #draw(): void {
    const findings = this.#findings;
    const t: T = (key, data) => this.#h.t(key, data);
    const counted = findings.filter(({ waiver }) => waiver === "");
    const waived = findings.filter(({ waiver }) => waiver !== "");
    const levels = LEVELS.map((level) => ({ level, count: counted.filter((each) => each.level === level).length })).filter(({ count }) => count > 0);
    const [first] = levels.length ? counted.filter(({ level }) => level === levels[0]?.level) : [];
    const head = h(
      "button",
      { type: "button", class: "head", part: "found", "aria-expanded": String(this.#open), onclick: () => this.#toggle() },
      ...levels.map(({ level, count }) => h("span", { class: `level ${level}`, part: `found-${level}` }, `${t(`check_level_${level}`)} ${count}`)),
      first ? h("span", { class: "first" }, t(this.#where, { message: first.message })) : h("span", { class: "quiet" }, t("found_waived", { count: waived.length })),
      h("span", { class: "open" }, t(this.#open ? "found_close" : "found_open")),
    );
    const card = (finding: CheckFinding): HTMLElement =>
      findingCard(t, finding, { repair: (instead) => this.#acts.repair(finding, instead), waive: (reason) => this.#acts.waive(finding, reason) });
    const more = counted.length - MOST_CARDS;
    const list = h("div", { class: "list", part: "findings" }, ...counted.slice(0, MOST_CARDS).map(card), more > 0 && h("div", { class: "apart" }, t("found_more", { count: more })), waived.length > 0 && counted.length > 0 && h("div", { class: "apart" }, t("found_waived", { count: waived.length })), ...waived.slice(0, MOST_CARDS).map(card));
    fill(this.#frame, head, this.#open && list);
  }

  #toggle(): void {
    this.#open = !this.#open;
    this.#acts.growing();
    this.#draw();
    this.#frame.querySelector<HTMLElement>("[part=found]")?.focus({ preventScroll: true });
  }
}
