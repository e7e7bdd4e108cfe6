// Reading one value by a description's `Read` entries: the first that gives something wins.

import type { Read } from "../shared/protocol.gen";
import { itself, match, matches, type Scope } from "./query";
import { clip, pattern, tidy, words } from "./text";

/** Longest name, id, time or address part. */
const NAME = 200;

/** Where a page is: its document and its address. */
export interface Place {
  document: Document;
  url: URL;
}

/** A value of the page as a whole; "" when nothing gives one. */
export function readPage(place: Place, reads: readonly Read[] | undefined): string {
  for (const read of reads ?? []) {
    const value = fit(read, ofPage(place, read));
    if (value) return clip(value, NAME);
  }
  return "";
}

/** A value inside a row; "" when nothing gives one. `longest` bounds it. */
export function readRow(row: Element, reads: readonly Read[] | undefined, longest = NAME): string {
  for (const read of reads ?? []) {
    if (read.count) {
      const number = matches(row, read.css ?? "").length;
      if (number) return String(number);
      continue;
    }
    const element = target(row, read);
    if (!element) continue;
    const value = fit(read, raw(element, read));
    if (value) return clip(value, longest);
  }
  return "";
}

/** The element a row's first fitting `css` read points at. */
export function target(row: Element, read: Read): Element | null {
  const css = read.css;
  if (!css) return null;
  return itself(row, css) ? row : match(row, css);
}

function ofPage({ document, url }: Place, read: Read): string {
  if (read.css) {
    const scope = read.top ? topDocument(document) : document;
    const element = scope && match(scope as Scope, read.css);
    return element ? raw(element, read) : "";
  }
  if (read.query) return url.searchParams.get(read.query) ?? "";
  if (read.hash) return new URLSearchParams(url.hash.replace(/^#[^?]*\??/, "")).get(read.hash) ?? "";
  if (read.host) return url.hostname;
  if (read.path) return url.pathname;
  return "";
}

function raw(element: Element, read: Read): string {
  return read.attr ? (element.getAttribute(read.attr) ?? "") : words(element);
}

/** What the read's pattern keeps of a value. */
export function fit(read: Read, value: string): string {
  const tidied = tidy(value);
  if (!read.pattern || !tidied) return tidied;
  const found = pattern(read.pattern)?.exec(tidied);
  return found ? tidy(found[1] ?? found[0]) : "";
}

/** The top document when a script may look at it, which the browser decides by origin. */
function topDocument(document: Document): Document | null {
  try {
    return document.defaultView?.top?.document ?? null;
  } catch {
    return null;
  }
}
