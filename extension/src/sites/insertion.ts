// Putting text into a composer whose truth is the page's own model: what to do next, decided without touching the page.

/** Frameworks may put their old value back after an event; this long they are given. */
export const SETTLE_MS = 300;
const ATTEMPTS = 2;

/** What was found at a check. */
export interface Look {
  /** Which write this follows, from 1. */
  attempt: number;
  /** The field holds exactly what was written. */
  same: boolean;
  /** It did so at the check before. */
  wasSame: boolean;
  /** The seller typed, clicked or pressed a key there since the write. */
  touched: boolean;
  /** The conversation still is the one meant. */
  thread: boolean;
}

/**
 * done: it is in. again: write once more. clipboard: this field does not take text from us. moved: the conversation
 * changed under it. A field that held the text and that the seller touched is never written again: it may be sent already.
 */
export function afterSettling(look: Look): "done" | "again" | "clipboard" | "moved" {
  if (look.touched && (look.wasSame || look.same)) return "done";
  if (!look.thread) return "moved";
  if (look.same) return "done";
  if (look.touched) return "clipboard";
  return look.attempt < ATTEMPTS ? "again" : "clipboard";
}

/**
 * What the field shall hold: the new text alone when the field is empty or holds only what Seabridge put there or is told
 * to replace; else behind the seller's own words, which are never thrown away.
 */
export function combined(current: string, text: string, replaceable: readonly string[]): string {
  const own = current.trim();
  return own === "" || replaceable.some((known) => known.trim() === own) ? text : `${current.replace(/\s+$/, "")}\n${text}`;
}

/** Unicode code points, as marketplaces count characters. */
export function lengthOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) count += 1;
  return count;
}
