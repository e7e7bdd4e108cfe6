// Reading what a person sees, form fields by what stands in them, as companion/pages/read.py reads captures. Chats are read
// by read.ts, which asks for no styles and so costs a page with hundreds of rows nothing.

import type { Read } from "../shared/protocol.gen";
import { itself, matches, type Scope } from "./query";
import { fit, readPage, topDocument, type Place } from "./read";
import { OURS, words } from "./text";

/** Inputs whose value is nobody's to read, or says nothing. */
const SECRET = /^(password|file|image|hidden)$/;
/** Most values of one field. */
const MOST_VALUES = 100;

/** A value of the page as a whole, of at most `longest` code points; "" when nothing gives one. */
export function readShown(place: Place, reads: readonly Read[] | undefined, longest: number): string {
  for (const read of reads ?? []) {
    const value = read.css ? ofElement(place, read, read.css) : readPage(place, [read]);
    if (value) return cut(value, longest);
  }
  return "";
}

/** What every match of the first read says that says anything; an element within a match is part of it. */
export function readAllShown(scope: Document | Element, reads: readonly Read[] | undefined, longest: number): string[] {
  for (const read of reads ?? []) {
    if (!read.css) continue;
    const found = isElement(scope) && itself(scope, read.css) ? [scope] : matches(scope, read.css);
    const seen = found.filter(isShown);
    const values = outer(seen).map((element) => cut(flat(fit(read, raw(element, read))), longest)).filter(Boolean);
    if (values.length) return values.slice(0, MOST_VALUES);
  }
  return [];
}

/** Those that stand in no other of them. */
export function outer(elements: readonly Element[]): Element[] {
  return elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
}

/** How many the first selector that finds anything finds; hidden twins do not count. */
export function countShown(scope: Scope, selects: readonly { css?: string }[] | undefined): number {
  for (const { css } of selects ?? []) {
    const found = css ? matches(scope, css).filter(isShown).length : 0;
    if (found) return found;
  }
  return 0;
}

/** Whether a person sees it: drawn, and so is every frame it stands in. */
export function isShown(element: Element): boolean {
  if (!drawn(element)) return false;
  const frame = frameOf(element.ownerDocument);
  return frame === null || isShown(frame);
}

function drawn(element: Element): boolean {
  if (element.tagName === "INPUT" && element.getAttribute("type")?.toLowerCase() === "hidden") return false;
  // test documents without layout draw everything
  return typeof element.checkVisibility !== "function" || element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false });
}

function frameOf(document: Document): Element | null {
  try {
    return document.defaultView?.frameElement ?? null;
  } catch {
    return null; // the page around it is another site's
  }
}

function ofElement(place: Place, read: Read, css: string): string {
  const scope = read.top ? topDocument(place.document) : place.document;
  const found = scope ? matches(scope, css) : [];
  const element = read.attr ? found[0] : found.find(isShown);
  return element ? fit(read, raw(element, read)) : "";
}

/** An attribute, what a form field holds, or the words a person sees. */
export function raw(element: Element, read: Read): string {
  const { tagName } = element;
  // a capture writes what was typed into the attribute of the same name
  if (read.attr && !(tagName === "INPUT" && read.attr === "value")) return element.getAttribute(read.attr) ?? "";
  if (tagName === "INPUT") return SECRET.test((element as HTMLInputElement).type) ? "" : (element as HTMLInputElement).value;
  if (tagName === "TEXTAREA") return (element as HTMLTextAreaElement).value;
  if (tagName === "SELECT") {
    const chosen = (element as HTMLSelectElement).selectedOptions;
    const option = chosen[chosen.length - 1];
    return option ? words(option) : "";
  }
  return shownWords(element);
}

/** The words of an element without what nobody sees of it. */
export function shownWords(element: Element): string {
  return words(element, (inner) => !drawn(inner));
}

/** Without the gaps that a page's markup leaves between its lines. */
export function flat(text: string): string {
  return text.replace(/[ \t]{2,}/g, " ").replace(/\s*\n\s*/g, "\n");
}

/** At most so many code points, as the companion counts. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join("");
}

function isElement(scope: Document | Element): scope is Element {
  return scope.nodeType === 1;
}

/** Calls `hear` with each text that is drawn below an element, until it says true. */
export function someText(element: Element, hear: (text: string) => boolean): boolean {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue?.trim();
    const holder = node.parentElement;
    if (text && holder && !holder.closest(`script, style, template, noscript, [${OURS}]`) && drawn(holder) && hear(text)) return true;
  }
  return false;
}
