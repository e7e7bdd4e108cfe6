// Where a field of the page stands in the window, and how much of it is seen.

import { isInput, type Field } from "../sites/composer";
import { OURS } from "../sites/text";
import { shared, type Box, type Ground } from "./boxes";

/** How much larger than a field the box is that belongs to it, in px. */
const ROOM = 100;

/** Elements around a field that cut off what stands outside them. Asking costs styles: asked for now and then, not each time. */
export function clippersOf(field: Field): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = field; at; at = above(at)) {
    const { overflowX, overflowY, contain, position } = getComputedStyle(at);
    if (at !== field && (overflowX !== "visible" || overflowY !== "visible" || /paint|strict|content/.test(contain))) found.push(at);
    if (position === "fixed") break;
  }
  // what the window cuts off is no element's doing
  return found.filter(({ tagName }) => tagName !== "HTML" && tagName !== "BODY");
}

/** What of a field is seen in its window; null when nothing is. */
export function seenOf(field: Field, clippers: readonly Element[]): Box | null {
  const page = field.ownerDocument.documentElement;
  let seen: Box | null = shared(inner(field), { left: 0, top: 0, right: page.clientWidth, bottom: page.clientHeight });
  for (const clipper of clippers) seen = seen && shared(seen, inner(clipper));
  return seen;
}

/** Where its text begins. `text`: the size of a form field's text. */
export function groundOf(field: Field, text: { width: number; height: number }): Ground {
  const box = field.getBoundingClientRect();
  const scale = scaleOf(field, box);
  if (!isInput(field)) return { left: box.left - field.scrollLeft * scale, top: box.top - field.scrollTop * scale, scale: 1 };
  const style = getComputedStyle(field);
  const [before, behind, above, below] = [style.paddingLeft, style.paddingRight, style.paddingTop, style.paddingBottom].map(parseFloat) as [number, number, number, number];
  // a field of one line stands in the middle of its box; what is written from right to left grows to the left
  const down = field.tagName === "INPUT" ? (field.clientHeight - above - below - text.height) / 2 : 0;
  const over = style.direction === "rtl" ? field.clientWidth - before - behind - text.width : 0;
  return {
    left: box.left + (field.clientLeft + before + over - field.scrollLeft) * scale,
    top: box.top + (field.clientTop + above + down - field.scrollTop) * scale,
    scale,
  };
}

/** Whether something else lies over a point of the field: a menu, a head that stays in view, a dialog. */
export function isCovered(field: Field, x: number, y: number): boolean {
  const root = field.getRootNode() as Document | ShadowRoot;
  const hit = root.elementFromPoint?.(x, y) ?? null;
  // our own card and list lie above the marks anyway
  if (!hit || hit.hasAttribute(OURS)) return false;
  for (let at: Element | null = field; at; at = above(at)) if (at === hit) return false;
  return !frameOf(field).contains(hit);
}

/** What pages lay over a field of their own, counters, frames, a copy of its text in colour, stands in a box about its size. */
function frameOf(field: Field): Element {
  const { width, height } = field.getBoundingClientRect();
  let frame: Element = field;
  for (let at = field.parentElement; at; at = at.parentElement) {
    const box = at.getBoundingClientRect();
    if (box.width > width + ROOM || box.height > height + ROOM) break;
    frame = at;
  }
  return frame;
}

/** Within the borders and without bars. */
function inner(element: Element): Box {
  const box = element.getBoundingClientRect();
  const scale = scaleOf(element, box);
  const left = box.left + element.clientLeft * scale;
  const top = box.top + element.clientTop * scale;
  // what flows in a line has no inner size of its own
  if (!element.clientWidth) return box;
  return { left, top, right: left + element.clientWidth * scale, bottom: top + element.clientHeight * scale };
}

function scaleOf(element: Element, box: DOMRect): number {
  const width = (element as HTMLElement).offsetWidth;
  return width > 0 && box.width > 0 ? box.width / width : 1;
}

/** The element around it as it is drawn, out of shadow roots as well. */
export function above(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  return element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
}
