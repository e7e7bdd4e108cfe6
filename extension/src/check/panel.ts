// All findings of the page, grouped by level, each with what to change; and the button that opens the list.

import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import { findingCard } from "./card";
import { grouped } from "./finding";
import type { Acts, Found, View } from "./view";

export class Panel {
  readonly node = h("div", {});
  #open = false;
  #view: View = { found: [], trouble: "", waiting: true, pack: "", cut: false };
  /** Cards stay as they are while the finding does: a reason may be half written. */
  #cards = new Map<string, HTMLElement>();
  #drawn = "";
  readonly #list = h("div", { class: "list", part: "list" });
  readonly #summary = h("p", { class: "soft", role: "status", part: "summary" });
  readonly #panel = h("section", { class: "panel", role: "dialog", part: "panel" });
  readonly #chip = h("button", { type: "button", class: "chip", part: "chip", onclick: () => this.toggle(true) });

  constructor(
    private readonly t: T,
    private readonly acts: Acts,
  ) {
    this.#panel.addEventListener("keydown", ({ key, isComposing }) => {
      if (key === "Escape" && !isComposing) this.toggle(false);
    });
    this.relabel();
  }

  /** The texts are in another language. */
  relabel(): void {
    const { t } = this;
    this.#drawn = "";
    this.#cards.clear();
    this.#panel.setAttribute("aria-label", t("editor_title"));
    const side = h("button", { type: "button", class: "x", part: "side", title: t("listing_side"), "aria-label": t("listing_side"), onclick: () => this.#panel.classList.toggle("left") }, "⇄");
    const close = h("button", { type: "button", class: "x", part: "close-panel", "aria-label": t("finding_close"), onclick: () => this.toggle(false) }, "✕");
    fill(this.#panel, h("header", {}, h("h2", {}, t("editor_title")), side, close), this.#summary, this.#list, h("p", { class: "small" }, t("editor_foot")));
    this.#draw();
  }

  toggle(open: boolean): void {
    this.#open = open;
    this.#draw();
    (open ? this.#panel.querySelector<HTMLElement>("[part=close-panel]") : this.#chip)?.focus({ preventScroll: true });
  }

  show(view: View): void {
    this.#view = view;
    this.#draw();
  }

  #draw(): void {
    const { found, ...state } = this.#view;
    // the button says numbers only
    const now = JSON.stringify([this.#open, state, this.#open ? found : grouped(found).levels.map(({ level, all }) => [level, all.length])]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    const shown = this.#open ? this.#panel : this.#chip;
    if (this.node.firstChild !== shown) fill(this.node, shown);
    this.#summary.textContent = this.#sentence();
    if (this.#open) this.#lists();
    else this.#label();
  }

  #sentence(): string {
    const { t } = this;
    const { found, trouble, waiting, pack } = this.#view;
    if (trouble) return trouble;
    if (waiting) return t("editor_waiting");
    const { levels } = grouped(found);
    if (levels.length === 0) return t("editor_clean", { pack });
    return `${levels.map(({ level, all }) => t("editor_count", { level: t(`check_level_${level}`), count: all.length })).join(t("editor_and"))} · ${t("editor_pack", { pack })}`;
  }

  #label(): void {
    const { t } = this;
    const { found, trouble, waiting } = this.#view;
    const { levels } = grouped(found);
    const counts = levels.map(({ level, all }) => h("span", { class: level }, `${t(`check_level_${level}`)} `, h("b", {}, String(all.length))));
    const plain = trouble ? t("editor_chip_trouble") : waiting ? t("editor_chip_waiting") : t("editor_chip_clean");
    fill(this.#chip, h("span", { class: "soft" }, t("editor_chip")), ...(trouble || waiting || counts.length === 0 ? [plain] : counts));
  }

  #lists(): void {
    const { t } = this;
    const { levels, excused } = grouped(this.#view.found);
    const old = this.#cards;
    this.#cards = new Map();
    const entries = (all: readonly Found[]): HTMLElement[] => together(all).map((found) => this.#entry(found, old));
    const sections = levels.map(({ level, all }) => h("section", { class: "group", "data-level": level }, h("h3", {}, t("editor_group", { level: t(`check_level_${level}`), count: all.length })), ...entries(all)));
    const wasOpen = this.#list.querySelector("details")?.open === true;
    const apart = excused.length > 0 && h("details", { class: "group", part: "excused", open: wasOpen }, h("summary", {}, t("editor_excused", { count: excused.length })), ...entries(excused));
    const top = this.#list.scrollTop;
    const focused = (this.#list.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    fill(this.#list, this.#view.cut && h("p", { class: "doubt" }, t("editor_cut")), ...sections, apart);
    this.#list.scrollTop = top;
    // a card that was moved has lost the keyboard
    if (focused?.isConnected && this.#list.contains(focused)) focused.focus({ preventScroll: true });
  }

  #entry({ key, name, finding, times }: Repeated, old: ReadonlyMap<string, HTMLElement>): HTMLElement {
    const { part: _part, start: _start, end: _end, ...same } = finding;
    const known = JSON.stringify([key, name, times, same]);
    const place = times > 1 ? this.t("editor_times", { name, times }) : name;
    const made = (): HTMLElement => h("div", {}, h("button", { type: "button", class: "where-at", part: "jump", onclick: () => this.acts.jump(key) }, place), findingCard(this.t, finding, this.acts.card(key)));
    const node = old.get(known) ?? made();
    this.#cards.set(known, node);
    return node;
  }
}

type Repeated = Found & { times: number };

/** The same words in one field are one entry, which stands for the first of them. */
function together(all: readonly Found[]): Repeated[] {
  const first = new Map<string, Repeated>();
  for (const found of all) {
    const { rule, text, waiver } = found.finding;
    const key = [found.name, rule, text, waiver].join("\n");
    const known = first.get(key);
    if (known) known.times += 1;
    else first.set(key, { ...found, times: 1 });
  }
  return [...first.values()];
}
