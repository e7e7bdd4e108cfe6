// Which characters of a text go when words in it are replaced. Pure.

export interface Span {
  start: number;
  end: number;
}

/** Words that are taken out take one of the gaps around them along, so that none is left double or at an end. */
export function spanFor(text: string, { start, end }: Span, instead: string): Span {
  if (instead !== "") return { start, end };
  const before = text.charAt(start - 1);
  const behind = text.charAt(end);
  if (before === " " && /^[\s,.;:!?，。；：！？、)]?$/.test(behind)) return { start: start - 1, end };
  if (behind === " " && /^\s?$/.test(before)) return { start, end: end + 1 };
  return { start, end };
}

export function replaced(text: string, { start, end }: Span, instead: string): string {
  return text.slice(0, start) + instead + text.slice(end);
}
