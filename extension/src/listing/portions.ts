// A long field in portions: an offline engine needs seconds for one, and the wire bounds a text. companion/translation/
// listing.py cuts alike.

/** Longest portion, in UTF-16 units. */
export const PORTION = 2_000;

const TAG = /<\/?[A-Za-z][^<>]*>/y;
/** A portion ends behind one of these, the best first: an empty line, the end of a block, a line, a sentence, a blank. */
const ENDS = [/\n[ \t]*\n\s*/g, /<\/(?:p|div|ul|ol|table|h[1-6]|section)\s*>\s*/gi, /<\/(?:li|tr)\s*>\s*|<br\s*\/?>\s*|\n/gi, /[。！？]|[.!?]\s+/g, /\s+/g];

/** Joined, they are the text. A tag is never cut, unless it alone is longer. */
export function portions(text: string, most = PORTION): string[] {
  const out: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const end = endOf(rest, most);
    out.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest ? [...out, rest] : out;
}

/** Behind the last good place in the second half, else the last at all. */
function endOf(text: string, most: number): number {
  const head = text.slice(0, most);
  for (const least of [Math.floor(most / 2), 0]) {
    for (const place of ENDS) {
      const ends = [...head.matchAll(place)].map((match) => match.index + match[0].length).filter((end) => end > least);
      const end = ends.reverse().find((each) => !insideTag(text, each));
      if (end !== undefined) return end;
    }
  }
  // no half of a pair crosses the wire
  return /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
}

function insideTag(text: string, at: number): boolean {
  const opened = text.lastIndexOf("<", at - 1);
  if (opened <= text.lastIndexOf(">", at - 1)) return false;
  TAG.lastIndex = opened;
  return TAG.test(text);
}
