// What a category asks for besides title and words (material, colour …), as companion/pages/listing.py reads it of a capture.

import type { AttributeRows, Read } from "../shared/protocol.gen";
import { itself, match, matches } from "./query";
import { fit } from "./read";
import { cut, flat, isShown, outer, raw } from "./shown";

const MOST = 60;
const LONGEST = 200;
/** How to reach somebody says nothing about what is sold. */
const PERSONAL = /[^\s@]@[^\s@]+\.[^\s@]|^\+[\d\s().-]{7,}$/;
const PERSONAL_TYPE = /^(email|tel)$/i;

/** What each further field that holds something is called, and what it holds; several of one name are one. */
export function readAttributes(document: Document, rows: AttributeRows | undefined): Record<string, string> {
  const found = new Map<string, string>();
  for (const row of shownRows(document, rows)) {
    const name = ofRow(row, rows!.name);
    const value = ofRow(row, rows!.value);
    if (!name || !value || isPersonal(row, rows!.value, value)) continue;
    const before = found.get(name);
    if (before !== undefined) found.set(name, cut(`${before}; ${value}`, LONGEST));
    else if (found.size < MOST) found.set(name, value);
  }
  return Object.fromEntries(found);
}

function shownRows(document: Document, rows: AttributeRows | undefined): Element[] {
  for (const { css } of rows?.row ?? []) {
    const found = matches(document, css);
    if (found.length) return outer(found.filter(isShown));
  }
  return [];
}

function ofRow(row: Element, reads: readonly Read[] | undefined): string {
  for (const read of reads ?? []) {
    const element = target(row, read);
    const value = element && cut(flat(fit(read, raw(element, read))), LONGEST);
    if (value) return value;
  }
  return "";
}

function target(row: Element, { css, attr }: Read): Element | null {
  if (!css) return null;
  if (itself(row, css)) return row;
  return attr ? match(row, css) : (matches(row, css).find(isShown) ?? null);
}

function isPersonal(row: Element, reads: readonly Read[] | undefined, value: string): boolean {
  return PERSONAL.test(value) || (reads ?? []).some((read) => PERSONAL_TYPE.test(target(row, read)?.getAttribute("type") ?? ""));
}
