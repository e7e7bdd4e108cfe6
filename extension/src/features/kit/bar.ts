// The bar at the composer, as nodes: no decisions here.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { ThreadState, Translated } from "../../shared/protocol.gen";
import { lengthOf } from "../../sites/insertion";
import type { Help } from "./bubble";
import { BAR } from "./looks";
import { keepKeys, makeHost } from "./root";
import type { Host } from "./types";
import { direction, engineLine, notes, pairLine } from "./words";

/** Codes the companion's engines and phrasebook know. */
export const LANGUAGES = "en es pt de fr it ja ko th vi id ms ru ar zh".split(" ");
const TALLEST = 96;

export interface Acts {
  typed: () => void;
  submit: () => void;
  leave: () => void;
  /** The seller wants it said differently. */
  other: () => void;
  choose: (language: string) => void;
  /** Puts a button for another engine into the place, when there is one. */
  another: (item: Translated, place: HTMLElement) => void;
  /** The bar is about to become higher or lower. */
  resizing: () => void;
}

export class Bar {
  readonly host: HTMLElement;
  readonly input: HTMLTextAreaElement;
  readonly place = h("div");
  readonly #h: Host;
  readonly #resizing: () => void;
  readonly #other: () => void;
  readonly #another: Acts["another"];
  readonly #frame: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #line: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #insert: HTMLButtonElement;
  readonly #out: HTMLElement;
  readonly #note: HTMLElement;
  #options = "";
  #shown: Parameters<Bar["preview"]> | null = null;

  constructor(document: Document, host: Host, acts: Acts, signal: AbortSignal) {
    this.#h = host;
    this.#resizing = acts.resizing;
    this.#other = acts.other;
    this.#another = acts.another;
    const made = makeHost(document, "bar", BAR);
    this.host = made.host;
    keepKeys(this.host, signal);
    this.input = h("textarea", { part: "input", rows: "1", spellcheck: "false" });
    this.#select = h("select", { part: "language" });
    this.#insert = h("button", { type: "button", class: "go", part: "insert" });
    this.#line = h("div", { class: "line" }, this.input, this.#select, this.#insert);
    this.#out = h("div", { class: "out", hidden: true, "aria-live": "polite" });
    this.#note = h("div", { class: "note", part: "note", role: "status", hidden: true });
    this.#bar = h("div", { class: "bar" }, this.#line, this.#out, this.#note, this.place);
    this.#frame = h("div", { class: "sb light" }, this.#bar);
    made.root.append(this.#frame);
    this.input.addEventListener("input", () => {
      this.#grow();
      acts.typed();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") acts.leave();
      if (event.altKey && event.key === "ArrowDown") {
        event.preventDefault();
        acts.other();
      }
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!event.repeat) acts.submit();
    });
    this.#select.addEventListener("change", () => acts.choose(this.#select.value));
    this.#insert.addEventListener("click", acts.submit);
  }

