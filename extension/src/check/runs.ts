// The text of an editable area with the node each character stands in: what is found in the one is drawn in the other.

import { OURS } from "../sites/text";

/** A text node and where its words begin in the whole. */
export interface Run {
  node: Text;
  at: number;
}

export interface Runs {
  text: string;
  runs: Run[];
}

/** An editor that holds more is not read to its end, in UTF-16 units. */
const MOST = 100_000;
const SKIP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "SVG", "svg", "TEXTAREA", "SELECT"]);
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI OL P PRE SECTION TABLE TD TH TR UL".split(" "));

/** Each character of a node is one of the text, so that offsets fit; blocks and breaks are lines. `keeps`: white space
 * stands as it is written. */
export function readRuns(root: Element, keeps = false): Runs {
  const parts: string[] = [];
  const runs: Run[] = [];
  let length = 0;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const line = (): void => {
    if (length > 0 && !parts.at(-1)?.endsWith("\n")) add("\n");
  };
  const walk = (element: Element, kept: boolean): void => {
    for (let child = element.firstChild; child && length < MOST; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const value = child.nodeValue ?? "";
        if (!value) continue;
        // between two blocks of a formatted source stands white space that nobody sees
        if (!kept && (length === 0 || parts.at(-1)?.endsWith("\n")) && !value.trim()) continue;
        runs.push({ node: child as Text, at: length });
        add(kept ? value : value.replace(/[\t\n\r]/g, " "));
      } else if (child.nodeType === 1) {
        const inner = child as Element;
        if (SKIP.has(inner.tagName) || inner.hasAttribute(OURS)) continue;
        if (inner.tagName === "BR") {
          add("\n");
          continue;
        }
        const block = BLOCKS.has(inner.tagName);
        if (block) line();
        walk(inner, kept || inner.tagName === "PRE");
        if (block) line();
      }
    }
  };
  walk(root, keeps);
  return { text: parts.join(""), runs };
}

/** The place of a character as node and offset; null behind the end. */
export function placeOf({ runs }: Runs, at: number): { node: Text; offset: number } | null {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle] as Run).at <= at) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  if (!run || at < run.at || at - run.at > run.node.data.length) return null;
  return { node: run.node, offset: at - run.at };
}

/** From a first to behind a last character; null when that is not there any more. */
export function rangeOf(runs: Runs, start: number, end: number): Range | null {
  const first = placeOf(runs, start);
  const last = placeOf(runs, end - 1);
  if (!first || !last || last.offset >= last.node.data.length) return null;
  const range = first.node.ownerDocument.createRange();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + 1);
  return range;
}
