// What tells a buyer's row from an own one: attribute, class, an element that only one side has, or the side it hangs on.

import { findIn, itself, match } from "../sites/query";
import { attr, query, simples, tagOf, type Simple } from "./select";
import { target, type Rows } from "./rows";
import { holds } from "./tree";

const MOST_NODES = 60;
const MOST_MARKS = 60;
const WEAK = 4.4;
/** Rows the marks are tried on. */
const MOST_ROWS = 200;
/** Names inside a row that are formatting or content, not marks. */
const CONTENT = /^(b|i|u|s|em|strong|br|p|pre|span|div|a|code|li|ul|section)$/;

/** Names of what comes and goes in rows of either side. */
const PASSING = /(date|time|clock|badge|divider|separator|status|quote|reply|emoji|sticker|image|photo|picture|attach|file|link|tooltip|menu|action|button|icon|tick|check|receipt)/i;

export interface Marks {
  buyer: Simple[];
  seller: Simple[];
}

type Side = "left" | "right" | "";

/** Marks that part the rows; null when nothing that can be written down differs between the two bubbles. */
export function learnMarks(rows: Rows): Marks | null {
  const spoken = rows.elements.filter((row) => textOf(row, rows.text)).slice(-MOST_ROWS);
  const sides = spoken.map((row) => sideOf(row, rows));
  const [buyerSide, sellerSide] = [sideOf(rows.buyer, rows), sideOf(rows.seller, rows)];
  const seen = buyerSide !== sellerSide && buyerSide !== "" && sellerSide !== "";
  const fits = (wanted: Element, other: Element): Scored[] =>
    namesIn(wanted, rows)
      .filter(({ css }) => has(wanted, css) && !has(other, css))
      .slice(0, MOST_MARKS)
      .map((simple) => ({ ...simple, on: spoken.map((row) => has(row, simple.css)) }));
  let theirs = fits(rows.buyer, rows.seller);
  let ours = fits(rows.seller, rows.buyer);
  if (seen) {
    theirs = agreeing(theirs, sides.map((side) => side === buyerSide), sides);
    ours = agreeing(ours, sides.map((side) => side === sellerSide), sides);
  }
  if (!theirs.length && !ours.length) return null;
  if (!theirs.length) return { seller: top(ours), buyer: without(ours, rows) };
  if (!ours.length) return { buyer: top(theirs), seller: without(theirs, rows) };
  const [b, s] = bestPair(theirs, ours);
  // where the page's layout cannot vouch for a weak mark, lacking the other side's strong one says more
  if (!seen && b.rank > WEAK && s.rank <= WEAK && without([s], rows).length) return { seller: top([s]), buyer: without([s], rows) };
  if (!seen && s.rank > WEAK && b.rank <= WEAK && without([b], rows).length) return { buyer: top([b]), seller: without([b], rows) };
  const same = (all: Scored[], chosen: Scored): Simple[] => top([chosen, ...all.filter((each) => each !== chosen && each.on.join() === chosen.on.join())]);
  return { buyer: same(theirs, b), seller: same(ours, s) };
}

interface Scored extends Simple {
  /** For each row with words: is the mark there? */
  on: boolean[];
}

const has = (row: Element, css: string): boolean => findIn(row, [{ css }]) !== null;

function textOf(row: Element, text: Simple[]): Element | null {
  for (const { css } of text) {
    const found = target(row, css);
    if (found) return found;
  }
  return null;
}

/** Which side of the list a row's words hang on; "" without layout, or in the middle. */
export function sideOf(row: Element, rows: Rows): Side {
  const text = textOf(row, rows.text);
  return text ? sideIn(rows.list, text) : "";
}

/** The same of an element that holds a row's words. */
export function sideIn(list: Element, text: Element): Side {
  const [inner, outer] = [text.getBoundingClientRect(), list.getBoundingClientRect()];
  if (!inner.width || !outer.width) return "";
  const [left, right] = [inner.left - outer.left, outer.right - inner.right];
  return Math.abs(left - right) < 12 ? "" : left < right ? "left" : "right";
}

