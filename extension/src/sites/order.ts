// Visual order of rows that a virtual list draws in any order.

/** How far above a row its offset may be written. */
const LEVELS = 4;

/** Vertical offset in px written on a row or just above it, without asking for layout; null = none is written. */
export function writtenOffset(row: Element, stop: Element | null): number | null {
  let level = 0;
  return offsetAround(row, (element) => element === stop || level++ >= LEVELS);
}

/** The same, upwards until `stops` says so. */
export function offsetAround(row: Element, stops: (element: Element) => boolean): number | null {
  for (let element: Element | null = row; element && !stops(element); element = element.parentElement) {
    const style = (element as HTMLElement).style;
    if (!style) continue;
    const top = style.top ? Number.parseFloat(style.top) : Number.NaN;
    const moved = /translate(?:Y|3d)?\(([^)]*)\)/.exec(style.transform ?? "");
    const shift = moved ? shiftOf(moved[0], moved[1] ?? "") : Number.NaN;
    if (!Number.isNaN(top) || !Number.isNaN(shift)) return (top || 0) + (shift || 0);
  }
  return null;
}

function shiftOf(call: string, inner: string): number {
  const parts = inner.split(",");
  return Number.parseFloat(call.startsWith("translateY") ? (parts[0] ?? "") : (parts[1] ?? ""));
}

/** Oldest row first; rows without a written offset are measured, and keep document order among equals. */
export function inOrder(rows: Element[], sequence: "document" | "reverse" | "offset", stop: Element | null): Element[] {
  if (sequence === "reverse") return rows.slice().reverse();
  if (sequence === "document" || rows.length < 2) return rows;
  const written = rows.map((row) => writtenOffset(row, stop));
  const measured = written.includes(null) ? rows.map((row) => row.getBoundingClientRect().top) : written;
  const tops = measured as number[];
  return rows.map((row, at) => ({ row, at })).sort((a, b) => (tops[a.at] ?? 0) - (tops[b.at] ?? 0) || a.at - b.at).map(({ row }) => row);
}
