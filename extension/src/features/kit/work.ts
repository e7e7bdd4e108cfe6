// Long work in short pieces: the page must never wait more than a frame for us.

/** Longest piece in ms; a task over 50 ms counts as long, and the page needs most of a frame itself. */
const PIECE = 8;

/** Give the browser a chance to paint and to handle input. */
export function breathe(): Promise<void> {
  const scheduler = (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** Do `each` for all items, pausing between pieces. Stops early when the signal aborts or `go` says no. */
export async function inPieces<T>(items: Iterable<T>, each: (item: T) => void, signal: AbortSignal, go: () => boolean = () => true): Promise<boolean> {
  let until = performance.now() + PIECE;
  for (const item of items) {
    if (signal.aborted || !go()) return false;
    each(item);
    if (performance.now() > until) {
      await breathe();
      until = performance.now() + PIECE;
    }
  }
  return !signal.aborted && go();
}

/** Calls closer together than this wait for a frame. */
const BURST_MS = 60;

/**
 * Runs `work` once before the next frame, or a little later in a tab that draws no frames. With `prompt` the first call
 * after a calm runs as soon as the page's own task is over, without waiting for a frame.
 */
export function coalesced(work: () => void, signal: AbortSignal, prompt = false): () => void {
  let waiting = false;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (waiting || signal.aborted) return;
    waiting = true;
    const run = (): void => {
      if (!waiting) return;
      waiting = false;
      last = performance.now();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      if (!signal.aborted) work();
    };
    const frame = requestAnimationFrame(run);
    const timer = setTimeout(run, 120);
    if (prompt && performance.now() - last > BURST_MS) void breathe().then(run);
  };
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}

/** Listeners of one event. */
export class Hearers<T> {
  readonly #all = new Set<(value: T) => void>();

  add(hear: (value: T) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#all.add(hear);
    signal.addEventListener("abort", () => this.#all.delete(hear), { once: true });
  }

  /** One failing listener does not keep the others from hearing. */
  tell(value: T): void {
    for (const hear of [...this.#all]) {
      try {
        hear(value);
      } catch (error) {
        console.error("Seabridge:", error);
      }
    }
  }
}