/** Marks that are never on the other side's rows and miss few of their own. Long messages of both sides fill the width. */
function agreeing(marks: Scored[], wanted: boolean[], sides: Side[]): Scored[] {
  const own = wanted.filter(Boolean).length;
  return marks.filter(({ on }) => {
    const right = on.filter((is, at) => is && wanted[at]).length;
    const wrong = on.filter((is, at) => is && !wanted[at] && sides[at] !== "").length;
    return right >= own * 0.8 && wrong <= own * 0.1;
  });
}

/** The two that part the rows most cleanly; of equals the better names. */
function bestPair(theirs: Scored[], ours: Scored[]): [Scored, Scored] {
  let best: [Scored, Scored] = [theirs[0] as Scored, ours[0] as Scored];
  let most = Number.NEGATIVE_INFINITY;
  for (const b of theirs)
    for (const s of ours) {
      const both = b.on.filter((is, at) => is && s.on[at]).length;
      const either = b.on.filter((is, at) => is || s.on[at]).length;
      const score = either - 3 * both - 0.2 * (b.rank + s.rank);
      if (score > most) [most, best] = [score, [b, s]];
    }
  return best;
}

/** Everything a row can be told by: names of it, of what is in it, and of what it stands in below the list. */
function namesIn(row: Element, rows: Rows): Simple[] {
  const found: Simple[] = [];
  const own = (element: Element): Simple[] => {
    const names = simples(element).filter(({ css, rank }) => rank !== 4.5 || !CONTENT.test(css));
    const style = element.getAttribute("style") ?? "";
    for (const word of style.match(/\b(flex-end|flex-start|row-reverse|right|left|margin-left:\s*auto|margin-right:\s*auto)\b/g) ?? []) names.push({ css: attr("style", word, "*="), rank: 4.6 });
    for (const name of ["title", "alt", "dir", "data-state"]) {
      const value = element.getAttribute(name) ?? "";
      if (value && value.length <= 20 && !/\d/.test(value)) names.push({ css: tagOf(element) + attr(name, value), rank: 4.4 });
    }
    return names;
  };
  found.push(...own(row));
  const text = textOf(row, rows.text);
  // what stands inside the words is content, not a mark
  const inner = query(row, "*").filter((each) => !text || each === text || !holds(text, each)).slice(0, MOST_NODES);
  // what carries the words is drawn by side; what stands beside them may be there or not
  for (const element of inner) {
    const carries = text !== null && holds(element, text);
    found.push(...own(element).map(({ css, rank }) => ({ css, rank: PASSING.test(css) ? rank + 4 : carries ? rank : rank + 0.6 })));
  }
  for (let around = row.parentElement; around && around !== rows.list && !holds(around, rows.list); around = around.parentElement)
    found.push(...own(around).map(({ css, rank }) => ({ css: `${css} ${tagOf(row)}`, rank: rank + 0.1 })));
  for (const [at, child] of Array.from(row.children).entries())
    if (at === 0 || at === row.children.length - 1) found.push({ css: `:scope > ${tagOf(child)}:${at === 0 ? "first" : "last"}-child`, rank: 4.7 });
  const known = new Set<string>();
  return found.filter(({ css }) => !known.has(css) && known.add(css)).sort((a, b) => a.rank - b.rank);
}

/** Rows that lack the other side's mark, where one side has none of its own. */
function without(marks: Scored[], rows: Rows): Simple[] {
  const [row] = rows.row;
  const [mark] = marks;
  if (!row || !mark || row.css.includes(",")) return [];
  const own = itself(rows.buyer, mark.css) || itself(rows.seller, mark.css);
  const css = own ? `${row.css}:not(${mark.css})` : `${row.css}:not(:has(${mark.css}))`;
  return mark.css.includes(":scope") || [...rows.elements].every((each) => !itself(each, css) && !match(each, css)) ? [] : [{ css, rank: Math.max(row.rank, mark.rank) }];
}

function top(marks: Scored[]): Simple[] {
  return marks.slice(0, 3).map(({ css, rank }) => ({ css, rank }));
}
