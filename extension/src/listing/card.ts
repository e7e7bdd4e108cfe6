// One field of a listing: what it holds, its translation to edit, and what that says when read back.

import { copy } from "../features/kit/copy";
import { texts, type Installer } from "../features/kit/install";
import type { Host } from "../features/kit/types";
import { replace } from "../insertion/replace";
import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import type { Translated } from "../shared/protocol.gen";
import { fieldText } from "../sites/composer";
import { hasWords } from "../sites/han";
import { lengthOf } from "../sites/insertion";
import { translated, type Way } from "./ask";
import { Face } from "./face";
import type { ListingField } from "./fields";
import { lossesOf } from "./losses";

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
  readonly #face: Face;
  /** What the field held when it was translated, or holds since something was put in. */
  #text = "";
  #item: Translated | null = null;
  /** What stood there before the translation was put in; null while it is not. */
  #before: string | null = null;
  /** Counts up with everything that makes an answer under way one nobody wants. */
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
    this.#face = new Face(host, at, () => void this.translate());
    this.#look();
    installer.onChange((done) => {
      if (this.#item?.match !== "none") return;
      if (done) void this.translate();
      else this.#offer(this.#item);
    }, signal);
    signal.addEventListener("abort", () => clearTimeout(this.#late), { once: true });
  }

  get node(): HTMLElement {
    return this.#face.node;
  }

  /** A translation waits to be put in. */
  get waits(): boolean {
    return this.#face.area !== null && this.#before === null;
  }

  /** It may go in together with others: what is doubtful, too long or cannot be undone wants a press of its own. */
  get ready(): boolean {
    const { limit, field } = this.at;
    const over = limit > 0 && lengthOf(this.#face.area?.value ?? "") > limit;
    return this.waits && this.#item?.sure === true && this.#item.doubt.length === 0 && !over && lossesOf(field) !== "things";
  }

  /** The same field, found again: pages draw theirs anew. */
  meet(at: ListingField): void {
    this.at = at;
    this.#look();
    if (this.#item && !this.#writing && fieldText(at.field) !== this.#text) this.#face.say(this.host.t("listing_stale"), "bad");
  }

  /** Other languages: what stands here was for the ones before. */
  reset(): void {
    this.#turn += 1;
    this.#busy = false;
    this.#item = null;
    this.#before = null;
    this.#face.clear();
    this.#look();
  }

  async translate(): Promise<void> {
    this.reset();
    if (!hasWords(this.#text)) return;
    const turn = this.#turn;
    const t: T = (key, words) => this.host.t(key, words);
    this.#busy = true;
    const { source, target, shop } = this.setting();
    const progress = (done: number, of: number): void => this.#face.say(of > 1 ? t("listing_working_part", { part: done + 1, parts: of }) : t("listing_working"));
    const told = await translated(this.host, this.#text, { source, target, shop }, progress, this.signal);
    if (!told || turn !== this.#turn) return;
    this.#busy = false;
    this.#face.say("");
    if ("item" in told) return this.#show(told.item);
    const { code, data } = told.failure;
    const said = t(`error_${code}`, texts(data));
    this.#face.say(said === `error_${code}` ? t("error_internal", { report: code }) : said, "bad");
  }

  /** Whether it is in. Only at a press of the seller's, and only while the field holds what was translated. */
  async put(): Promise<boolean> {
    const { area } = this.#face;
    if (!area) return false;
    if (this.setting().doubted) {
      this.#face.say(this.host.t("listing_page_changed"), "bad");
      return false;
    }
    const { field } = this.at;
    const before = this.#before ?? this.#text;
    const text = field.tagName === "INPUT" ? area.value.replace(/\s*\n\s*/g, " ") : area.value;
    if (!(await this.#replace(text))) return false;
    this.#before = before;
    this.#face.say(this.host.t("listing_put_done"), "good");
    this.#acts();
    return true;
  }

  async #undo(): Promise<void> {
    if (this.#before === null || !(await this.#replace(this.#before))) return;
    this.#before = null;
    this.#face.say(this.host.t("listing_undone"));
    this.#acts();
  }

  async #replace(text: string): Promise<boolean> {
    this.#writing = true;
    const done = await replace(this.at.field, this.#text, text, this.signal);
    if (done === "done") this.#text = fieldText(this.at.field);
    else this.#face.say(this.host.t(`listing_${done}`), "bad");
    this.#writing = false;
    return done === "done";
  }

  /** Before anything is translated the card shows what the field holds now. */
  #look(): void {
    if (this.#item || this.#busy) return;
    this.#text = fieldText(this.at.field);
    this.#face.original(this.#text);
    this.#face.length(this.#text, this.at.limit);
    this.#face.button.disabled = !hasWords(this.#text);
  }

  #show(item: Translated): void {
    this.#item = item;
    this.#face.translation(item, this.setting().reading, () => this.#edited());
    if (item.match === "none") return this.#offer(item);
    if (item.match === "same") return;
    this.#face.original(this.#text, item.source);
    this.#another(item);
    this.#acts();
    if (!this.#face.area) return;
    this.#face.length(item.text, this.at.limit);
    void this.#readBack();
  }

  #acts(): void {
    const t: T = (key) => this.host.t(key);
    const { row, area } = this.#face;
    if (!area) return;
    const losses = lossesOf(this.at.field);
    // writing into the page's field takes the keyboard there; whoever pressed a button here goes on from here
    const stay = (): void => row.querySelector<HTMLElement>("[part=put]")?.focus({ preventScroll: true });
    const put = h("button", { type: "button", class: "go", part: "put", onclick: () => void this.put().then(stay) }, t("listing_put"));
    put.disabled = this.setting().doubted;
    fill(
      row,
      losses === "things" ? h("button", { type: "button", part: "copy", onclick: () => void this.#copy() }, t("listing_copy")) : put,
      this.#before !== null && h("button", { type: "button", part: "undo", onclick: () => void this.#undo().then(stay) }, t("listing_undo")),
      losses !== "" && h("span", { class: "small" }, t(`listing_loses_${losses}`)),
    );
  }

  /** The language that is missing can be installed from here. */
  #offer(item: Translated): void {
    const [missing] = item.missing;
    if (!missing) return;
    const { label, progress, act } = this.installer.offer({ source: item.source || missing.source, target: item.target });
    fill(this.#face.row, progress === null ? h("button", { type: "button", part: "install", onclick: act }, label) : h("span", { class: "small" }, label, " ", h("progress", { max: 1, value: progress })));
  }

  /** A translation that may be wrong can be made by the next engine, named with where it sends the text. */
  #another(item: Translated): void {
    const { place } = this.#face;
    fill(place);
    if (item.doubt.length === 0 && item.sure) return;
    const { source, target, shop } = this.setting();
    const ask = async (engine: string): Promise<Translated | null> => {
      const told = await translated(this.host, this.#text, { source: source || item.source, target, shop, engine }, () => undefined, this.signal);
      return told && "item" in told && told.item.engine === engine ? told.item : null;
    };
    // by the time it is here, the seller may have gone on to another language
    const took = (made: Translated): void => void (this.#item === item && this.#show(made));
    const wish = { text: this.#text, purpose: "write" as const, thread: null, ask, took, growing: () => undefined };
    const offering = this.host.part("engines").then(async (offer) => {
      if (this.#item === item) await offer(this.host, place, item, wish);
    });
    offering.catch(() => undefined); // without it the translation stands as it is
  }

  #edited(): void {
    this.#face.length(this.#face.area?.value ?? "", this.at.limit);
    clearTimeout(this.#late);
    this.#late = setTimeout(() => void this.#readBack(), PAUSE_MS);
  }

  async #readBack(): Promise<void> {
    const language = this.host.settings.seller_language;
    const source = this.#item?.target ?? language;
    const text = this.#face.area?.value ?? "";
    if (source === language || !hasWords(text)) return;
    const turn = ++this.#turn;
    this.#face.readBack("", language);
    const told = await translated(this.host, text, { shop: this.setting().shop, source, target: language }, () => undefined, this.signal);
    if (!told || turn !== this.#turn) return;
    if ("item" in told && told.item.match !== "none") this.#face.readBack(told.item.text, language);
    else this.#face.notReadBack();
  }

  async #copy(): Promise<void> {
    const done = await copy(this.#face.area?.value ?? "");
    this.#face.say(this.host.t(done ? "listing_copy_done" : "listing_lost"), done ? "good" : "bad");
  }
}
