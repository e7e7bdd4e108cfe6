// Which words of a field are marked, in UTF-16 units, and where they are after an edit. No page, no clock.

import type { CheckFinding } from "./finding";
import { unitsIn } from "./points";

export interface Mark {
  /** The same for the same words of a field at every check. */
  key: string;
  finding: CheckFinding;
  /** `start` = `end`: about the field as a whole. */
  start: number;
  end: number;
}

/** A piece of a field's text that was checked by itself; `at`: where it begins in the field. */
export interface Piece {
  text: string;
  at: number;
}

/** Findings of one piece as marks of the field. What does not say what was found is left out rather than drawn wrongly. */
export function marksOf({ text, at }: Piece, findings: readonly CheckFinding[]): Mark[] {
  const unit = unitsIn(text);
  const marks: Mark[] = [];
  for (const finding of findings) {
    const [start, end] = [unit(finding.start), unit(finding.end)];
    if (finding.end > finding.start && text.slice(start, end) !== finding.text) continue;
    marks.push({ key: "", finding, start: start + at, end: end + at });
  }
  return marks;
}

/** In the order of the text, each with a name of its own: that of the one `known` at the same place, else a new one. */
export function named(marks: readonly Mark[], known: readonly Mark[] = []): Mark[] {
  const place = ({ start, end, finding }: Mark): string => `${start} ${end} ${finding.rule}`;
  const keys = new Map(known.map((mark) => [place(mark), mark.key]));
  const taken = new Set(marks.map((mark) => keys.get(place(mark))));
  const next = (words: string): string => {
    let number = 1;
    while (taken.has(`${words}\n${number}`)) number += 1;
    taken.add(`${words}\n${number}`);
    return `${words}\n${number}`;
  };
  return [...marks]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((mark) => ({ ...mark, key: keys.get(place(mark)) ?? next(`${mark.finding.rule}\n${mark.finding.text}`) }));
}

/** The marks after an edit: what was touched is gone, what stands behind it has moved. */
export function moved(marks: readonly Mark[], was: string, now: string): Mark[] {
  if (was === now) return [...marks];
  const { from, to, by } = edit(was, now);
  const kept: Mark[] = [];
  for (const mark of marks) {
    if (mark.start === mark.end || mark.end <= from) kept.push(mark);
    else if (mark.start >= to) kept.push({ ...mark, start: mark.start + by, end: mark.end + by });
  }
  return kept;
}

/** What was replaced in `was`, and by how much the text behind it moved. */
export function edit(was: string, now: string): { from: number; to: number; by: number } {
  const most = Math.min(was.length, now.length);
  let from = 0;
  while (from < most && was.charCodeAt(from) === now.charCodeAt(from)) from += 1;
  let behind = 0;
  while (behind < most - from && was.charCodeAt(was.length - 1 - behind) === now.charCodeAt(now.length - 1 - behind)) behind += 1;
  return { from, to: was.length - behind, by: now.length - was.length };
}
