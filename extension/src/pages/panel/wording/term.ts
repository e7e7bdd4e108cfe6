// A glossary term between the form and the wire. Pure.

import type { GlossaryTerm } from "../../../shared/protocol.gen";

export type Kind = NonNullable<GlossaryTerm["kind"]>;
export const KINDS: readonly Kind[] = ["brand", "size", "colour", "other"];

/** What stands in the form, as typed. */
export interface TermDraft {
  id: string;
  text: string;
  /** The language `text` is in, for a term that is rendered; "" = any, and then nothing becomes this term. */
  language: string;
  keep: boolean;
  kind: Kind;
  cased: boolean;
  /** Language and what it says; empty lines are left out. */
  renderings: [string, string][];
  note: string;
}

export const EMPTY: TermDraft = { id: "", text: "", language: "", keep: true, kind: "other", cased: false, renderings: [], note: "" };

export function draftOf(term: GlossaryTerm): TermDraft {
  const { id = "", text, language = "", keep = false, kind = "other", cased = false, renderings = {}, note = "" } = term;
  return { id, text, language, keep, kind, cased, renderings: Object.entries(renderings), note };
}

/** text: no word. renderings: nothing it is to be called. language: two lines say what one language calls it. */
export type Problem = "text" | "renderings" | "language";

export function termOf(draft: TermDraft): { term: GlossaryTerm } | { problem: Problem } {
  const text = oneLine(draft.text);
  if (!hasWord(text)) return { problem: "text" };
  const said = draft.keep ? [] : draft.renderings.map(([language, words]) => [language, oneLine(words)] as const).filter(([, words]) => words !== "");
  if (!draft.keep && (said.length === 0 || said.some(([, words]) => !hasWord(words)))) return { problem: "renderings" };
  const languages = said.map(([language]) => language);
  const language = draft.keep ? "" : draft.language;
  if (languages.includes("") || new Set([...languages, language]).size <= languages.length) return { problem: "language" };
  const { id, keep, kind, cased } = draft;
  return { term: { id, text, language, keep, kind, cased, renderings: Object.fromEntries(said), note: oneLine(draft.note) } };
}

/** Letters or digits: without any there is nothing a message could be searched for. */
function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** What of a selection can become a term: a word or a few, in one line. "" = not this one. */
export function termIn(selected: string): string {
  const text = selected.replace(EDGES, "");
  return !text.includes("\n") && [...text].length <= LONGEST && hasWord(text) ? oneLine(text) : "";
}

/** What a careless selection takes along. */
const EDGES = /^[\s,.;:!?，。；：！？、…"'“”‘’(（]+|[\s,.;:!?，。；：！？、…"'“”‘’)）]+$/gu;
/** Longer than that is a sentence, in code points. */
const LONGEST = 60;
