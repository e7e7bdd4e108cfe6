// A translation makes a row taller. Whoever reads the newest message shall keep seeing it.

const NEAR = 8;

/** The element that scrolls the rows, found once and again when it is gone. */
export function scrollingParent(element: Element | null): Element | null {
  for (let at = element; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === "auto" || overflowY === "scroll") return at;
  }
  return null;
}

/** Run `change`; when the list stood at its end before, it does afterwards. Browsers keep other positions themselves. */
export function keepingEnd(scroller: Element | null, change: () => void): void {
  const atEnd = scroller !== null && scroller.scrollTop > 0 && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  change();
  if (atEnd && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight >= 1) scroller.scrollTop = scroller.scrollHeight;
}

/** The list stays at its end when it gets lower, as it does when our bar opens or grows. */
export class EndKeeper {
  #scroller: Element | null = null;
  #atEnd = false;
  #stop = new AbortController();
  readonly #resized: ResizeObserver | null;

  constructor(signal: AbortSignal) {
    this.#resized =
      typeof ResizeObserver === "undefined"
        ? null
        : new ResizeObserver(() => {
            if (this.#atEnd && this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
          });
    signal.addEventListener("abort", () => this.watch(null));
  }

  watch(scroller: Element | null): void {
    if (scroller === this.#scroller) return;
    this.#stop.abort();
    this.#resized?.disconnect();
    this.#scroller = scroller;
    if (!scroller) return;
    this.#stop = new AbortController();
    const look = (): void => {
      this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true, signal: this.#stop.signal });
    this.#resized?.observe(scroller);
  }
}
