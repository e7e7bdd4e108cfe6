// How the card of one field looks: original and what the translation says on one side, the translation on the other.

import type { Host } from "../features/kit/types";
import { direction, engineLine } from "../features/kit/words";
import { fill, h } from "../shared/dom";
import { languageName } from "../shared/i18n";
import type { Translated } from "../shared/protocol.gen";
import { lengthOf } from "../sites/insertion";
import type { ListingField } from "./fields";
import { nameOf } from "./names";
import { notesOf } from "./notes";

/** Lines of the largest field for a translation, and about how many characters stand in one. */
const MOST_ROWS = 12;
const PER_ROW = 60;

export class Face {
  readonly node: HTMLElement;
  readonly button: HTMLButtonElement;
  /** Buttons for what can be done with the translation. */
  readonly row = h("div", { class: "row" });
  /** Where another engine is offered. */
  readonly place = h("div", {});
  /** The translation to edit; null while there is none, or only to be read. */
  area: HTMLTextAreaElement | null = null;
  readonly #was = h("div", { class: "was", part: "was" });
  readonly #back = h("div", { class: "back", part: "back", hidden: true });
  readonly #target = h("div", { class: "side" });
  readonly #count = h("span", { class: "count", part: "count" });
  readonly #said = h("div", { class: "said", role: "status", part: "said" });

  constructor(
    private readonly host: Host,
    at: ListingField,
    press: () => void,
  ) {
    const name = nameOf((key, data) => host.t(key, data), at);
    this.button = h("button", { type: "button", part: "translate", onclick: press }, host.t("listing_translate"));
    this.node = h(
      "section",
      { class: "field", "data-field": at.id, "aria-label": name },
      h("div", { class: "top" }, h("h3", {}, name), this.#count, this.button),
      h("div", { class: "pair" }, h("div", { class: "side" }, this.#was, this.#back), this.#target),
      this.#said,
      this.row,
    );
  }

  /** Without anything of a translation. */
  clear(): void {
    for (const node of [this.#target, this.place, this.#said, this.row, this.#back]) fill(node);
    this.#back.hidden = true;
    this.area = null;
  }

  /** `language`: of the original, once it is known. */
  original(text: string, language = ""): void {
    const { host } = this;
    const label = language ? host.t("listing_original_in", { language: languageName(language, host.locale) }) : host.t("listing_original");
    fill(this.#was, labelled(label), h("div", { class: "text", dir: "auto" }, text || host.t("listing_empty")));
  }

  /** Characters of `text`, and whether they are too many where a limit is known. */
  length(text: string, limit: number): void {
    const length = lengthOf(text);
    const over = limit > 0 && length > limit;
    this.#count.className = over ? "count over" : "count";
    this.#count.textContent = limit ? this.host.t(over ? "listing_over" : "listing_length_of", { length, limit, over: length - limit }) : this.host.t("listing_length", { length });
  }

  /** A translation, to be edited unless the seller only reads; or why there is none. `edited` hears of each key. */
  translation(item: Translated, reading: boolean, edited: () => void): void {
    const { host } = this;
    const label = labelled(languageName(item.target, host.locale));
    const notes = notesOf(host, item);
    if (item.match === "none" || item.match === "same") {
      const why = item.match === "same" ? host.t("listing_same") : notes.join(" ") || host.t("listing_none");
      return fill(this.#target, label, h("p", { class: "soft" }, why));
    }
    const looks = { lang: item.target, dir: direction(item.target), part: "target" };
    if (reading) fill(this.#target, label, h("div", { class: "text", ...looks }, item.text));
    else {
      this.area = h("textarea", { ...looks, rows: Math.min(MOST_ROWS, 2 + Math.ceil(item.text.length / PER_ROW)), "aria-label": host.t("listing_translation"), oninput: edited });
      this.area.value = item.text;
      fill(this.#target, label, this.area);
    }
    // the language of the original stands over it already
    fill(this.#said, ...notes.map((note) => h("p", { class: "doubt" }, note)), h("div", { class: "small", part: "engine" }, engineLine(host, { ...item, source: "" })), this.place);
  }

  /** What the translation says in the seller's language; "" while it is being made. */
  readBack(text: string, language: string): void {
    const { host } = this;
    const words = text ? h("div", { class: "text", lang: language, dir: direction(language) }, text) : h("div", { class: "text soft" }, host.t("listing_working"));
    fill(this.#back, labelled(host.t("listing_back")), words);
    this.#back.hidden = false;
  }

  notReadBack(): void {
    fill(this.#back, labelled(this.host.t("listing_back")), h("div", { class: "text soft" }, this.host.t("listing_back_none")));
  }

  /** One sentence over the notes; "" takes it away. */
  say(words: string, looks = ""): void {
    const old = this.#said.querySelector("[part=word]");
    if (words === "") return old?.remove();
    const word = h("p", { class: looks, part: "word" }, words);
    if (old) old.replaceWith(word);
    else this.#said.prepend(word);
  }
}

function labelled(words: string): HTMLElement {
  return h("div", { class: "label" }, words);
}
