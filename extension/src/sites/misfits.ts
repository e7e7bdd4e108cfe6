// Of a page that was taught: what selectors still find, but which is no longer built like what the seller pointed at.

import type { ChatPage, ListingPage, Read, Shape } from "../shared/protocol.gen";
import { readComposer } from "./composer";
import { findAll, matches } from "./query";
import { rowElements } from "./rows";
import { stillFits } from "./shape";

/** Fields whose finds do not fit their shape; what is not found at all is for page health to say. */
export function misfits(page: ChatPage | ListingPage, document: Document): string[] {
  const odd = (shape: Shape): boolean => !stillFits(shape, foundOf(shape.field, page, document));
  return [...new Set((page.shapes ?? []).filter(odd).map(({ field }) => field))];
}

/** What the description finds of a field, visible or not. */
export function foundOf(field: string, page: ChatPage | ListingPage, document: Document): Element[] {
  const [part, name = ""] = field.split(".");
  if (page.page === "listing") return part === "listing" ? ofReads(page.listing[name as keyof ListingPage["listing"]], document) : [];
  if (field === "messages.row") return rowElements(document, page);
  if (field === "composer.field") return [readComposer(document, page)?.field ?? []].flat();
  if (field === "composer.send") return findAll(document, page.composer.send).slice(-1);
  return part === "identity" ? ofReads(page.identity[name as keyof ChatPage["identity"]], document).slice(0, 1) : [];
}

function ofReads(reads: readonly Read[] | undefined, document: Document): Element[] {
  return (reads ?? []).map(({ css = "" }) => (css ? matches(document, css) : [])).find((found) => found.length) ?? [];
}
