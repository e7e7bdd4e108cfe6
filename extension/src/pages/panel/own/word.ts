// Forbidden words between the form and the wire. Pure.

import type { OwnWord } from "../../../shared/protocol.gen";

export type Level = NonNullable<OwnWord["level"]>;
export type Target = NonNullable<OwnWord["applies_to"]>[number];
export const LEVELS: readonly Level[] = ["error", "warning", "suggestion"];
export const TARGETS: readonly Target[] = ["listing", "message"];

/** Of an entry, and characters of a word, as on the wire. */
const MOST = 50;
const LONGEST = 200;

/** What stands in the form, as typed. */
export interface WordDraft {
  id: string;
  /** One a line. */
  words: string;
  instead: string;
  level: Level;
  why: string;
  targets: Target[];
  marketplaces: string[];
}

export const EMPTY: WordDraft = { id: "", words: "", instead: "", level: "warning", why: "", targets: [...TARGETS], marketplaces: [] };

export function draftOf({ id = "", words, instead = "", level = "warning", why = "", applies_to = [...TARGETS], marketplaces = [] }: OwnWord): WordDraft {
  return { id, words: words.join("\n"), instead, level, why, targets: applies_to, marketplaces };
}

/** words: none, too many, or one without letters and digits. where: nothing is checked. */
export type Problem = "words" | "where";

export function wordOf({ id, words, instead, level, why, targets, marketplaces }: WordDraft): { word: OwnWord } | { problem: Problem } {
  const each = [...new Set(words.split("\n").map((line) => line.trim()).filter(Boolean))];
  if (each.length === 0 || each.length > MOST || !each.every(usable)) return { problem: "words" };
  if (targets.length === 0) return { problem: "where" };
  return { word: { id, words: each, instead: instead.trim(), level, why: why.trim(), applies_to: targets, marketplaces } };
}

function usable(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word) && [...word].length <= LONGEST;
}
