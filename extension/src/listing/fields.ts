// The fields of a listing editor that hold words for buyers, as elements one can read and write.

import { editable } from "../insertion/editable";
import { fieldText, isInput, type Field } from "../sites/composer";
import { matches } from "../sites/query";
import { isShown } from "../sites/shown";
import type { ListingPage, Read } from "../shared/protocol.gen";
import { labelOf } from "./label";

/** Most bullet points shown; a marketplace has five to ten. */
const MOST_BULLETS = 30;

export interface ListingField {
  /** The same for the same field at every look: "title", "bullets-2". */
  id: string;
  name: "title" | "bullets" | "description" | "keywords" | "other";
  /** Which bullet, from 1; 0 where there is only one of it. */
  number: number;
  field: Field;
  /** Most characters: as the description of the page or the field itself states it; 0 = neither does. */
  limit: number;
  /** What the page calls it; only of a field no description knows. */
  label: string;
}

/** In the order a buyer reads them. Fields nobody sees or may write into are left out; so are brand, price and numbers. */
export function fieldsOf(page: ListingPage, document: Document): ListingField[] {
  const { listing } = page;
  const one = (name: ListingField["name"], reads: readonly Read[] | undefined, limit = 0): ListingField[] => found(document, reads).slice(0, 1).map(({ field }) => made(name, 0, field, limit));
  const bullets = found(document, listing.bullets).slice(0, MOST_BULLETS);
  const all = [
    ...one("title", listing.title, page.title_limit),
    // an editor may hold all of them as a list: then they are one field, and the limit of a single one does not count
    ...bullets.map(({ field, whole }, at) => made("bullets", bullets.length > 1 ? at + 1 : 0, field, whole ? page.bullet_limit : 0)),
    ...one("description", listing.description, page.description_limit),
    ...one("keywords", listing.keywords),
  ];
  return all.filter(({ field }, at) => all.findIndex((other) => other.field === field) === at);
}

/** The field the seller clicked into; null for one of `known`, an empty one, or none that takes words. */
export function otherField(element: Element, known: readonly ListingField[], number: number): ListingField | null {
  const field = editable(element);
  if (!field || known.some((each) => each.field === field) || fieldText(field).trim() === "") return null;
  return { ...made("other", number, field, 0), label: labelOf(field) };
}

function made(name: ListingField["name"], number: number, field: Field, limit = 0): ListingField {
  const own = isInput(field) && field.maxLength > 0 ? field.maxLength : 0;
  return { id: number ? `${name}-${number}` : name, name, number, field, limit: limit && own ? Math.min(limit, own) : limit || own, label: "" };
}

/** What the first way that finds anything finds. `whole` false: it is a part of the editor that is the field. */
function found(document: Document, reads: readonly Read[] | undefined): { field: Field; whole: boolean }[] {
  for (const { css, attr } of reads ?? []) {
    const seen = css && !attr ? matches(document, css).filter(isShown) : [];
    if (!seen.length) continue;
    const fields = new Map<Field, boolean>();
    for (const element of seen) {
      const field = editable(element);
      if (field) fields.set(field, field === element);
    }
    return [...fields].map(([field, whole]) => ({ field, whole }));
  }
  return [];
}
