// Ways to name an element, best first: what tests and people rely on, then roles, words, structure, and class names last.

import type { Select } from "../shared/protocol.gen";
import { OURS } from "../sites/text";
import { isHashed, isIdLike, isStableId, isStableValue, isState, prefixOf } from "./stable";

/** One simple selector with its rank; 1 is best. Ranks follow how long such anchors lasted on real pages. */
export interface Simple {
  css: string;
  rank: number;
}

export type Root = Document | ShadowRoot;

/** Longest selector on the wire. */
export const LONGEST_CSS = 400;
const MARKS = ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-e2e", "data-auto-id", "data-automation-id"];
/** Attributes that change with the list or the moment. */
const VOLATILE = /^(data-(index|item-index|known-size|idx|pos|position|row|offset|key|time|timestamp|ts|date|count|unread|state|status|v-|reactid|reactroot|focus|hover|selected|active|highlighted|placement|scroll)|style$|class$|id$|href$|src$|value$|tabindex$|title$|alt$|aria-(selected|expanded|hidden|posinset|setsize|labelledby|describedby|controls|owns|busy|checked|pressed|current|activedescendant|live|atomic)$|datetime$|draggable$|dir$|lang$|width$|height$|spellcheck|autocomplete|autocapitalize|autocorrect|rows$|cols$|maxlength|contenteditable$)/;
const MOST_CLASSES = 8;

/** An attribute test, the value as a string of CSS. */
export function attr(name: string, value: string, how: "=" | "^=" | "*=" = "="): string {
  return `[${name}${how}"${value.replace(/["\\]/g, "\\$&").replace(/[\n\r\f]/g, " ")}"]`;
}

/** Every way to name the element by itself, best first. */
export function simples(element: Element): Simple[] {
  const found: Simple[] = [];
  const tag = tagOf(element);
  const value = (name: string): string => element.getAttribute(name) ?? "";
  for (const name of MARKS) {
    if (isStableValue(value(name))) found.push({ css: attr(name, value(name)), rank: 1 });
    else if (stem(value(name))) found.push({ css: attr(name, stem(value(name)), "^="), rank: 1 });
  }
  if (isStableId(value("id"))) found.push({ css: `#${escape(value("id"))}`, rank: 1 });
  if (isStableValue(value("name"))) found.push({ css: tag + attr("name", value("name")), rank: 1 });
  for (const { name, value: text } of Array.from(element.attributes)) {
    if (MARKS.includes(name) || VOLATILE.test(name) || name === "name" || name === OURS) continue;
    if (name.startsWith("data-")) {
      if (isStableValue(text) && !isHashed(text)) found.push({ css: attr(name, text), rank: 1.5 });
      else if (!isHashed(name) && (text === "" || isIdLike(text))) found.push({ css: `[${name}]`, rank: 1.5 });
    }
  }
  if (value("role")) {
    if (isStableValue(value("aria-label"))) found.push({ css: attr("role", value("role")) + attr("aria-label", value("aria-label")), rank: 2 });
    found.push({ css: attr("role", value("role")), rank: 2.5 });
  } else if (isStableValue(value("aria-label"))) found.push({ css: tag + attr("aria-label", value("aria-label")), rank: 2 });
  for (const name of ["placeholder", "data-placeholder", "aria-placeholder"])
    if (isStableValue(value(name))) found.push({ css: tag + attr(name, value(name)), rank: 3 });
  if (value("itemprop")) found.push({ css: attr("itemprop", value("itemprop")), rank: 2 });
  if (element.hasAttribute("contenteditable") && value("contenteditable") !== "false") found.push({ css: attr("contenteditable", value("contenteditable")), rank: 3.5 });
  if (tag === "input" && value("type")) found.push({ css: tag + attr("type", value("type")), rank: 3.5 });
  found.push(...classes(element));
  found.push({ css: tag, rank: tag.includes("-") || /^(textarea|time|pre|article|header|main|h1|h2|form)$/.test(tag) ? 3.5 : 4.5 });
  return found.filter(({ css }) => css.length <= 160).sort((a, b) => a.rank - b.rank);
}

function classes(element: Element): Simple[] {
  const found: Simple[] = [];
  for (const token of Array.from(element.classList).slice(0, MOST_CLASSES)) {
    if (isState(token) || token.length > 80) continue;
    const prefix = prefixOf(token);
    if (prefix) found.push({ css: attr("class", prefix, "*="), rank: 5 });
    if (isHashed(token)) found.push({ css: `.${escape(token)}`, rank: 6 });
    // a plain word of the page's own kit lasts longer than structure does
    else found.push({ css: `.${escape(token)}`, rank: /[-_]/.test(token) || token.length > 5 ? 3.8 : 4.2 });
  }
  return found;
}

/** "msg-" of "msg-19283": a mark with a number behind it names a kind of thing all the same. */
function stem(value: string): string {
  const found = /^([a-z][a-z-]*[-_:.])[0-9a-f-]{3,}$/i.exec(value);
  return found?.[1] && found[1].length >= 4 ? found[1] : "";
}

export function tagOf(element: Element): string {
  return escape(element.localName);
}

