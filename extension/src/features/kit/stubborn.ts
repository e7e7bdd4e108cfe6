// A page may throw our nodes out as often as it likes; we put them back, but never fight it frame by frame.

/** A put-back so soon after the last one belongs to the same quarrel; each such span of calm forgives one. */
const QUARREL_MS = 400;
/** So many put-backs in a row at full speed: a page that renders 200 times in a burst stays served at once. */
const FREE = 400;
const SLOW_MS = 1_000;

/** One for each node that is put back. */
export class Stubborn {
  #count = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Milliseconds to wait before putting back; 0 = do it now, and it is counted as done. */
  wait(now: number): number {
    const calm = now - this.#last;
    if (this.#count > FREE && calm < SLOW_MS) return SLOW_MS - calm;
    this.#count = Math.max(0, this.#count - Math.floor(Math.min(calm, 1e9) / QUARREL_MS)) + 1;
    this.#last = now;
    return 0;
  }
}
