// The rows of a conversation out of one bubble of each side: what repeats, and where the words stand in it.

import { itself, matches } from "../sites/query";
import { LONGEST_CSS, pathOf, query, simples, type Root, type Simple } from "./select";
import { isTime } from "./times";
import { chain, holds, rootOf, said, scrollerOf } from "./tree";

/** How far above a bubble its row may be. */
const LEVELS = 12;
const MOST_ROWS = 1_000;

/** A way to see rows: which they are, and how their words are found. */
export interface Rows {
  /** Document or shadow root they stand in; selectors of rows count from there. */
  root: Root;
  /** The element around all of them that scrolls, or just holds them. */
  list: Element;
  elements: Element[];
  row: Simple[];
  /** Inside a row. */
  text: Simple[];
  /** Rows of the two bubbles. */
  buyer: Element;
  seller: Element;
}

interface Candidate {
  elements: Element[];
  css: Simple[];
  buyer: Element;
  seller: Element;
  text: Simple[];
  /** How many rows have words. */
  spoken: number;
  level: number;
}

/** Rows around the words of a buyer's and of an own message; null when the two have nothing in common that repeats. */
export function learnRows(buyer: Element, seller: Element): Rows | null {
  if (buyer === seller || holds(buyer, seller) || holds(seller, buyer)) return null;
  const mine = chain(seller);
  const shared = chain(buyer).find((each) => mine.includes(each));
  if (!shared) return null;
  const below = (element: Element): Element[] => chain(element).slice(0, chain(element).indexOf(shared));
  const [ours, theirs] = [below(seller), below(buyer)];
  const top = theirs.at(-1);
  const root = top && rootOf(top);
  if (!root || !ours.length) return null;
  const list = scrollerOf(shared) ?? holderOf(shared);
  const inRoot = (elements: Element[]): Element[] => elements.filter((each) => rootOf(each) === root).slice(-LEVELS);
  const candidates = [...alike(inRoot(theirs), inRoot(ours), root, list, buyer, seller)];
  const best = choose(candidates.length ? candidates : paired(theirs, ours, root, list, buyer, seller));
  if (!best) return null;
  return { root, list, elements: best.elements, row: best.css, text: best.text, buyer: best.buyer, seller: best.seller };
}

/** Without a scrolling element: the block around, and the block around that where it is one of several alike. */
function holderOf(shared: Element): Element {
  const parent = shared.parentElement;
  const twins = parent ? Array.from(parent.children).filter((each) => each.localName === shared.localName && each.className === shared.className) : [];
  return parent && twins.length > 1 ? parent : shared;
}

/** Levels at which both sides answer to one selector. */
function* alike(theirs: Element[], ours: Element[], root: Root, list: Element, buyer: Element, seller: Element): Generator<Candidate> {
  const levels = new Map<string, Candidate>();
  const seen = new Map<string, Element[]>();
  const ourNames = ours.map((each) => new Map(simples(each).map((simple) => [simple.css, simple])));
  for (const [up, outer] of theirs.entries()) {
    const own: Simple[] = [...simples(outer)];
    const path = outer.parentElement && pathOf(outer.parentElement);
    if (path) own.push({ css: `${path} > ${outer.localName}`, rank: 4.9 });
    for (const simple of own) {
      for (const [down, inner] of ours.entries()) {
        if (!ourNames[down]?.has(simple.css) && !(simple.rank === 4.9 && itself(inner, simple.css))) continue;
        const scoped = within(simple, root, list, seen);
        if (!scoped) continue;
        const [css, elements] = scoped;
        if (!elements.includes(outer) || !elements.includes(inner)) continue;
        const key = `${up} ${down} ${elements.length}`;
        const known = levels.get(key);
        if (known) known.css.push(css);
        else {
          const text = wordsIn(outer, buyer, inner, seller);
          if (text.length) levels.set(key, { elements, css: [css], buyer: outer, seller: inner, text, spoken: spokenIn(elements, text), level: up + down });
        }
      }
    }
  }
  yield* levels.values();
}

/** Both sides under names of their own: "A, B". */
function paired(theirs: Element[], ours: Element[], root: Root, list: Element, buyer: Element, seller: Element): Candidate[] {
  const seen = new Map<string, Element[]>();
  const found: Candidate[] = [];
  for (const outer of theirs)
    for (const inner of ours) {
      const text = wordsIn(outer, buyer, inner, seller);
      if (!text.length) continue;
      const names = (element: Element): Simple[] => simples(element).filter(({ rank }) => rank < 4.5 || rank >= 5).slice(0, 3);
      for (const [at, a] of names(outer).entries()) {
        const b = names(inner)[at] ?? names(inner)[0];
        const scoped = b && within({ css: `${a.css}, ${b.css}`, rank: Math.max(a.rank, b.rank) }, root, list, seen);
        if (!scoped || !scoped[1].includes(outer) || !scoped[1].includes(inner)) continue;
        found.push({ elements: scoped[1], css: [scoped[0]], buyer: outer, seller: inner, text, spoken: spokenIn(scoped[1], text), level: theirs.indexOf(outer) + ours.indexOf(inner) });
      }
    }
  return found;
}