export function escape(text: string): string {
  const css = (globalThis as { CSS?: { escape?(text: string): string } }).CSS;
  return css?.escape ? css.escape(text) : text.replace(/[^\w-]/g, "\\$&").replace(/^\d/, "\\3$& ");
}

/** All matches; none for what the browser cannot parse. */
export function query(root: ParentNode, css: string): Element[] {
  try {
    return Array.from(root.querySelectorAll(css));
  } catch {
    return [];
  }
}

const only = (root: Root, css: string, element: Element): boolean => {
  const found = query(root, css);
  return found.length === 1 && found[0] === element;
};

/**
 * Selectors that match this element and no other in its document or shadow root, best first: by itself, inside an
 * ancestor that has a name, and the path of tags, which is the page's build at this place and the last resort.
 */
export function unique(element: Element, most = 4): Simple[] {
  const root = element.getRootNode() as Root;
  const own = simples(element);
  const found = own.filter(({ css }) => only(root, css, element));
  const pairs: Simple[] = [];
  let levels = 0;
  for (let around = element.parentElement; around && levels < 12; around = around.parentElement, levels += 1) {
    for (const outer of simples(around).filter(({ rank }) => rank <= 5)) {
      for (const inner of own) {
        const css = `${outer.css} ${inner.css}`;
        if (css.length <= LONGEST_CSS && only(root, css, element)) pairs.push({ css, rank: Math.max(outer.rank, inner.rank) + 0.1 + levels * 0.01 });
      }
    }
    if (pairs.length > 40) break;
  }
  for (let first = 0; first < own.length; first += 1)
    for (let second = first + 1; second < Math.min(own.length, first + 6); second += 1) {
      const css = joined((own[first] as Simple).css, (own[second] as Simple).css);
      if (css && only(root, css, element)) pairs.push({ css, rank: (own[second] as Simple).rank + 0.05 });
    }
  const path = pathOf(element);
  if (path && only(root, path, element)) found.push({ css: path, rank: 4.8 });
  return diverse([...found, ...pairs].sort((a, b) => a.rank - b.rank), most);
}

/** Two tests of one element as one; "" where both begin with a tag. */
function joined(first: string, second: string): string {
  const tagFirst = /^[a-z]/i.test(first);
  const tagSecond = /^[a-z]/i.test(second);
  if (tagFirst && tagSecond) return "";
  return tagSecond ? second + first : first + second;
}

/** Not four spellings of one anchor: fallbacks help only when they rest on different things. */
function diverse(sorted: Simple[], most: number): Simple[] {
  const kept: Simple[] = [];
  for (const each of sorted) {
    if (kept.length >= most) break;
    if (kept.some(({ css }) => css === each.css)) continue;
    if (kept.filter(({ rank }) => Math.floor(rank) === Math.floor(each.rank)).length >= 2) continue;
    kept.push(each);
  }
  return kept;
}

/** Tags from the nearest element with a name of its own, or from the root, down to the element. */
export function pathOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at && steps.length < 14; at = at.parentElement) {
    const anchor = at !== element && simples(at).find(({ rank, css }) => rank <= 1.5 && only(at?.getRootNode() as Root, css, at as Element));
    if (anchor) return [anchor.css, ...steps].join(" > ");
    steps.unshift(step(at));
  }
  return steps.join(" > ").slice(0, LONGEST_CSS + 1).length > LONGEST_CSS ? "" : steps.join(" > ");
}

function step(element: Element): string {
  const tag = tagOf(element);
  const twins = Array.from(element.parentElement?.children ?? []).filter((each) => each.localName === element.localName);
  return twins.length < 2 ? tag : `${tag}:nth-of-type(${twins.indexOf(element) + 1})`;
}

/** How far a selector may be relied on, in the words of the wire. */
export function trustOf(rank: number): "high" | "medium" | "low" {
  return rank < 2 ? "high" : rank < 4.3 ? "medium" : "low";
}

export function toSelect({ css, rank }: Simple): Select {
  return { css, trust: trustOf(rank) };
}

/** Unique selectors that reach the element from the document, stepping into shadow roots and frames by ` >>> `. */
export function reach(element: Element, most = 4): Simple[] {
  const own = unique(element, most);
  const outer = hostOf(element.getRootNode() as Root);
  if (!outer) return own;
  const hosts = reach(outer, 2);
  return own
    .flatMap((inner) => hosts.map((host) => ({ css: `${host.css} >>> ${inner.css}`, rank: Math.max(inner.rank, host.rank) })))
    .filter(({ css }) => css.length <= LONGEST_CSS)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most);
}

/** The element whose open shadow root or frame this is; null for the top document. */
export function hostOf(root: Root): Element | null {
  if ("host" in root && root.nodeType === 11) return root.host;
  try {
    return (root as Document).defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

/** The same for a whole list of selectors inside a root: each with the ways to that root before it. */
export function fromTop(root: Root, inner: Simple[], most = 4): Simple[] {
  const host = hostOf(root);
  if (!host) return inner.slice(0, most);
  const hosts = reach(host, 2);
  return inner
    .flatMap((each) => hosts.map((outer) => ({ css: `${outer.css} >>> ${each.css}`, rank: Math.max(each.rank, outer.rank) })))
    .filter(({ css }) => css.length <= LONGEST_CSS)
    .slice(0, most);
}
