// What a person sees of a page.

import { OURS, words } from "./text";

/** Drawn, as far as the browser says; test documents without layout draw everything. */
export function shown(element: Element): boolean {
  return typeof element.checkVisibility !== "function" || element.checkVisibility({ visibilityProperty: true });
}

/** The words of an element that are drawn. */
export function shownWords(element: Element): string {
  return words(element, (inner) => !shown(inner));
}

/** Calls `hear` with each text that is drawn below an element, until it says true. */
export function someText(element: Element, hear: (text: string) => boolean): boolean {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue?.trim();
    const holder = node.parentElement;
    if (text && holder && !holder.closest(`script, style, template, noscript, [${OURS}]`) && shown(holder) && hear(text)) return true;
  }
  return false;
}
