// Should this Enter or click on Send wait? Decided from values alone.

import type { CheckFinding } from "../check/finding";
import { looksUntranslated } from "./han";
import { tidy } from "./text";

export interface Sending {
  text: string;
  /** What Seabridge put into this page's composer. */
  inserted: readonly string[];
  /** Language of the conversation, "" = not known. */
  language: string;
  sellerLanguage: string;
  /** The seller wants the guard and Seabridge can help. */
  ready: boolean;
  /** The text that was paused last; the same text is not paused twice. */
  paused: string;
}

/** What was found in exactly this text; null while it is not known. */
export type Found = readonly CheckFinding[] | null;

/**
 * pass: it goes out now. hold: it waits a moment for what the check says. pause: the seller is asked first, because it
 * is `untranslated`, because of what `blocking` says, or both.
 */
export interface Judged {
  verdict: "pass" | "hold" | "pause";
  untranslated: boolean;
  blocking: readonly CheckFinding[];
}

/** `answering`: an answer can still be expected in time. */
export function judge(sending: Sending, found: Found, answering: boolean): Judged {
  const text = tidy(sending.text);
  const pass: Judged = { verdict: "pass", untranslated: false, blocking: [] };
  if (!sending.ready || text === "" || text === tidy(sending.paused)) return pass;
  const untranslated = mustPause(sending);
  const blocking = blockingOf(found);
  if (untranslated || blocking.length > 0) return { verdict: "pause", untranslated, blocking };
  return found === null && answering ? { ...pass, verdict: "hold" } : pass;
}

/** Only errors keep a message back, and none that the seller has excused. */
export function blockingOf(found: Found): readonly CheckFinding[] {
  return (found ?? []).filter(({ level, waiver }) => level === "error" && waiver === "");
}

export function mustPause(sending: Sending): boolean {
  if (!sending.ready || !/^z[ht]/i.test(sending.sellerLanguage)) return false;
  const text = tidy(sending.text);
  if (text === "" || text === tidy(sending.paused)) return false;
  if (sending.inserted.some((known) => tidy(known) === text)) return false;
  return looksUntranslated(text, sending.language, sending.inserted);
}

/** A plain Enter, or one with Ctrl or ⌘, that is not part of typing with an input method. */
export function isSendKey(event: Pick<KeyboardEvent, "key" | "isComposing" | "keyCode" | "shiftKey" | "altKey">): boolean {
  return event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && !event.shiftKey && !event.altKey;
}

/** Keys that by themselves neither type nor send anything. */
export function isModifier({ key }: Pick<KeyboardEvent, "key">): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "AltGraph" || key === "Meta" || key === "CapsLock";
}
