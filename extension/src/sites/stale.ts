// After a change of conversation a page shows the old rows for a while under the new address. They must not be taken
// for the new conversation's.

import type { Row } from "./rows";

/** How many of the last rows have to be the same ones to count as left over. */
const TAIL = 3;

/** Whether `now` still is what was shown as `before`, or that with rows added or scrolled out at its beginning. */
export function leftOver(before: readonly Row[], now: readonly Row[]): boolean {
  if (before.length === 0 || now.length === 0) return false;
  const tail = before.slice(-TAIL).map(signature);
  const shown = now.map(signature);
  return shown.some((_, at) => at + tail.length <= shown.length && tail.every((mark, offset) => shown[at + offset] === mark));
}

export function signature(row: Row): string {
  return JSON.stringify([row.key, row.direction, row.text, row.time, row.images.length]);
}
