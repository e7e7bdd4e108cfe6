// A page may throw our nodes out as often as it likes; we put them back, but never fight it frame by frame.

/** Put back within this time after being thrown out counts as the same quarrel. */
const QUARREL_MS = 400;
/** So many put-backs in a row at full speed: a page that renders 200 times in a burst stays served at once. */
const FREE = 400;
const SLOW_MS = 1_000;

export class Stubborn {
  #row = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Milliseconds to wait before putting back now; 0 = at once. */
  wait(now: number): number {
    this.#row = now - this.#last < QUARREL_MS ? this.#row + 1 : 0;
    this.#last = now;
    return this.#row > FREE ? SLOW_MS : 0;
  }
}
