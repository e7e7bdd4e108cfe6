// A translation makes a row taller, the bar makes the list lower. Whoever reads the newest message shall keep seeing it.

const NEAR = 8;
/** How long after a change of ours growth counts as ours. */
const OURS_MS = 300;

/** The element that scrolls the rows. */
export function scrollingParent(element: Element | null): Element | null {
  for (let at = element; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === "auto" || overflowY === "scroll") return at;
  }
  return null;
}

/** The list goes on below a row for more than half its window, so that rows must be there which are not in the page. */
export function goesOnBelow(row: Element): boolean {
  const list = scrollingParent(row);
  // what is drawn says it for lists of either direction; offsets and heights would not
  const ends = [list?.firstElementChild, list?.lastElementChild].map((end) => end?.getBoundingClientRect().bottom ?? 0);
  return list !== null && Math.max(...ends) - row.getBoundingClientRect().bottom > list.clientHeight / 2;
}

/**
 * Keeps a list at its end through changes of ours. Sizes are heard of after the browser has laid the page out, so that
 * nothing is measured in between; in a list of 500 rows each measuring costs a frame.
 */
export class EndKeeper {
  #scroller: Element | null = null;
  #inside: Element | null = null;
  #atEnd = false;
  #top = 0;
  #oursUntil = 0;
  #stop = new AbortController();
  readonly #resized: ResizeObserver | null;

  constructor(signal: AbortSignal) {
    this.#resized = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => this.#settle());
    signal.addEventListener("abort", () => this.#release());
  }

  /** Follow the list around this row. */
  watch(row: Element | null): void {
    if (!row || (this.#scroller?.isConnected && this.#inside?.isConnected && this.#inside.contains(row))) return;
    this.#release();
    const scroller = scrollingParent(row);
    if (!scroller || !this.#resized) return;
    let inside: Element = row;
    while (inside.parentElement && inside.parentElement !== scroller) inside = inside.parentElement;
    this.#scroller = scroller;
    this.#inside = inside;
    this.#stop = new AbortController();
    this.#atEnd = false;
    this.#look(scroller);
    scroller.addEventListener("scroll", () => this.#look(scroller), { passive: true, signal: this.#stop.signal });
    this.#resized.observe(scroller);
    this.#resized.observe(inside);
  }

  /** Say so before a change: growth of the page's own making is the page's business. */
  touch(): void {
    this.#oursUntil = performance.now() + OURS_MS;
  }

  /** Look now: a page that wiped the bar may have gone to its end in the room the bar left. */
  measure(): void {
    if (this.#scroller) this.#look(this.#scroller);
  }

  /** A list that grew under us is not at its end for a moment; only going up leaves it. */
  #look(scroller: Element): void {
    const { scrollTop } = scroller;
    if (scroller.scrollHeight - scrollTop - scroller.clientHeight < NEAR) this.#atEnd = true;
    else if (scrollTop < this.#top - 1 || performance.now() > this.#oursUntil) this.#atEnd = false;
    this.#top = scrollTop;
  }

  #settle(): void {
    const scroller = this.#scroller;
    if (scroller && this.#atEnd && performance.now() < this.#oursUntil) scroller.scrollTop = scroller.scrollHeight;
  }

  #release(): void {
    this.#stop.abort();
    this.#resized?.disconnect();
    this.#scroller = this.#inside = null;
  }
}
