// Which part of what a page shows still has to be told to the archive.

/** Rows known on both sides of a gap, by which rows without ids are aligned with the archive. */
const OVERLAP = 10;
/** Bounds of one message on the wire. */
const MOST_ROWS = 100;
const MOST_CHARS = 50_000;

/** The span [from, to) of `now` that holds everything not in `told`, with known rows around it; null = nothing new. */
export function untold(told: readonly string[], now: readonly string[]): [number, number] | null {
  if (now.length === 0) return null;
  let head = 0;
  while (head < now.length && head < told.length && told[head] === now[head]) head += 1;
  if (head === now.length && head === told.length) return null;
  let tail = 0;
  while (tail < now.length - head && tail < told.length - head && told[told.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  // rows only went away: nothing to tell
  if (head + tail >= now.length) return null;
  return [Math.max(0, head - OVERLAP), Math.min(now.length, now.length - tail + OVERLAP)];
}

/** Cut a span into contiguous pieces the wire allows, each sharing rows with the one before. `sizes` in characters. */
export function pieces(sizes: readonly number[], from: number, to: number): [number, number][] {
  const cut: [number, number][] = [];
  let begin = from;
  while (begin < to) {
    let end = begin;
    let chars = 0;
    while (end < to && end - begin < MOST_ROWS && (end === begin || chars + (sizes[end] ?? 0) <= MOST_CHARS)) {
      chars += sizes[end] ?? 0;
      end += 1;
    }
    cut.push([begin, end]);
    if (end >= to) break;
    begin = Math.max(begin + 1, end - OVERLAP);
  }
  return cut;
}
