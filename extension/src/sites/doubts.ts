// What makes the reading of a conversation doubtful although every demand is met: nobody may be taken for somebody else,
// no message left out unsaid. companion/pages/health.py and rows.py have the same doubts.

import type { ChatPage } from "../shared/protocol.gen";
import type { Missing } from "./health";
import { offsetAround } from "./order";
import { find, findIn, matches, MOST } from "./query";
import { readOne, saysNotice, type Reading } from "./rows";
import { isShown, shownWords } from "./shown";
import { tidy } from "./text";

export interface StrictRow {
  element: Element;
  reading: Reading;
  /** Marks of both sides, or of neither. */
  unclear: boolean;
  /** Words a person sees in the row that were not read. */
  unread: boolean;
}

export function readStrictly(element: Element, page: ChatPage): StrictRow {
  const reading = readOne(element, page);
  const pictures = (page.messages.images ?? []).some(({ css }) => matches(element, css).some(isShown));
  const shown = !reading.text && !pictures && reading.direction !== "system" ? tidy(shownWords(element)) : "";
  return { element, reading, unclear: isUnclear(element, page, reading), unread: shown !== "" && shown !== reading.time };
}

/** A notice that is told by a mark or by its words is clear. */
function isUnclear(row: Element, page: ChatPage, { direction, text }: Reading): boolean {
  const { messages } = page;
  const marked = findIn(row, messages.system) !== null;
  const buyer = findIn(row, messages.buyer) !== null;
  const seller = findIn(row, messages.seller) !== null;
  if (direction === "system") return !marked && !buyer && !seller && !saysNotice(text, page);
  return buyer && seller;
}

/** The doubts about rows in visual order. */
export function doubtsOf(page: ChatPage, document: Document, rows: readonly StrictRow[]): Missing[] {
  const doubts: Missing[] = [];
  const found = rows.length;
  if (!orderIsSure(page, rows)) doubts.push({ field: "messages.sequence", found: 0, min: 1, max: 0 });
  if (page.messages.row.some(({ css }) => matches(document, css).length >= MOST)) doubts.push({ field: "messages.row", found, min: 0, max: found - 1 });
  if (authorsDoubtful(page, rows)) doubts.push({ field: "messages.direction", found: rows.filter(({ unclear }) => !unclear).length, min: found, max: 0 });
  const lost = outside(page, document, rows);
  if (lost) doubts.push({ field: "messages.row", found, min: found + lost, max: 0 });
  if (textsDoubtful(rows)) doubts.push({ field: "messages.text", found: rows.filter(({ unread }) => !unread).length, min: found, max: 0 });
  return doubts;
}

/** Offsets that tell another story than the document: the page has become a virtual list. Measured lists are sure. */
function orderIsSure(page: ChatPage, rows: readonly StrictRow[]): boolean {
  const { sequence = "document" } = page.messages;
  if (sequence === "offset" || rows.length < 2) return true;
  const elements = rows.map(({ element }) => element);
  const inDocument = sequence === "reverse" ? elements.toReversed() : elements;
  const offsets = inDocument.map((row, at) => offsetAround(row, (around) => [inDocument[at - 1], inDocument[at + 1]].some((other) => other !== undefined && around.contains(other))));
  if (offsets.includes(null)) return true;
  const moved = inDocument.map((row, at) => ({ row, at })).sort((a, b) => (offsets[a.at] ?? 0) - (offsets[b.at] ?? 0) || a.at - b.at);
  return moved.every(({ row }, at) => row === elements[at]);
}

/** Where the description knows how notices look, a row without any mark is none; elsewhere some may be. */
function authorsDoubtful(page: ChatPage, rows: readonly StrictRow[]): boolean {
  const unclear = rows.filter((row) => row.unclear);
  if (unclear.some(({ reading }) => reading.direction !== "system")) return true;
  return unclear.length > 0 && ((page.messages.system ?? []).length > 0 || unclear.length * 3 > rows.length);
}

/** A card or a sticker shows words that are no message; when one side has nothing else, its texts are not found. */
function textsDoubtful(rows: readonly StrictRow[]): boolean {
  return ["buyer", "seller"].some((side) => {
    const own = rows.filter(({ reading, unread }) => reading.direction === side && (reading.text || unread));
    return own.filter(({ unread }) => unread).length * 2 > own.length;
  });
}

/** A kind of row that lost its mark is not found, but its text is, where all the other rows stand. */
function outside(page: ChatPage, document: Document, rows: readonly StrictRow[]): number {
  const elements = rows.map(({ element }) => element);
  const [first] = elements;
  if (!first) return 0;
  let around: Element | null = find(document, page.messages.scroller) ?? first;
  while (around && !elements.every((row) => around?.contains(row))) around = around.parentElement;
  if (!around || elements.includes(around)) return 0;
  const known = new Set(elements);
  const lost = new Set<Element>();
  for (const { css } of page.messages.text) {
    for (const element of css ? matches(around, css) : []) if (!standsIn(element, known, around) && isShown(element)) lost.add(element);
  }
  return lost.size;
}

function standsIn(element: Element, rows: ReadonlySet<Element>, stop: Element): boolean {
  for (let at: Element | null = element; at && at !== stop; at = at.parentElement) if (rows.has(at)) return true;
  return false;
}
