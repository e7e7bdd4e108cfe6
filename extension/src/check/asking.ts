// When the companion is asked about the texts: soon after the last key, one question at a time, the newest texts next; and
// once more, to be written down, when they have stood still.

/** After the last change, in ms; but never later than the second. */
const CALM_MS = 150;
const LONGEST_MS = 1_000;
/** Texts that stand still for so long are what the seller means. */
const STILL_MS = 5_000;
/** After a question without an answer. */
const AGAIN_MS = 3_000;

/** Asks about the texts as they are now. `settled`: to be written down. Gives whether there was an answer. Never rejects. */
export type Ask = (settled: boolean) => Promise<boolean>;

export class Asking {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #still: ReturnType<typeof setTimeout> | undefined;
  /** When the first change came that nobody has asked about yet; 0 = there is none. */
  #since = 0;
  #busy = false;
  /** What is asked next, as soon as the answer under way is there. */
  #next: "" | "check" | "settled" = "";

  constructor(
    private readonly ask: Ask,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.rest(), { once: true });
  }

  /** The texts are others. */
  changed(): void {
    if (this.signal.aborted) return;
    const now = performance.now();
    this.#since ||= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run("check"), Math.max(0, Math.min(CALM_MS, this.#since + LONGEST_MS - now)));
    clearTimeout(this.#still);
    this.#still = setTimeout(() => void this.#run("settled"), STILL_MS);
  }

  /** The same texts are worth a question again: rules changed. */
  again(): void {
    void this.#run("check");
  }

  /** Nothing more is asked until something changes. */
  rest(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#still);
    this.#next = "";
    this.#since = 0;
  }

  async #run(what: "check" | "settled"): Promise<void> {
    if (this.signal.aborted) return;
    if (this.#busy) {
      this.#next = this.#next === "settled" ? "settled" : what;
      return;
    }
    this.#busy = true;
    this.#since = 0;
    clearTimeout(this.#timer);
    const answered = await this.ask(what === "settled");
    this.#busy = false;
    if (this.signal.aborted) return;
    const next = this.#next;
    this.#next = "";
    if (next) return this.#run(next);
    if (!answered) this.#timer = setTimeout(() => void this.#run(what), AGAIN_MS);
  }
}
