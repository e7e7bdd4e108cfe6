// Of many marks in the order of their text, those that may be seen: a long text is never measured as a whole. Pure.

import type { Box } from "./boxes";

/** So few are measured without a search. */
const FEW = 40;

/** Boxes of the marks whose lines lie between `top` and `bottom`; `boxesOf` measures one. */
export function within<M>(marks: readonly M[], boxesOf: (mark: M) => Box[], top: number, bottom: number): { mark: M; box: Box }[] {
  const found: { mark: M; box: Box }[] = [];
  for (let at = marks.length > FEW ? firstBelow(marks, boxesOf, top) : 0; at < marks.length; at += 1) {
    const mark = marks[at] as M;
    const boxes = boxesOf(mark);
    for (const box of boxes) if (box.bottom >= top && box.top <= bottom) found.push({ mark, box });
    if (marks.length > FEW && (boxes[0]?.top ?? top) > bottom) break;
  }
  return found;
}

/** The first mark that does not end above `top`; one without a box counts as standing where the search is. */
function firstBelow<M>(marks: readonly M[], boxesOf: (mark: M) => Box[], top: number): number {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boxesOf(marks[middle] as M).at(-1)?.bottom ?? top) < top) low = middle + 1;
    else high = middle;
  }
  return low;
}