  /** Texts and choices, after a change of locale or of the conversation's language. */
  label(thread: ThreadState): void {
    const { locale } = this.#h;
    const detected = thread.language_source === "seller" ? "" : thread.language;
    const options = JSON.stringify([locale, detected, this.#h.settings.seller_language]);
    if (options !== this.#options) {
      this.#options = options;
      if (this.#shown) this.preview(...this.#shown);
      const auto = detected ? this.#h.t("bar_language_auto", { language: languageName(detected, locale) }) : this.#h.t("bar_language_unknown");
      const codes = LANGUAGES.filter((code) => code !== this.#h.settings.seller_language);
      fill(this.#select, h("option", { value: "" }, auto), ...codes.map((code) => h("option", { value: code }, languageName(code, locale))));
    }
    const chosen = thread.language_source === "seller" ? thread.language : "";
    if (chosen && !Array.from(this.#select.options).some((option) => option.value === chosen)) this.#select.append(h("option", { value: chosen }, languageName(chosen, locale)));
    if (this.#select.value !== chosen) this.#select.value = chosen;
    this.#set(this.#select, "aria-label", this.#h.t("bar_language"));
    this.#set(this.input, "aria-label", this.#h.t("bar_input"));
    this.#set(this.input, "placeholder", this.#h.t("bar_placeholder"));
    this.#set(this.input, "lang", this.#h.settings.seller_language);
    const text = this.#h.t("bar_insert");
    if (this.#insert.textContent !== text) this.#insert.textContent = text;
  }

  /** Stands before the button that inserts. */
  put(control: HTMLElement): void {
    this.#insert.before(control);
  }

  theme(theme: "light" | "dark"): void {
    this.#frame.className = `sb ${theme}`;
  }

  get text(): string {
    return this.input.value;
  }

  set text(text: string) {
    if (this.input.value === text) return;
    this.input.value = text;
    this.#grow();
  }

  busy(busy: boolean): void {
    this.#insert.disabled = busy;
  }

  /** While the companion is away there is one line saying so, and nothing to type into. */
  away(away: boolean): void {
    this.#resizing();
    this.#line.hidden = away;
    this.#bar.classList.toggle("away", away);
    this.#out.hidden = away || !this.#shown;
  }

  clear(): void {
    this.#resizing();
    this.#shown = null;
    this.#out.hidden = true;
    fill(this.#out);
  }

  waiting(): void {
    if (this.#out.hidden) this.#fill(h("div", { class: "back" }, this.#h.t("bar_translating")));
    else this.#out.style.opacity = "0.6";
  }

  /** The translation; `back` null while it is being made. */
  preview(item: Translated, back: string | null, limit: number): void {
    this.#shown = [item, back, limit];
    const count = lengthOf(item.text);
    const pair = pairLine(this.#h, item);
    const place = h("span", { class: "place" });
    const doubts = notes(this.#h, { ...item, sure: true });
    if (item.engine) this.#another(item, place);
    this.#fill(
      h("div", { class: "target", part: "target", lang: item.target, dir: direction(item.target) }, item.text),
      h("div", { class: "back", part: "back" }, back === null ? this.#h.t("bar_back_wait") : back && this.#h.t("bar_back", { text: back })),
      pair !== "" && h("div", { class: "back", part: "memory" }, pair),
      h(
        "div",
        { class: "meta" },
        item.engine !== "" && h("span", { part: "engine" }, this.#h.t("bar_to", { engine: engineLine(this.#h, { ...item, source: "" }), language: languageName(item.target, this.#h.locale) })),
        ...doubts.map(({ full }, at) => h("span", { class: "doubt", part: "doubt" }, at ? "" : `${this.#h.t("bubble_doubtful")} · `, full)),
        place,
        item.match !== "same" && h("button", { type: "button", part: "other", title: "Alt+↓", onclick: this.#other }, this.#h.t("bar_other")),
        limit > 0 && h("span", { class: `count${count > limit ? " over" : ""}`, part: "count" }, `${count}/${limit}`),
      ),
    );
  }

  /** One line of words under it, with things to do. */
  note(text: string, kind: "" | "warn" = "", ...more: HTMLElement[]): void {
    this.#resizing();
    this.#note.hidden = text === "";
    this.#note.className = `note ${kind}`;
    fill(this.#note, h("span", {}, text), ...more);
  }

  help(text: string, help: Help): void {
    const act = help.progress === null ? h("button", { type: "button", part: "install", onclick: help.act }, help.label) : h("progress", { max: "100", value: Math.round(help.progress * 100) });
    this.note(help.progress === null ? text : help.label, "", act);
  }

  button(label: string, act: () => void): HTMLElement {
    return h("button", { type: "button", onclick: act }, label);
  }

  #fill(...parts: (HTMLElement | false)[]): void {
    this.#resizing();
    this.#out.hidden = this.#line.hidden;
    this.#out.style.opacity = "";
    fill(this.#out, ...parts);
  }

  #grow(): void {
    this.#resizing();
    const { style } = this.input;
    style.height = "";
    if (this.input.scrollHeight > this.input.clientHeight) style.height = `${Math.min(TALLEST, this.input.scrollHeight + 2)}px`;
  }

  #set(element: Element, name: string, value: string): void {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
