// Rows of a list and their fields in a living page; companion/pages/lists.py reads saved ones alike.

import type { Read, Select } from "../shared/protocol.gen";
import { findAll, itself, match, matches, MOST } from "./query";
import { fit } from "./read";
import { flat, isShown, shownWords } from "./shown";
import { clip } from "./text";

/** Most rows of one list. */
export const MOST_ROWS = 500;
/** Longest name, and longest text of a field that is words rather than a name. */
const NAME = 200;
const LONG = 2_000;

/** Rows a person sees, in the order of the document; `more`: the page shows more than is read. */
export interface FoundRows {
  elements: Element[];
  more: boolean;
}

/** A row inside another is part of it; rows that look alike are several all the same. */
export function listRows(document: Document, row: readonly Select[]): FoundRows {
  const found = findAll(document, row);
  const drawn = found.filter(isShown);
  const known = new Set(drawn);
  const outer = drawn.filter((each) => !standsIn(each, known));
  return { elements: outer.slice(0, MOST_ROWS), more: found.length >= MOST || outer.length > MOST_ROWS };
}

function standsIn(row: Element, rows: ReadonlySet<Element>): boolean {
  for (let around = row.parentElement; around; around = around.parentElement) if (rows.has(around)) return true;
  return false;
}

/** The element a read points at, the row itself too; of several the first one a person sees. */
export function shownTarget(row: Element, read: Read): Element | null {
  if (!read.css) return null;
  if (itself(row, read.css)) return row;
  return read.attr ? match(row, read.css) : (matches(row, read.css).find(isShown) ?? null);
}

/** What a read says of its element, without its pattern. */
export function rawOf(element: Element, read: Read): string {
  return read.attr ? (element.getAttribute(read.attr) ?? "") : shownWords(element);
}

/** One field of a row without the gaps that a page's markup leaves between its lines; "" when nothing gives one. */
export function readField(row: Element, reads: readonly Read[] | undefined, long = false): string {
  for (const read of reads ?? []) {
    if (read.count) {
      const number = matches(row, read.css ?? "").filter(isShown).length;
      if (number) return String(number);
      continue;
    }
    const element = shownTarget(row, read);
    const value = element && fit(read, rawOf(element, read));
    if (value) return flat(clip(value, long ? LONG : NAME));
  }
  return "";
}
