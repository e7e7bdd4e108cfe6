// Pointing: what lies under the pointer, through open shadow roots and same-origin frames, without the page noticing.

import { OURS } from "../sites/text";
import { above } from "./tree";

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The deepest element at a place of the window, our own nodes left out. */
export function elementAt(document: Document, x: number, y: number): Element | null {
  let at = document.elementsFromPoint(x, y).find((each) => !each.hasAttribute(OURS)) ?? null;
  let [dx, dy] = [0, 0];
  for (let depth = 0; at && depth < 20; depth += 1) {
    const root: ShadowRoot | null = at.shadowRoot;
    const doc = frameDocument(at);
    let inner: Element | undefined;
    if (doc) {
      const box = at.getBoundingClientRect();
      dx += box.left + at.clientLeft;
      dy += box.top + at.clientTop;
      inner = doc.elementsFromPoint(x - dx, y - dy).find((each) => !each.hasAttribute(OURS));
    } else if (root) inner = root.elementsFromPoint(x - dx, y - dy).find((each) => each.getRootNode() === root);
    if (!inner || inner === at) break;
    at = inner;
  }
  return at;
}

/** The document in a frame of the same origin; null for another's. */
export function frameDocument(element: Element): Document | null {
  if (element.localName !== "iframe" && element.localName !== "frame") return null;
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

/** Where an element is in the top window. */
export function rectOf(element: Element): Rect {
  const { left, top, width, height } = element.getBoundingClientRect();
  const rect = { left, top, width, height };
  for (let frame = frameOf(element); frame; frame = frameOf(frame)) {
    const box = frame.getBoundingClientRect();
    rect.left += box.left + frame.clientLeft;
    rect.top += box.top + frame.clientTop;
  }
  return rect;
}

function frameOf(element: Element): Element | null {
  try {
    return element.ownerDocument.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

/** One step out, across shadow roots and frames; null at the page's own root. */
export function wider(element: Element): Element | null {
  const next = above(element) ?? frameOf(element);
  return next && next.localName !== "html" && next.localName !== "body" ? next : next?.localName === "body" && frameOf(next) ? frameOf(next) : null;
}

/** One step in: the way that was come, else the child with most in it. */
export function narrower(element: Element, come: readonly Element[]): Element | null {
  const inner = [...(frameDocument(element)?.body?.children ?? []), ...(element.shadowRoot?.children ?? []), ...element.children].filter((each) => !each.hasAttribute(OURS));
  return inner.find((each) => come.includes(each)) ?? inner.sort((a, b) => area(b) - area(a))[0] ?? null;
}

/** The element before or behind, for pointing by keys. */
export function beside(element: Element, step: 1 | -1): Element | null {
  const next = step > 0 ? element.nextElementSibling : element.previousElementSibling;
  return next && !next.hasAttribute(OURS) ? next : null;
}

function area(element: Element): number {
  const { width, height } = element.getBoundingClientRect();
  return width * height;
}

/** Turn of the wheel over the veil: moves what would have moved without it. */
export function scrollUnder(element: Element | null, event: WheelEvent): void {
  const amount = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
  for (let at = element; at; at = wider(at)) {
    if (at.scrollHeight > at.clientHeight + 1 && /^(auto|scroll|overlay)$/.test(getComputedStyle(at).overflowY)) {
      const before = at.scrollTop;
      at.scrollTop += amount;
      if (at.scrollTop !== before) return;
    }
  }
  window.scrollBy(0, amount);
}
