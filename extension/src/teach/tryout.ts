// What the description reads here and now, by the same readers that will use it later.

import type { ChatPage, ListingPage, Marketplace, Read } from "../shared/protocol.gen";
import { fieldText, isInput, readComposer, type Field } from "../sites/composer";
import { missing } from "../sites/health";
import { readIdentity } from "../sites/identity";
import { candidates, drawn } from "../sites/page";
import { matches } from "../sites/query";
import type { Place } from "../sites/read";
import { inherit, readOne, rowElements, type Row } from "../sites/rows";
import { tidy, words } from "../sites/text";

export interface ChatTry {
  rows: Row[];
  buyer: number;
  seller: number;
  system: number;
  composer: boolean;
  thread: string;
  shop: string;
  name: string;
  missing: string[];
  /** Every demand is met, and both sides were told apart. */
  good: boolean;
}

export function tryChat(page: ChatPage, place: Place): ChatTry {
  const rows = readRows(page, place.document);
  const count = (direction: Row["direction"]): number => rows.filter((row) => row.direction === direction).length;
  const here: Marketplace = { name: "taught", title: "", hosts: [`https://${place.url.host}/*`], pages: [page] };
  const found = drawn(candidates([here], place.url, true), place.document) !== null;
  const identity = readIdentity(here, page, place);
  const lacking = missing(page, place).map(({ field }) => field);
  const [buyer, seller] = [count("buyer"), count("seller")];
  return {
    rows,
    buyer,
    seller,
    system: count("system"),
    composer: readComposer(place.document, page) !== null,
    thread: identity.thread,
    shop: identity.shop,
    name: identity.buyer,
    missing: found ? lacking : ["root", ...lacking],
    good: found && lacking.length === 0 && buyer > 0 && readComposer(place.document, page) !== null,
  };
}

export function readRows(page: ChatPage, document: Document): Row[] {
  return inherit(
    rowElements(document, page).map((element) => ({ ...readOne(element, page), element })),
    page,
  );
}

export interface ListingTry {
  title: string;
  bullets: string[];
  description: string;
  missing: string[];
  good: boolean;
}

export function tryListing(page: ListingPage, document: Document): ListingTry {
  const all = (reads: readonly Read[] | undefined): Element[] => (reads ?? []).map(({ css = "" }) => matches(document, css)).find((found) => found.length) ?? [];
  const values = (reads: readonly Read[] | undefined): string[] => all(reads).map(valueOf);
  const { title, bullets, description } = page.listing;
  const lacking = [...(all(title).length === 1 ? [] : ["listing.title"]), ...(bullets?.length && !all(bullets).length ? ["listing.bullets"] : []), ...(description?.length && !all(description).length ? ["listing.description"] : [])];
  return { title: values(title)[0] ?? "", bullets: values(bullets).filter(Boolean), description: values(description)[0] ?? "", missing: lacking, good: lacking.length === 0 };
}

/** Of a form field its value, of an editor its text. */
export function valueOf(element: Element): string {
  if (isInput(element)) return tidy(element.value);
  return tidy(element.hasAttribute("contenteditable") ? fieldText(element as Field) : words(element));
}
