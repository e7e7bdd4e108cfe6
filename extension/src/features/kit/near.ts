// Which rows are near enough to be looked at soon. A long list shall not translate what nobody scrolls to.

/** Up to so many rows all count as near; virtual lists never show more. */
const ALL = 60;
/** Of longer lists the newest, and what comes within two screens. */
const NEWEST = 30;
const MARGIN = "1200px 0px";

export class Near {
  readonly #seen = new Set<Element>();
  readonly #observed = new Set<Element>();
  readonly #observer: IntersectionObserver | null;

  constructor(document: Document, changed: () => void, signal: AbortSignal) {
    const Observer = document.defaultView?.IntersectionObserver;
    this.#observer = Observer
      ? new Observer(
          (entries) => {
            for (const entry of entries) {
              if (entry.isIntersecting) this.#seen.add(entry.target);
              else this.#seen.delete(entry.target);
            }
            changed();
          },
          { rootMargin: MARGIN },
        )
      : null;
    signal.addEventListener("abort", () => this.#observer?.disconnect());
  }

  choose(rows: readonly Element[]): ReadonlySet<Element> {
    if (!this.#observer || rows.length <= ALL) return new Set(rows);
    const now = new Set(rows);
    for (const row of this.#observed) {
      if (now.has(row)) continue;
      this.#observer.unobserve(row);
      this.#observed.delete(row);
      this.#seen.delete(row);
    }
    for (const row of rows) {
      if (this.#observed.has(row)) continue;
      this.#observed.add(row);
      this.#observer.observe(row);
    }
    return new Set([...rows.slice(-NEWEST), ...rows.filter((row) => this.#seen.has(row))]);
  }
}
