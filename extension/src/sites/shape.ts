// How a page is built around an element: kinds of what it stands in and of what stands in it. No class names, no words, no
// mere boxes, so that a new build, a wrapper or another order of siblings change nothing. companion/pages/shape.py does alike.

import type { Shape } from "../shared/protocol.gen";
import { OURS } from "./text";

/** Boxes and formatting: they come and go without a thing becoming another. */
const BOXES = new Set("div span p pre section article b i u s em strong mark small font label code sub sup bdi br wbr picture source svg path g use style script template noscript html body".split(" "));
const MOST_ABOVE = 8;
const MOST_PARTS = 16;
/** Elements looked at inside one. */
const MOST_INSIDE = 400;
const WRITES = /^(|text|search|email|url|tel|number)$/;

/** What an element is, "" for a mere box or words. */
export function kindOf(element: Element): string {
  const tag = element.localName;
  const role = element.getAttribute("role");
  if (tag === "input") {
    const type = (element.getAttribute("type") ?? "").toLowerCase();
    return WRITES.test(type) ? "input" : /^(button|submit|image|reset)$/.test(type) ? "button" : `input:${type.replace(/[^a-z-]/g, "").slice(0, 20)}`;
  }
  if (isEditable(element)) return "editable";
  if (tag === "button" || role === "button") return "button";
  if (/^h[1-6]$/.test(tag)) return "h";
  if (BOXES.has(tag) || !/^[a-z0-9-]{1,40}$/.test(tag)) return "";
  return tag;
}

function isEditable(element: Element): boolean {
  const value = element.getAttribute("contenteditable");
  return value !== null && value !== "false";
}

/** Kinds of what an element stands in, nearest first, across shadow roots; up to its own document. */
export function aboveOf(element: Element): string[] {
  const found: string[] = [];
  for (let at = outer(element); at && found.length < MOST_ABOVE; at = outer(at)) {
    const kind = kindOf(at);
    if (kind && kind !== found.at(-1)) found.push(kind);
  }
  return found;
}

function outer(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root.nodeType === 11 && "host" in root ? (root as ShadowRoot).host : null);
}

/** Kinds of what stands in an element; in a field nothing does, since what is written there comes and goes. */
export function partsOf(element: Element): string[] {
  const found = new Set<string>();
  let words = 0;
  let left = MOST_INSIDE;
  const walk = (node: Element | ShadowRoot): void => {
    for (let child = node.firstChild; child && left > 0; child = child.nextSibling) {
      if (child.nodeType === 3) words += child.nodeValue?.trim() ? 1 : 0;
      if (child.nodeType !== 1 || (child as Element).hasAttribute(OURS)) continue;
      left -= 1;
      const inner = child as Element;
      const kind = kindOf(inner);
      if (kind) found.add(kind);
      if (/^(script|style|template|noscript|svg)$/.test(inner.localName)) continue;
      if (!isWritten(kind)) walk(inner);
      if (inner.shadowRoot) walk(inner.shadowRoot);
    }
  };
  if (isWritten(kindOf(element))) return [];
  walk(element);
  if (element.shadowRoot) walk(element.shadowRoot);
  if (words) found.add(words > 1 ? "words+" : "words");
  return [...found].sort().slice(0, MOST_PARTS);
}

const isWritten = (kind: string): boolean => /^(textarea|editable|input|input:.*|select)$/.test(kind);

/** The shape of elements taught as one field; parts that nearly all of them have. Null for none. */
export function shapeOf(field: string, elements: readonly Element[], side: Shape["side"] = ""): Shape | null {
  const [first] = elements;
  if (!first) return null;
  const all = elements.slice(0, 60).map(partsOf);
  const parts = [...new Set(all.flat())].filter((part) => all.filter((each) => holds(each, part)).length >= all.length * 0.8);
  return { field, kind: kindOf(first), above: aboveOf(first), parts: parts.filter((part) => part !== "words" || !parts.includes("words+")).sort(), count: Math.min(elements.length, 9_999), side };
}

const holds = (parts: readonly string[], part: string): boolean => parts.includes(part) || (part === "words" && parts.includes("words+"));

/** Whether an element is built like what was taught: the same kind, in the same surroundings, with the same parts. */
export function fits(shape: Shape, element: Element): boolean {
  if (kindOf(element) !== shape.kind) return false;
  const inside = partsOf(element);
  // an empty field or a name that is not drawn yet is no other thing
  const parts = (shape.parts ?? []).filter((part) => shape.count !== 1 || !part.startsWith("words"));
  return parts.every((part) => holds(inside, part)) && alike(shape.above ?? [], aboveOf(element));
}

/** Most of the one stands in the other, in its order: a landmark more or less is no other place. */
function alike(taught: readonly string[], now: readonly string[]): boolean {
  if (!taught.length) return true;
  const lengths = new Array<number>(now.length + 1).fill(0);
  for (const kind of taught) {
    let corner = 0;
    for (let at = 1; at <= now.length; at += 1) {
      const before = lengths[at] as number;
      lengths[at] = kind === now[at - 1] ? corner + 1 : Math.max(before, lengths[at - 1] as number);
      corner = before;
    }
  }
  return (lengths[now.length] as number) * 2 >= taught.length;
}

/** Whether what selectors found is still built like what was taught; of several, half. */
export function stillFits(shape: Shape, found: readonly Element[]): boolean {
  const some = found.slice(0, 60);
  return some.filter((each) => fits(shape, each)).length * 2 >= some.length;
}
