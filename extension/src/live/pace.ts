// When a page is captured next, decided from times alone (ms of one clock).

export interface Pace {
  /** When the page was found. */
  found: number;
  /** When it was looked at last, null = not yet. */
  looked: number | null;
  /** First and last change since the last look, null = none was seen. */
  changed: { first: number; last: number } | null;
  /** Since when readings have been bad without a good one between, null = the last one was good. */
  bad: number | null;
}

/** A page that changes is waited out until it is quiet for so long, but not longer than the second. */
const QUIET_MS = 600;
const RESTLESS_MS = 5_000;
/** Between two captures; while a bad reading may still be a page that is loading, a shorter time. */
const GAP_MS = 20_000;
const LOADING_MS = 3_000;
/** A page that is read badly for longer than this has changed. */
const PATIENCE_MS = 8_000;
/** What changes in shadow roots and frames is seen by nobody outside. */
const ANYWAY_MS = 60_000;

/** When to look next. */
export function due({ found, looked, changed, bad }: Pace): number {
  const calm = (first: number, last: number): number => Math.min(last + QUIET_MS, first + RESTLESS_MS);
  if (looked === null) return calm(found, changed?.last ?? found);
  if (bad !== null && looked - bad < PATIENCE_MS) return looked + LOADING_MS;
  return changed ? Math.max(looked + GAP_MS, calm(changed.first, changed.last)) : looked + ANYWAY_MS;
}

/** Whether a page that is read badly since `bad` has changed rather than is still loading. */
export function hasChanged(bad: number | null, now: number): boolean {
  return bad !== null && now - bad >= PATIENCE_MS;
}
