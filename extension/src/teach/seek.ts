// What may be meant by a field whose selectors find nothing any more: by shape, for the seller to say yes or no to. Never
// taken for a fact.

import type { Shape } from "../shared/protocol.gen";
import { OURS } from "../sites/text";
import { fits } from "../sites/shape";
import { sideIn } from "./marks";
import { frameDocument } from "./point";
import type { Root } from "./select";
import { holds, isShown, rootOf, said, scrollerOf, textElementAt } from "./tree";

/** Elements looked at in a page. */
const MOST = 20_000;
const FEWEST_ROWS = 2;

/** The one thing in the page that is built like this; null when there is none, or several. */
export function seekOne(shape: Shape, document: Document): Element | null {
  const found = everything(document).filter((each) => fits(shape, each) && isShown(each));
  // a name and the boxes around it are one thing: the innermost is it
  const inner = found.filter((each) => !found.some((other) => other !== each && holds(each, other)));
  return inner.length === 1 ? (inner[0] as Element) : null;
}

/** Siblings built like the rows of a list; null when two lists could be meant. */
export function seekRows(shape: Shape, document: Document): Element[] | null {
  const lists = new Map<Element | Root, Element[]>();
  for (const each of everything(document)) {
    const around = each.parentElement ?? rootOf(each);
    if (fits(shape, each)) lists.set(around, [...(lists.get(around) ?? []), each]);
  }
  const groups = [...lists.values()].filter((rows) => rows.length >= FEWEST_ROWS && rows.some(isShown)).sort((a, b) => b.length - a.length);
  const [best, next] = groups;
  return best && (!next || best.length >= 2 * next.length) ? best : null;
}

/** The words of a message of one side in rows that were found by shape, by the side it hung on when it was taught. */
export function seekMessage(rows: readonly Element[], side: Shape["side"]): Element | null {
  const [first] = rows;
  if (!first || !side) return null;
  const list = scrollerOf(first) ?? first.parentElement ?? first;
  for (const row of [...rows].reverse()) {
    const words = longest(row);
    if (words && sideIn(list, words) === side) return textElementAt(words);
  }
  return null;
}

/** The innermost element with the most words of its own. */
function longest(row: Element): Element | null {
  let best: Element | null = null;
  for (const each of [row, ...row.querySelectorAll("*")]) {
    const own = Array.from(each.childNodes).some((node) => node.nodeType === 3 && node.nodeValue?.trim());
    if (own && !each.closest(`[${OURS}]`) && said(each).length > (best ? said(best).length : 0)) best = each;
  }
  return best;
}

/** Elements of a page, through open shadow roots and frames of the same origin. */
function everything(document: Document): Element[] {
  const found: Element[] = [];
  const roots: (Document | ShadowRoot)[] = [document];
  for (let root = roots.shift(); root && found.length < MOST; root = roots.shift()) {
    for (const each of root.querySelectorAll("*")) {
      if (found.length >= MOST) break;
      if (each.hasAttribute(OURS)) continue;
      found.push(each);
      const inner = each.shadowRoot ?? frameDocument(each);
      if (inner) roots.push(inner);
    }
  }
  return found;
}
