// The sheet beside a listing editor: its fields one under the other, into the market's language or into the seller's own.

import { Installer } from "../features/kit/install";
import { keepKeys, makeHost } from "../features/kit/root";
import { themeAt } from "../features/kit/theme";
import type { Host, ListingAtHand } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import { languageName } from "../shared/i18n";
import { LANGUAGES } from "../shared/languages";
import { FieldCard, type Setting } from "./card";
import { fieldsOf, otherField, type ListingField } from "./fields";
import { LOOKS } from "./looks";
import { marketLanguage } from "./market";

/** Most fields a seller adds by clicking into them. */
const MOST_OTHERS = 10;

export class Sheet {
  readonly host: HTMLElement;
  readonly #life = new AbortController();
  readonly #sheet = h("section", { class: "sheet", role: "dialog", part: "sheet" });
  readonly #list = h("div", { class: "list" });
  readonly #told = h("div", {});
  readonly #done = h("span", { class: "small", role: "status", part: "done" });
  readonly #cards = new Map<string, FieldCard>();
  readonly #others: ListingField[] = [];
  readonly #heard = new WeakSet<Document>();
  readonly #before: Element | null;
  readonly #installer: Installer;
  readonly #target: HTMLSelectElement;
  readonly #source: HTMLSelectElement;
  readonly #own = h("span", { class: "own", hidden: true });
  readonly #all: HTMLButtonElement;
  readonly #putAll: HTMLButtonElement;
  #reading = false;
  #busy = false;

