// A text with something else in the place of what was found in it. Offsets count code points, as on the wire.

interface Place {
  start: number;
  end: number;
}

/** `instead` "" takes the words out, and one of the spaces around them with it. */
export function repaired(text: string, { start, end }: Place, instead: string): string {
  const points = [...text];
  let before = points.slice(0, start).join("");
  let after = points.slice(end).join("");
  if (instead === "") {
    if (/(^|\s)$/.test(before)) after = after.replace(/^[^\S\n]+/, "");
    if (/^([\s.,;:!?。，、；：！？)]|$)/.test(after)) before = before.replace(/[^\S\n]+$/, "");
  }
  return before + instead + after;
}

/** The same place in UTF-16 units, as fields and strings count. */
export function inUnits(text: string, { start, end }: Place): Place {
  const points = [...text];
  const from = points.slice(0, start).join("").length;
  return { start: from, end: from + points.slice(start, end).join("").length };
}
