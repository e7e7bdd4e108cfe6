// One field of a listing: what it holds, its translation to edit, and what that says when read back.

import { copy } from "../features/kit/copy";
import { texts, type Installer } from "../features/kit/install";
import type { Host } from "../features/kit/types";
import { direction, engineLine } from "../features/kit/words";
import { replace } from "../insertion/replace";
import { fill, h } from "../shared/dom";
import { languageName } from "../shared/i18n";
import type { Failure } from "../shared/messages";
import type { Translated } from "../shared/protocol.gen";
import { fieldText, isInput } from "../sites/composer";
import { hasWords } from "../sites/han";
import { lengthOf } from "../sites/insertion";
import { translated, type Way } from "./ask";
import type { ListingField } from "./fields";
import { lossesOf } from "./losses";
import { notesOf } from "./notes";

/** After the last key in a translation it is read back anew, in ms. */
const PAUSE_MS = 700;

/** What the sheet says of all its fields. */
export interface Setting extends Way {
  /** The seller only reads: nothing is put into the page. */
  reading: boolean;
  /** The page is no longer understood: its fields may be others. */
  doubted: boolean;
}

export class FieldCard {
  readonly node: HTMLElement;
  readonly #was = h("div", { class: "was", part: "was" });
  readonly #count = h("span", { class: "count", part: "count" });
  readonly #button: HTMLButtonElement;
  readonly #said = h("div", { class: "said", role: "status", part: "said" });
  readonly #target = h("div", { class: "side" });
  readonly #back = h("div", { class: "back", part: "back", hidden: true });
  readonly #row = h("div", { class: "row" });
  readonly #place = h("div", {});
  #text = "";
  #item: Translated | null = null;
  #area: HTMLTextAreaElement | null = null;
  #before: string | null = null;
  #turn = 0;
  #busy = false;
  #writing = false;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Host,
    private at: ListingField,
    private readonly setting: () => Setting,
    private readonly installer: Installer,
    private readonly signal: AbortSignal,
  ) {
    this.#button = h("button", { type: "button", part: "translate", onclick: () => void this.translate() }, this.t("listing_translate"));
    const name = h("h3", {}, nameOf(host, at));
    this.node = h("section", { class: "field", "data-field": at.id, "aria-label": nameOf(host, at) }, h("div", { class: "top" }, name, this.#count, this.#button), h("div", { class: "pair" }, h("div", { class: "side" }, this.#was, this.#back), this.#target), this.#said, this.#row);
    this.look();
    installer.onChange((done) => {
      if (this.#item?.match !== "none") return;
      if (done) void this.translate();
      else this.#offer(this.#item);
    }, signal);
    signal.addEventListener("abort", () => clearTimeout(this.#late), { once: true });
  }

  /** The same field, found again: pages draw theirs anew. */
  meet(at: ListingField): void {
    this.at = at;
    this.look();
    if (this.#item && !this.#writing && fieldText(at.field) !== this.#text) this.#say(this.t("listing_stale"), "bad");
  }

  /** Before anything is translated the card shows what the field holds now. */
  look(): void {
    if (this.#item || this.#busy) return;
    this.#text = fieldText(this.at.field);
    this.#showOriginal();
    this.#showLength(this.#text);
    this.#button.disabled = !hasWords(this.#text);
  }

  /** Other languages: what stands here was for the ones before. */
  reset(): void {
    this.#turn += 1;
    this.#busy = false;
    this.#item = null;
    this.#before = null;
    for (const node of [this.#target, this.#place, this.#said, this.#row, this.#back]) fill(node);
    this.#back.hidden = true;
    this.#area = null;
    this.look();
  }

  /** A translation waits to be put in. */
  get waits(): boolean {
    return this.#area !== null && this.#before === null;
  }

  /** It may go in together with others: what is doubtful, too long or cannot be undone wants a press of its own. */
  get ready(): boolean {
    const { doubt, sure } = this.#item ?? { doubt: [], sure: false };
    return this.waits && sure && doubt.length === 0 && !this.#over() && lossesOf(this.at.field) !== "things";
  }

  async translate(): Promise<void> {
    this.reset();
    const turn = ++this.#turn;
    const { host } = this;
    if (!hasWords(this.#text)) return;
    this.#busy = true;
    const { source, target, shop } = this.setting();
    const progress = (done: number, of: number): void => this.#say(of > 1 ? this.t("listing_working_part", { part: done + 1, parts: of }) : this.t("listing_working"));
    const told = await translated(host, this.#text, { source, target, shop }, progress, this.signal);
    if (!told || turn !== this.#turn) return;
    this.#busy = false;
    this.#say("");
    if ("failure" in told) return this.#fail(told.failure);
    this.#show(told.item);
    if (this.#area) await this.#readBack(turn);
  }

  /** Whether it is in. Only at a press of the seller's, and only while the field holds what was translated. */
  async put(): Promise<boolean> {
    if (!this.#area) return false;
    if (this.setting().doubted) {
      this.#say(this.t("listing_page_changed"), "bad");
      return false;
    }
    const { field } = this.at;
    const oneLine = isInput(field) && field.tagName === "INPUT";
    const text = oneLine ? this.#area.value.replace(/\s*\n\s*/g, " ") : this.#area.value;
    const done = await this.#replace(this.#text, text);
    if (done) {
      this.#before ??= this.#text;
      this.#text = fieldText(field);
      this.#say(this.t("listing_put_done"), "good");
      this.#acts();
    }
    return done;
  }

  async #undo(): Promise<void> {
    const before = this.#before;
    if (before === null || !(await this.#replace(this.#text, before))) return;
    this.#text = before;
    this.#before = null;
    this.#say(this.t("listing_undone"));
    this.#acts();
  }

  async #replace(was: string, text: string): Promise<boolean> {
    this.#writing = true;
    const done = await replace(this.at.field, was, text, this.signal);
    this.#writing = false;
    if (done !== "done") this.#say(this.t(`listing_${done}`), "bad");
    return done === "done";
  }

  #show(item: Translated): void {
    this.#item = item;
    const { host } = this;
    const { reading } = this.setting();
    const label = h("div", { class: "label" }, languageName(item.target, host.locale));
    const looks = { lang: item.target, dir: direction(item.target), part: "target" };
    if (item.match === "none") {
      fill(this.#target, label, h("p", { class: "soft" }, this.t("listing_none")));
      return this.#offer(item);
    }
    if (item.match === "same") {
      fill(this.#target, label, h("p", { class: "soft" }, this.t("listing_same")));
      return;
    }
    if (reading) fill(this.#target, label, h("div", { class: "text", ...looks }, item.text));
    else {
      const area = h("textarea", { ...looks, rows: Math.min(12, 2 + Math.ceil(item.text.length / 60)), "aria-label": this.t("listing_translation"), oninput: () => this.#edited() });
      area.value = item.text;
      this.#area = area;
      fill(this.#target, label, area);
      this.#showLength(item.text);
    }
    this.#showOriginal(item.source);
    fill(this.#said, ...notesOf(host, item).map((note) => h("p", { class: "doubt" }, note)), h("div", { class: "small", part: "engine" }, engineLine(host, { ...item, source: "" })), this.#place);
    this.#another(item);
    this.#acts();
  }

  /** A translation that may be wrong can be made by the next engine, named with where it sends the text. */
  #another(item: Translated): void {
    fill(this.#place);
    if (item.doubt.length === 0 && item.sure) return;
    const { source, target, shop } = this.setting();
    const ask = async (engine: string): Promise<Translated | null> => {
      const told = await translated(this.host, this.#text, { source: source || item.source, target, shop, engine }, () => undefined, this.signal);
      return told && "item" in told && told.item.engine === engine ? told.item : null;
    };
    const took = (made: Translated): void => {
      this.#show(made);
      if (this.#area) void this.#readBack(++this.#turn);
    };
    const wish = { text: this.#text, purpose: "write" as const, thread: null, ask, took, growing: () => undefined };
    this.host.part("engines").then((offer) => offer(this.host, this.#place, item, wish)).catch(() => undefined); // without it the translation stands as it is
  }

  #showOriginal(language = ""): void {
    const { host } = this;
    const label = language ? this.t("listing_original_in", { language: languageName(language, host.locale) }) : this.t("listing_original");
    fill(this.#was, h("div", { class: "label" }, label), h("div", { class: "text", dir: "auto" }, this.#text || this.t("listing_empty")));
  }

  #acts(): void {
    const { doubted } = this.setting();
    const losses = lossesOf(this.at.field);
    const put = h("button", { type: "button", class: "go", part: "put", onclick: () => void this.put().then(() => this.#focus("put")) }, this.t("listing_put"));
    put.disabled = doubted;
    fill(
      this.#row,
      this.#area && losses !== "things" && put,
      this.#area && losses === "things" && h("button", { type: "button", part: "copy", onclick: () => void this.#copy() }, this.t("listing_copy")),
      this.#before !== null && h("button", { type: "button", part: "undo", onclick: () => void this.#undo().then(() => this.#focus("put")) }, this.t("listing_undo")),
      this.#area && losses !== "" && h("span", { class: "small" }, this.t(`listing_loses_${losses}`)),
    );
  }

  /** Writing into the page's field takes the keyboard there; whoever pressed a button here goes on from here. */
  #focus(part: string): void {
    this.#row.querySelector<HTMLElement>(`[part=${part}]`)?.focus({ preventScroll: true });
  }

  #offer(item: Translated): void {
    const [missing] = item.missing;
    if (!missing) return;
    const { label, progress, act } = this.installer.offer({ source: item.source || missing.source, target: item.target });
    fill(this.#row, progress === null ? h("button", { type: "button", part: "install", onclick: act }, label) : h("span", { class: "small" }, label, " ", h("progress", { max: 1, value: progress })));
  }

  #edited(): void {
    if (!this.#area) return;
    this.#showLength(this.#area.value);
    clearTimeout(this.#late);
    this.#late = setTimeout(() => void this.#readBack(++this.#turn), PAUSE_MS);
  }

  async #readBack(turn: number): Promise<void> {
    const seller = this.host.settings.seller_language;
    const item = this.#item;
    const text = this.#area?.value ?? "";
    if (!item || item.target === seller || !hasWords(text)) return;
    const said = h("div", { class: "text soft" }, this.t("listing_working"));
    fill(this.#back, h("div", { class: "label" }, this.t("listing_back")), said);
    this.#back.hidden = false;
    const told = await translated(this.host, text, { shop: this.setting().shop, source: item.target, target: seller }, () => undefined, this.signal);
    if (!told || turn !== this.#turn) return;
    const good = "item" in told && told.item.match !== "none" ? told.item.text : "";
    said.textContent = good || this.t("listing_back_none");
    if (!good) return;
    said.className = "text";
    said.lang = seller;
    said.dir = direction(seller);
  }

  async #copy(): Promise<void> {
    const done = await copy(this.#area?.value ?? "");
    this.#say(this.t(done ? "listing_copy_done" : "listing_lost"), done ? "good" : "bad");
  }

  #showLength(text: string): void {
    const length = lengthOf(text);
    const over = this.#over();
    this.#count.className = over ? "count over" : "count";
    this.#count.textContent = this.at.limit ? this.t(over ? "listing_over" : "listing_length_of", { length, limit: this.at.limit, over: length - this.at.limit }) : this.t("listing_length", { length });
  }

  #over(): boolean {
    return this.at.limit > 0 && lengthOf(this.#area?.value ?? this.#text) > this.at.limit;
  }

  #fail({ code, data }: Failure): void {
    const said = this.t(`error_${code}`, texts(data));
    this.#say(said === `error_${code}` ? this.t("error_internal", { report: code }) : said, "bad");
  }

  #say(words: string, looks = ""): void {
    const old = this.#said.querySelector("[part=word]");
    if (words === "") return old?.remove();
    const word = h("p", { class: looks, part: "word" }, words);
    if (old) old.replaceWith(word);
    else this.#said.prepend(word);
  }

  private t(key: string, data?: Record<string, string | number>): string {
    return this.host.t(key, data);
  }
}

function nameOf(host: Host, { name, number, label }: ListingField): string {
  if (name === "other") return label || host.t("listing_field_other");
  return host.t(`listing_field_${name}${number ? "_number" : ""}`, { number });
}
