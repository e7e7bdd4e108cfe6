// Where words stand in a form field: no browser says it, so the text is laid out once more, unseen, in the same type.

import { h } from "../shared/dom";
import type { Box } from "./boxes";
import { above } from "./place";

/** What decides where a character of a field stands. */
const TYPE = [
  "direction", "font-family", "font-feature-settings", "font-kerning", "font-optical-sizing", "font-size", "font-size-adjust", "font-stretch", "font-style",
  "font-variant", "font-variation-settings", "font-weight", "hyphens", "letter-spacing", "line-break", "line-height", "overflow-wrap", "tab-size", "text-align",
  "text-indent", "text-rendering", "text-transform", "unicode-bidi", "white-space", "word-break", "word-spacing",
] as const;

export type FormField = HTMLTextAreaElement | HTMLInputElement;

/** The text of one field, laid out in our own host. */
export class Mirror {
  readonly node = h("div", { class: "mirror", "aria-hidden": "true" });
  #lines: string[] = [];
  /** Where each line begins in the text. */
  #starts: number[] = [];
  #type = "";

  constructor(private readonly field: FormField) {}

  /** Size of the text, without padding. */
  get size(): { width: number; height: number } {
    const { width, height } = this.node.getBoundingClientRect();
    return { width, height };
  }

  /** Brings text and type up to date; a line that stays costs nothing. */
  sync(text: string): void {
    this.#styled();
    const lines = this.field.tagName === "TEXTAREA" ? text.split("\n") : [text.replace(/[\r\n]/g, "")];
    const { from, before, now } = changedLines(this.#lines, lines);
    const after = this.node.children[from + before] ?? null;
    for (let at = 0; at < before; at += 1) this.node.children[from]?.remove();
    // a line break at the end of a block takes no room of its own, but gives an empty line its height
    for (const line of lines.slice(from, from + now)) this.node.insertBefore(h("div", {}, `${line}\n`), after);
    this.#lines = lines;
    let at = 0;
    this.#starts = lines.map((line) => (at += line.length + 1) - line.length - 1);
  }

  /** The boxes of the characters from `start` to before `end`. */
  boxes(start: number, end: number): Box[] {
    const origin = this.node.getBoundingClientRect();
    const found: Box[] = [];
    for (let number = lineAt(this.#starts, start); number < this.#lines.length; number += 1) {
      const at = this.#starts[number] as number;
      if (at >= end) break;
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, (this.#lines[number] as string).length)];
      if (from < to) found.push(...this.#boxesIn(number, from, to, origin));
    }
    return found;
  }

  #boxesIn(line: number, from: number, to: number, origin: DOMRect): Box[] {
    const text = this.node.children[line]?.firstChild;
    if (!text) return [];
    const range = this.node.ownerDocument.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    return Array.from(range.getClientRects(), ({ left, top, right, bottom }) => ({ left: left - origin.left, top: top - origin.top, right: right - origin.left, bottom: bottom - origin.top }));
  }

  #styled(): void {
    const { field, node } = this;
    const style = getComputedStyle(field);
    const isArea = field.tagName === "TEXTAREA";
    const width = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const wanted = TYPE.map((name) => [name, style.getPropertyValue(name)] as const);
    const language = languageOf(field);
    const signed = `${width} ${language} ${wanted.join(";")}`;
    if (signed === this.#type) return;
    this.#type = signed;
    node.lang = language;
    // one by one: a page may forbid styles written as an attribute
    for (const [name, value] of wanted) node.style.setProperty(name, value);
    if (!isArea) node.style.setProperty("white-space", "pre");
    node.style.setProperty("width", isArea ? `${width}px` : "max-content");
    node.style.setProperty("min-width", `${width}px`);
  }
}

/** What a field is written in chooses among the types of its families. */
function languageOf(field: Element): string {
  for (let at: Element | null = field; at; at = above(at)) if (at.hasAttribute("lang")) return at.getAttribute("lang") ?? "";
  return "";
}

/** Which line a character stands in. */
export function lineAt(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Which lines differ: from which one, how many there were, how many there are. */
export function changedLines(was: readonly string[], lines: readonly string[]): { from: number; before: number; now: number } {
  const most = Math.min(was.length, lines.length);
  let from = 0;
  while (from < most && was[from] === lines[from]) from += 1;
  let behind = 0;
  while (behind < most - from && was[was.length - 1 - behind] === lines[lines.length - 1 - behind]) behind += 1;
  return { from, before: was.length - from - behind, now: lines.length - from - behind };
}
