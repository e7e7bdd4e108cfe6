// Which characters of a text go when words in it are replaced. Pure.

export interface Span {
  start: number;
  end: number;
}

/** What stands around words that are a part of their own: in brackets, between commas, or as a whole sentence. */
const PAIRS = new Set(["()", "（）", "[]", "【】", "“”", '""', "「」"]);
const PART = /[,;:|/·•、，；：]/;
const DASH = /[-–—]/;
const STOP = /[.!?…。！？]/;
const BLANK = /[ \t\u00a0\u3000]/;

/** Words that are taken out take the mark and the gap that set them apart along, so that none is left double or at an end. */
export function spanFor(text: string, { start, end }: Span, instead: string): Span {
  if (instead !== "") return { start, end };
  const at = PAIRS.has(text.charAt(start - 1) + text.charAt(end)) ? { start: start - 1, end: end + 1 } : { start, end };
  return asPart(text, at) ?? withGap(text, at);
}

/** The words with the mark that parts them from the rest; null where they are no part of their own. */
function asPart(text: string, { start, end }: Span): Span | null {
  const left = blanksBefore(text, start);
  const right = blanksBehind(text, end);
  const first = /^[\n]?$/.test(text.charAt(left - 1));
  const last = /^[\n]?$/.test(text.charAt(right));
  const parted = parts(text, left - 1);
  const ended = STOP.test(text.charAt(left - 1));
  if ((first || parted || ended) && parts(text, right)) return { start, end: blanksBehind(text, right + 1) };
  if (parted && (last || STOP.test(text.charAt(right)))) return { start: blanksBefore(text, left - 1), end };
  if ((first || ended) && STOP.test(text.charAt(right))) return sentence(text, { start, end: right });
  return null;
}

function sentence(text: string, { start, end }: Span): Span {
  let stop = end;
  while (STOP.test(text.charAt(stop))) stop += 1;
  const next = blanksBehind(text, stop);
  return /^[\n]?$/.test(text.charAt(next)) ? { start: blanksBefore(text, start), end: next } : { start, end: next };
}

function withGap(text: string, { start, end }: Span): Span {
  const before = text.charAt(start - 1);
  const behind = text.charAt(end);
  if (before === " " && /^[\s,.;:!?，。；：！？、)]?$/.test(behind)) return { start: start - 1, end };
  if (behind === " " && /^\s?$/.test(before)) return { start, end: end + 1 };
  return { start, end };
}

/** Whether the sign there parts what stands before and behind it; a dash only with a blank beside it. */
function parts(text: string, at: number): boolean {
  const sign = text.charAt(at);
  return PART.test(sign) || (DASH.test(sign) && (BLANK.test(text.charAt(at - 1)) || BLANK.test(text.charAt(at + 1))));
}

function blanksBefore(text: string, at: number): number {
  while (at > 0 && BLANK.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function blanksBehind(text: string, at: number): number {
  while (at < text.length && BLANK.test(text.charAt(at))) at += 1;
  return at;
}

export function replaced(text: string, { start, end }: Span, instead: string): string {
  return text.slice(0, start) + instead + text.slice(end);
}