/** The selector's matches where none holds another; with the list's name before it where it also matches elsewhere in the page. */
function within(simple: Simple, root: Root, list: Element, seen: Map<string, Element[]>): [Simple, Element[]] | null {
  const all = (css: string): Element[] => {
    let known = seen.get(css);
    if (!known) {
      known = query(root, css).slice(0, MOST_ROWS * 2);
      // of rows in rows it would be left to chance which ones count
      const each = new Set(known);
      if (known.some((element) => nested(element, each))) known = [];
      seen.set(css, known);
    }
    return known;
  };
  const found = all(simple.css);
  if (found.length < 2 || found.length > MOST_ROWS) return null;
  if (found.every((each) => holds(list, each))) return [simple, found];
  if (simple.css.includes(",")) return null;
  for (const name of rootOf(list) === root ? simples(list).filter(({ rank }) => rank < 4.5 || rank >= 5) : []) {
    const css = `${name.css} ${simple.css}`;
    const inside = css.length <= LONGEST_CSS ? all(css) : [];
    if (inside.length >= 2 && inside.every((each) => holds(list, each))) return [{ css, rank: Math.max(simple.rank, name.rank) }, inside];
  }
  return null;
}

function nested(element: Element, all: Set<Element>): boolean {
  for (let around = element.parentElement; around; around = around.parentElement) if (all.has(around)) return true;
  return false;
}

/** Ways to the words that are right for both bubbles; where they differ by side, the buyer's first. */
function wordsIn(outer: Element, buyer: Element, inner: Element, seller: Element): Simple[] {
  const [theirs, ours] = [inside(outer, buyer), inside(inner, seller)];
  const common = theirs.filter(({ css }) => ours.some((other) => other.css === css));
  if (common.length) return common.slice(0, 3);
  for (const first of theirs.slice(0, 6))
    for (const second of ours.slice(0, 6)) {
      if (target(inner, first.css) === null && target(outer, first.css) === buyer) return [first, second];
      if (target(outer, second.css) === null) return [second, first];
    }
  return [];
}

/** The element a row's selector points at, the row itself included. */
export function target(row: Element, css: string): Element | null {
  return itself(row, css) ? row : (matches(row, css)[0] ?? null);
}

/** Selectors by which a row gives exactly this element, best first. */
export function inside(row: Element, element: Element): Simple[] {
  if (!holds(row, element)) return [];
  const found: Simple[] = [];
  const names = simples(element);
  const ways = waysIn(row, element);
  for (const { css: prefix, rank } of ways) {
    for (const simple of names) if (target(row, prefix + simple.css) === element) found.push({ css: prefix + simple.css, rank: Math.max(rank, simple.rank) });
    const start = prefix ? rootOf(element) : row;
    let around = element.parentElement;
    for (let level = 0; around && around !== start && level < 4; level += 1, around = around.parentElement)
      for (const outer of simples(around).filter((each) => each.rank < 4.5 || each.rank >= 5))
        for (const simple of names) {
          const css = `${prefix}${outer.css} ${simple.css}`;
          if (css.length <= LONGEST_CSS && target(row, css) === element) found.push({ css, rank: Math.max(rank, outer.rank, simple.rank) + 0.1 });
        }
  }
  if (rootOf(element) === rootOf(row) && element !== row) {
    const steps: string[] = [];
    for (let at: Element | null = element; at && at !== row; at = at.parentElement) steps.unshift(nth(at));
    const css = `:scope > ${steps.join(" > ")}`;
    if (css.length <= LONGEST_CSS && target(row, css) === element) found.push({ css, rank: 4.8 });
  }
  return found.sort((a, b) => a.rank - b.rank).slice(0, 12);
}

/** Through the shadow roots between a row and an element, each entered by a name of its host; "" where there is none. */
function waysIn(row: Element, element: Element): Simple[] {
  let ways: Simple[] = [{ css: "", rank: 0 }];
  const hosts = chain(element).filter((each) => each !== element && each.shadowRoot && holds(row, each) && !each.contains(element));
  for (const host of hosts.reverse()) {
    // a row cannot be left by its own root: selectors count from what is in it
    if (host === row) return [];
    const names = simples(host).filter(({ css }) => !css.startsWith("#")).slice(0, 3);
    ways = ways.flatMap((way) => names.map(({ css, rank }) => ({ css: `${way.css}${css} >>> `, rank: Math.max(way.rank, rank) }))).slice(0, 6);
  }
  return ways;
}

function nth(element: Element): string {
  const twins = Array.from(element.parentElement?.children ?? []).filter((each) => each.localName === element.localName);
  return twins.length < 2 ? element.localName : `${element.localName}:nth-of-type(${twins.indexOf(element) + 1})`;
}

function spokenIn(rows: Element[], text: Simple[]): number {
  return rows.filter((row) => text.some(({ css }) => {
    const found = target(row, css);
    // a clock is no message, whatever it is called like
    return found !== null && said(found) !== "" && !isTime(found);
  })).length;
}

/** Most messages first; a good name next; of the same messages the outermost row, which also holds time and name. */
function choose(candidates: Candidate[]): Candidate | null {
  const usable = candidates.filter(({ spoken, elements }) => spoken >= 2 && spoken >= elements.length / 2);
  const most = Math.max(0, ...usable.map(({ spoken }) => spoken));
  const complete = usable.filter(({ spoken }) => spoken === most);
  const fewest = Math.min(...complete.map(({ elements }) => elements.length));
  // what also matches much that says nothing is too wide a name
  const full = complete.filter(({ elements }) => elements.length <= fewest * 1.25 + 1);
  for (const each of full) each.css.sort((a, b) => a.rank - b.rank);
  const best = (each: Candidate): number => each.css[0]?.rank ?? 9;
  for (const bound of [2, 4.3, 5, 9]) {
    const good = full.filter((each) => best(each) < bound).sort((a, b) => b.level - a.level || a.elements.length - b.elements.length || best(a) - best(b));
    if (good[0]) return { ...good[0], css: good[0].css.slice(0, 4) };
  }
  return null;
}
