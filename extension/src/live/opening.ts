// What of a listing's editor is the listing: what the page showed by itself, never what somebody is typing. Decided from
// readings and from what a person did; no page, no clock of its own.

import type { ListingFields } from "../sites/listing";

/** A page that is still drawing itself changes; what has stood still for so long is drawn (ms). */
export const STILL_MS = 2_000;
/** Chosen by clicks that no event tells from looking around: after a click their first value may be a new one. */
const CHOSEN = new Set<keyof ListingFields>(["brand", "category", "images", "attributes"]);
/** A person's own changes. Clicks and keys alone may only open a tab of the editor. */
const TYPING = new Set(["beforeinput", "input", "change", "drop"]);

type Known = Partial<ListingFields>;

/**
 * One listing in an editor, from the moment it is there until another takes its place. After a save the page is loaded
 * anew or left, and the next opening shows what was saved; a page that stays is not believed to have saved.
 */
export class Opening {
  private known: Known = {};
  private clicked = false;
  private isTyped = false;
  /** It had stood still before anybody typed, so it is still worth telling. */
  private stood = false;
  private changedAt: number;
  /** The listing before, whose fields may still stand here; a change of them shows that they are another's now. */
  private before: string;

  /** `number` tells this listing from another in the same editor; `unsure`: somebody may have typed before we were here. */
  constructor(readonly number: string, now: number, { unsure = false, before = "" } = {}) {
    this.changedAt = now;
    this.isTyped = unsure;
    this.before = before;
  }

  /** Somebody typed, so that nothing read from now on counts. */
  get typed(): boolean {
    return this.isTyped;
  }

  /** A person did something in the page. */
  hand(type: string, now: number): void {
    if (!TYPING.has(type)) this.clicked = true;
    else if (!this.isTyped) [this.stood, this.isTyped] = [this.waits(now) === 0, true];
  }

  look(fields: ListingFields, now: number): void {
    if (this.isTyped) return;
    if (this.before) {
      if (wordsOf(fields) === this.before) return;
      this.before = "";
    }
    for (const name of Object.keys(fields) as (keyof ListingFields)[]) {
      const value = fields[name];
      if (isEmpty(value)) continue;
      const known = this.known[name];
      if (known !== undefined && JSON.stringify(known) === JSON.stringify(value)) continue;
      // drawn late, behind a tab that was opened; but another value than before a click is somebody's choice
      if (this.clicked && (known !== undefined || CHOSEN.has(name))) continue;
      Object.assign(this.known, { [name]: value });
      this.changedAt = now;
    }
  }

  /** In how many ms what stands there counts as drawn; null = it never will. */
  waits(now: number): number | null {
    if (this.isTyped) return this.stood ? 0 : null;
    return Math.max(0, this.changedAt + STILL_MS - now);
  }

  /** The listing as the page showed it; null while it is drawing, without a title, and once somebody typed before that. */
  saved(now: number): ListingFields | null {
    if (this.waits(now) !== 0 || !this.known.title) return null;
    return { ...EMPTY, ...this.known };
  }
}

const EMPTY: ListingFields = { title: "", bullets: [], description: "", brand: "", keywords: "", price: "", stock: "", category: "", images: [], attributes: {}, sku: "", item: "" };

function isEmpty(value: ListingFields[keyof ListingFields]): boolean {
  return (typeof value === "string" ? value : Object.keys(value)).length === 0;
}

/** What changes when another listing is drawn in the same editor. */
export function wordsOf({ sku: _sku, item: _item, ...words }: ListingFields): string {
  return JSON.stringify(words);
}
