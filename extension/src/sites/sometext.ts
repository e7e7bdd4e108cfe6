// Texts that are drawn below an element.

import { isShown } from "./shown";
import { OURS } from "./text";

/** Calls `hear` with each, until it says true. */
export function someText(element: Element, hear: (text: string) => boolean): boolean {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue?.trim();
    const holder = node.parentElement;
    if (text && holder && !holder.closest(`script, style, template, noscript, [${OURS}]`) && isShown(holder) && hear(text)) return true;
  }
  return false;
}
