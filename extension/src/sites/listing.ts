// The fields of a listing editor and its health, as companion/pages/listing.py and missing.py read a capture of it.

import type { ListingPage, ListingReads, Marketplace } from "../shared/protocol.gen";
import { readAttributes } from "./attributes";
import { misfits } from "./misfits";
import type { Place } from "./read";
import { countShown, readAllShown, readShown } from "./shown";
import { LONGEST } from "./text";

const TITLE = 2_000;
const NAME = 200;

export interface ListingFields {
  title: string;
  bullets: string[];
  description: string;
  brand: string;
  keywords: string;
  price: string;
  stock: string;
  category: string;
  images: string[];
  /** What the category asks for besides, by what the editor calls it. */
  attributes: Record<string, string>;
  sku: string;
  item: string;
}

/** A listing as its editor shows it now; what the editor does not show is "". */
export interface ListingSnapshot {
  marketplace: string;
  page: string;
  shop: string;
  region: string;
  fields: ListingFields;
  /** Demands of the description that are not met. */
  lost: string[];
}

const NAMES = ["title", "bullets", "description", "brand", "keywords", "price", "stock", "category", "images", "sku", "item"] as const;
const SEVERAL = new Set<string>(["bullets", "images"]);

export function readListing(marketplace: Marketplace, page: ListingPage, place: Place): ListingSnapshot {
  const entries = NAMES.map((name) => {
    const reads = page.listing[name];
    if (SEVERAL.has(name)) return [name, readAllShown(place.document, reads, TITLE)];
    return [name, readShown(place, reads, name === "description" ? LONGEST : TITLE)];
  });
  const account = { shop: readShown(place, page.account?.shop, NAME), region: regionOf(readShown(place, page.account?.region, NAME)) };
  const fields = { ...Object.fromEntries(entries), attributes: readAttributes(place.document, page.attributes) } as ListingFields;
  return { marketplace: marketplace.name, page: page.id, ...account, fields, lost: lostOf(page, place, account, fields) };
}

/** The title is what a listing is known by: an editor without a title field is not understood. */
function lostOf(page: ListingPage, place: Place, account: { shop: string; region: string }, fields: ListingFields): string[] {
  const lost = new Set<string>();
  for (const { field, min = 1, max = 0 } of page.health ?? []) {
    const found = count(field, page, place, account, fields);
    if (found < min || (max > 0 && found > max)) lost.add(field);
  }
  if (count("listing.title", page, place, account, fields) === 0) lost.add("listing.title");
  // what is found, but built unlike what the seller pointed at, may be another field
  return [...new Set([...lost, ...misfits(page, place.document)])];
}

function count(field: string, page: ListingPage, place: Place, account: { shop: string; region: string }, fields: ListingFields): number {
  const [part, name = ""] = field.split(".");
  if (part === "root") return countShown(place.document, page.root);
  if (part === "account") return account[name as "shop" | "region"] ? 1 : 0;
  const value = fields[name as keyof ListingReads];
  if (Array.isArray(value)) return value.length;
  // an empty field is a field all the same
  return value ? 1 : Math.min(1, countShown(place.document, page.listing[name as keyof ListingReads]));
}

/** The wire allows plain letters, digits and a few marks in a region. */
function regionOf(text: string): string {
  return /^[A-Za-z0-9_.:-]{1,40}$/.test(text) ? text.toUpperCase() : "";
}
