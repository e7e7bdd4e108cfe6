// The inbox: who wrote, what came last and what is unread, without opening a conversation. companion/pages/threads.py
// reads saved pages alike.

import type { InboxRow, Read, ThreadsPage } from "../shared/protocol.gen";
import { rawOf, readField, shownTarget } from "./lists";
import { findIn } from "./query";
import { fit } from "./read";
import { clip, pattern, tidy } from "./text";

/** Longest text that can be a badge rather than the words of the conversation. */
const BADGE = 40;
const NO = new Set(["0", "false", "no", "none"]);
/** Bounds of the wire. */
const LONGEST_PREVIEW = 500;
const LONGEST_TIME = 100;
const MOST_UNREAD = 1_000_000;

/** One row as the wire tells it. */
export type ThreadRow = Required<InboxRow>;

export function readThread(row: Element, page: ThreadsPage): ThreadRow {
  const { rows } = page;
  const preview = readField(row, rows.preview, true);
  const system = findIn(row, rows.system) !== null || (page.system_previews ?? []).some((each) => left(each, preview) !== null);
  const { last, said } = lastOf(row, page, preview);
  return {
    key: readField(row, rows.key),
    buyer: readField(row, rows.buyer),
    preview: clip(said, LONGEST_PREVIEW),
    time: clip(readField(row, rows.time), LONGEST_TIME),
    unread: Math.min(unreadIn(row, rows.unread ?? []), MOST_UNREAD),
    order: readField(row, rows.order),
    last: system ? "unknown" : last,
    system,
  };
}

/** Who wrote last, and what; marks that contradict each other say nothing. */
function lastOf(row: Element, page: ThreadsPage, preview: string): { last: ThreadRow["last"]; said: string } {
  const said = (page.seller_previews ?? []).map((each) => left(each, preview)).find((each) => each !== null) ?? null;
  const seller = said !== null || findIn(row, page.rows.last_seller) !== null;
  const buyer = findIn(row, page.rows.last_buyer) !== null;
  return { last: buyer === seller ? "unknown" : buyer ? "buyer" : "seller", said: said ?? preview };
}

/** How many are unread; a mark without a number, or one on the row itself, is one. */
export function unreadIn(row: Element, reads: readonly Read[]): number {
  for (const read of reads) {
    const element = shownTarget(row, read);
    if (!element || (read.attr && !element.hasAttribute(read.attr))) continue;
    const value = fit(read, rawOf(element, read));
    if ((read.pattern || read.attr) && !value) continue;
    if (element === row && !read.attr && !read.pattern) return 1;
    if (NO.has(value.toLowerCase())) continue;
    const number = value.length <= BADGE ? /\d{1,6}/.exec(value) : null;
    const count = number ? Number(number[0]) : 1;
    if (count) return count;
  }
  return 0;
}

/** What is left of a preview by the first group of a pattern, all of it without one; null where it does not fit. */
function left(source: string, preview: string): string | null {
  const found = pattern(source)?.exec(preview);
  if (!found) return null;
  return found[1] === undefined ? preview : tidy(found[1]);
}
