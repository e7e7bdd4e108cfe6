// The page as one tree: through open shadow roots, as a person sees it.

import { OURS, tidy, words } from "../sites/text";
import type { Root } from "./select";

/** Tags of formatting inside a sentence. */
const INLINE = new Set(["A", "B", "I", "U", "S", "EM", "STRONG", "MARK", "CODE", "SMALL", "BR", "IMG", "SUB", "SUP", "FONT", "BDI", "WBR"]);

/** The element above, across the edge of a shadow root; not across that of a frame. */
export function above(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root.nodeType === 11 && "host" in root ? (root as ShadowRoot).host : null;
}

/** The element and everything above it, lowest first. */
export function chain(element: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = element; at; at = above(at)) found.push(at);
  return found;
}

export function rootOf(element: Element): Root {
  return element.getRootNode() as Root;
}

export function holds(outer: Element, inner: Element): boolean {
  for (let at: Element | null = inner; at; at = above(at)) if (at === outer) return true;
  return false;
}

/** Whether the page draws it. */
export function isShown(element: Element): boolean {
  return element.checkVisibility();
}

/** Words of an element, those in open shadow roots included. */
export function said(element: Element): string {
  const own = tidy(words(element));
  return own || !element.shadowRoot ? own : tidy(Array.from(element.shadowRoot.children, (each) => said(each)).join(" "));
}

/**
 * The element that holds a message's words, from wherever in the bubble the seller pointed: down through wrappers that
 * add nothing, up out of formatting inside the sentence.
 */
export function textElementAt(pointed: Element): Element {
  let at = pointed;
  for (let parent = at.parentElement; parent; parent = parent.parentElement) {
    const beside = Array.from(parent.childNodes).some((node) => node !== at && ((node.nodeType === 3 && tidy(node.nodeValue ?? "") !== "") || (node.nodeType === 1 && INLINE.has((node as Element).tagName) && at.tagName === "SPAN")));
    if (!INLINE.has(at.tagName) && !(at.tagName === "SPAN" && beside && hasOwnText(parent))) break;
    at = parent;
  }
  for (;;) {
    const whole = said(at);
    const inner = [...at.children, ...(at.shadowRoot?.children ?? [])].filter((each) => !each.hasAttribute(OURS) && !INLINE.has(each.tagName) && said(each) === whole && whole !== "");
    const [next] = inner;
    if (!next || inner.length > 1) return at;
    at = next;
  }
}

function hasOwnText(element: Element): boolean {
  return Array.from(element.childNodes).some((node) => node.nodeType === 3 && tidy(node.nodeValue ?? "") !== "");
}

/** Nearest element around that scrolls up and down by its style; null when only the whole page does. */
export function scrollerOf(element: Element): Element | null {
  for (const at of chain(element)) {
    if (at.localName === "body" || at.localName === "html") return null;
    if (/^(auto|scroll|overlay)$/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