  constructor(
    private readonly page: Host,
    private readonly listing: ListingAtHand,
    private readonly closed: () => void,
    signal: AbortSignal,
  ) {
    const { document } = listing;
    const t = (key: string): string => page.t(key);
    this.#before = document.activeElement;
    this.#installer = new Installer(page, this.#life.signal);
    const made = makeHost(document, "listing", LOOKS);
    this.host = made.host;
    keepKeys(this.host, this.#life.signal);
    const market = marketLanguage(listing.snapshot.region, listing.host);
    this.#source = this.#languages("source", t("listing_from"), "", t("listing_detect"));
    this.#target = this.#languages("target-language", t("listing_to"), market === page.settings.seller_language ? (market === "en" ? "es" : "en") : market);
    this.#own.textContent = languageName(page.settings.seller_language, page.locale);
    this.#all = button("translate-all", t("listing_all"), () => void this.#translateAll(), "go");
    this.#putAll = button("put-all", t("listing_put_all"), () => void this.#putIn());
    this.#sheet.setAttribute("aria-label", t("listing_title"));
    this.#build();
    made.root.append(this.#frame());
    made.root.addEventListener("keydown", (event) => {
      const { key, isComposing } = event as KeyboardEvent;
      if (key === "Escape" && !isComposing) this.close();
    });
    listing.onChange(() => this.#look(), this.#life.signal);
    signal.addEventListener("abort", () => this.close(), { signal: this.#life.signal });
    document.documentElement.append(this.host);
    this.#look();
    this.#all.focus({ preventScroll: true });
  }

  /** What was put in stays; what was not is gone. */
  close(): void {
    this.#life.abort();
    this.host.remove();
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
    this.closed();
  }

  #frame(): HTMLElement {
    return h("div", { class: `sb ${themeAt(this.listing.document.body)}` }, this.#sheet);
  }

  #build(): void {
    const say = (key: string): string => this.page.t(key);
    const other = button("side", "⇄", () => this.#sheet.classList.toggle("left"), "x");
    other.title = say("listing_side");
    other.setAttribute("aria-label", say("listing_side"));
    const close = button("close", "✕", () => this.close(), "x");
    close.setAttribute("aria-label", say("listing_close"));
    const modes = ([false, true] as const).map((reading) => {
      const mode = button(reading ? "reading" : "writing", say(reading ? "listing_read" : "listing_write"), () => this.#mode(reading, modes));
      mode.setAttribute("aria-pressed", String(reading === this.#reading));
      return mode;
    });
    fill(
      this.#sheet,
      h("header", {}, h("h2", {}, say("listing_title")), other, close),
      h("div", { class: "modes", role: "group", "aria-label": say("listing_title") }, ...modes),
      h("div", { class: "languages" }, this.#source, h("span", { "aria-hidden": "true" }, "→"), this.#target, this.#own),
      h("div", { class: "row" }, this.#all, this.#putAll, this.#done),
      this.#told,
      this.#list,
      h("p", { class: "small" }, say("listing_foot")),
    );
  }

  #languages(part: string, label: string, chosen: string, none = ""): HTMLSelectElement {
    const codes = chosen && !LANGUAGES.includes(chosen) ? [...LANGUAGES, chosen] : LANGUAGES;
    const select = h("select", { part, "aria-label": label, onchange: () => this.#reset() }, none !== "" && h("option", { value: "" }, none), ...codes.map((code) => h("option", { value: code }, languageName(code, this.page.locale))));
    select.value = chosen;
    return select;
  }

  #setting(): Setting {
    const { marketplace, snapshot } = this.listing;
    return {
      reading: this.#reading,
      source: this.#source.value,
      target: this.#reading ? this.page.settings.seller_language : this.#target.value,
      shop: { marketplace: marketplace.name, shop: snapshot.shop },
      doubted: snapshot.lost.length > 0,
    };
  }

  #mode(reading: boolean, modes: HTMLElement[]): void {
    this.#reading = reading;
    for (const [at, mode] of modes.entries()) mode.setAttribute("aria-pressed", String(Boolean(at) === reading));
    this.#target.hidden = reading;
    this.#own.hidden = !reading;
    this.#putAll.hidden = reading;
    this.#reset();
  }

  #reset(): void {
    this.#done.textContent = "";
    for (const card of this.#cards.values()) card.reset();
  }

  /** The fields as they are now; a card stays with its field. */
  #look(): void {
    const fields = [...fieldsOf(this.listing.spec, this.listing.document), ...this.#others.filter(({ field }) => field.isConnected)];
    for (const [id, card] of this.#cards) {
      if (fields.some((field) => field.id === id)) continue;
      card.node.remove();
      this.#cards.delete(id);
    }
    this.#hear([this.listing.document, ...fields.map(({ field }) => field.ownerDocument)]);
    for (const field of fields) {
      const card = this.#cards.get(field.id);
      if (card) card.meet(field);
      else this.#cards.set(field.id, new FieldCard(this.page, field, () => this.#setting(), this.#installer, this.#life.signal));
    }
    fields.forEach(({ id }, at) => {
      const node = this.#cards.get(id)?.node as HTMLElement;
      // moving a card takes the focus out of it
      if (this.#list.children[at] !== node) this.#list.insertBefore(node, this.#list.children[at] ?? null);
    });
    this.#tell(fields.length);
  }

  #tell(count: number): void {
    const words = count === 0 ? "listing_no_fields" : this.listing.snapshot.lost.length ? "listing_page_changed" : "";
    if (this.#told.dataset["said"] === words) return;
    this.#told.dataset["said"] = words;
    fill(this.#told, words !== "" && h("p", { class: "doubt", role: "status" }, this.page.t(words)));
  }

  /** An editor may stand in a frame; what happens there is heard there only. */
  #hear(documents: readonly Document[]): void {
    for (const each of documents) {
      if (this.#heard.has(each)) continue;
      this.#heard.add(each);
      each.addEventListener("focusin", (event) => this.#clicked(event), { signal: this.#life.signal });
    }
  }

  /** A field no description knows, such as an attribute: the seller clicks into it. */
  #clicked(event: Event): void {
    const [element] = event.composedPath();
    // a frame has an Element of its own
    if ((element as Node | undefined)?.nodeType !== 1 || element === this.host || this.#others.length >= MOST_OTHERS) return;
    const known = [...fieldsOf(this.listing.spec, this.listing.document), ...this.#others];
    const found = otherField(element as Element, known, this.#others.length + 1);
    if (!found) return;
    this.#others.push(found);
    this.#look();
    this.#cards.get(found.id)?.node.scrollIntoView({ block: "nearest" });
  }

  async #translateAll(): Promise<void> {
    await this.#each((card) => card.translate());
  }

  async #putIn(): Promise<void> {
    this.#done.textContent = "";
    let [put, left] = [0, 0];
    await this.#each(async (card) => {
      if (!card.waits) return;
      if (card.ready && (await card.put())) put += 1;
      else left += 1;
    });
    if (put + left > 0) this.#done.textContent = this.page.t(left ? "listing_put_some" : "listing_put_each", { put, left });
    // each field of the page took the keyboard when it was written into
    this.#putAll.focus({ preventScroll: true });
  }

  /** One after the other: engines answer in turn anyway, and a page hears of one field at a time. */
  async #each(work: (card: FieldCard) => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    // not disabled meanwhile: that would take the focus away
    this.#sheet.setAttribute("aria-busy", "true");
    for (const card of [...this.#cards.values()]) if (!this.#life.signal.aborted) await work(card);
    this.#sheet.removeAttribute("aria-busy");
    this.#busy = false;
  }
}

function button(part: string, label: string, press: () => void, looks = ""): HTMLButtonElement {
  return h("button", { type: "button", part, class: looks, onclick: press }, label);
}
