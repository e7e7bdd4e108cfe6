// Puts the seller's cursor on what was found in the page's field, without changing what stands there.

import { fieldText, isInput, type Field } from "../sites/composer";
import type { CheckFinding } from "../check/finding";
import { inUnits } from "./repair";

/** Selects the finding of `text`; where the field holds other words by now, or the place is not found, it only gets the focus. */
export function select(field: Field, text: string, finding: CheckFinding): void {
  field.focus({ preventScroll: true });
  if (fieldText(field) !== text || finding.start === finding.end) return;
  if (isInput(field)) {
    const { start, end } = inUnits(text, finding);
    field.setSelectionRange(start, end);
  } else {
    const range = rangeOf(field, finding.text, [...text].slice(0, finding.start).join("").split(finding.text).length - 1);
    if (!range) return;
    const selection = field.ownerDocument.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  }
}

/** The words for the `nth` time, from 0; editors cut words into nodes as they like. */
function rangeOf(field: Field, words: string, nth: number): Range | null {
  const walker = field.ownerDocument.createTreeWalker(field, 4 /* NodeFilter.SHOW_TEXT */);
  const nodes: { node: Text; from: number }[] = [];
  let all = "";
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    nodes.push({ node, from: all.length });
    all += node.data;
  }
  let from = -1;
  for (let at = 0; at <= nth; at += 1) {
    from = all.indexOf(words, from + 1);
    if (from < 0) return null;
  }
  const place = (offset: number, end: boolean): [Text, number] | null => {
    const found = nodes.findLast((each) => (end ? each.from < offset : each.from <= offset));
    return found ? [found.node, offset - found.from] : null;
  };
  const [start, end] = [place(from, false), place(from + words.length, true)];
  if (!start || !end) return null;
  const range = field.ownerDocument.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}
