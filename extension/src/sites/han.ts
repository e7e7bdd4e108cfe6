// Is there Chinese in what is about to be sent that Seabridge did not write?

const RUN = /\p{Script=Han}+/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Runs of Han characters that occur in none of the texts Seabridge put in. */
export function foreignHan(text: string, inserted: readonly string[]): string[] {
  return (text.match(RUN) ?? []).filter((run) => !inserted.some((known) => known.includes(run)));
}

/**
 * Whether `text` reads as untranslated Chinese for a buyer of `language` ("" = not known). A Japanese text with kana is
 * Japanese; kanji alone count as Chinese unless Seabridge wrote them.
 */
export function looksUntranslated(text: string, language: string, inserted: readonly string[]): boolean {
  if (/^z[ht]\b/i.test(language)) return false;
  if (/^ja\b/i.test(language) && KANA.test(text)) return false;
  return foreignHan(text, inserted).length > 0;
}

/** Whether there is anything to translate: letters, not only digits, marks and emoji. */
export function hasWords(text: string): boolean {
  return /\p{L}/u.test(text);
}
