// Should this Enter or click on Send wait? Decided from values alone.

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

export function mustPause(sending: Sending): boolean {
  if (!sending.ready || !/^z[ht]/i.test(sending.sellerLanguage)) return false;
  const text = tidy(sending.text);
  if (text === "" || text === tidy(sending.paused)) return false;
  if (sending.inserted.some((known) => tidy(known) === text)) return false;
  return looksUntranslated(text, sending.language, sending.inserted);
}

/** A plain Enter that is not part of typing with an input method. */
export function isSendKey(event: Pick<KeyboardEvent, "key" | "isComposing" | "keyCode" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">): boolean {
  return event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && !event.shiftKey && !event.altKey && !event.metaKey;
}
