// Buyer texts on their way to the companion: each once, newest first, a few at a time, again after a failure.

import type { ThreadRef, Translated } from "../../shared/protocol.gen";
import type { Host } from "./types";
import { Hearers, pause } from "./work";

/** Small, so that the first answers show while the rest still is being translated. */
const BATCH = 8;
const BATCH_CHARS = 12_000;
const FLYING = 2;
const MOST_KEPT = 3_000;
/** Waits after failures in ms; then only a change of state tries again. */
const RETRIES = [1_000, 3_000, 10_000, 30_000];

interface Wanted {
  key: string;
  text: string;
  thread: ThreadRef | null;
}

export class Translations {
  readonly #host: Host;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, Translated>();
  readonly #waiting = new Map<string, Wanted>();
  readonly #flying = new Set<string>();
  /** Times the companion answered with an error. */
  readonly #tries = new Map<string, number>();
  readonly #answered = new Hearers<void>();
  #batches = 0;
  #failures = 0;
  #held = false;

  constructor(host: Host, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
    host.onChange(() => this.#resume(), signal);
  }

  /** What is known about a text of a conversation. */
  get(thread: string, text: string): Translated | undefined {
    return this.#kept.get(keyOf(thread, text, this.#target()));
  }

  /** Ask for texts, the most wanted last. What is known, waiting or on its way is not asked for again. */
  want(thread: string, ref: ThreadRef | null, texts: readonly string[]): void {
    for (const text of texts) {
      const key = keyOf(thread, text, this.#target());
      if (this.#kept.has(key) || this.#flying.has(key)) continue;
      this.#waiting.delete(key); // the newest wish is served first
      this.#waiting.set(key, { key, text, thread: ref });
    }
    this.#send();
  }

  /** What another engine made of a text. */
  set(thread: string, text: string, item: Translated): void {
    this.#kept.set(keyOf(thread, text, this.#target()), item);
    this.#answered.tell();
  }

  /** Forget what was not understood, or everything of a conversation whose language was corrected. */
  forget(which: (thread: string, item: Translated) => boolean): void {
    for (const [key, item] of this.#kept) if (which(key.slice(0, key.indexOf("\0")), item)) this.#kept.delete(key);
  }

  /** Drop wishes that nobody has any more. */
  drop(): void {
    this.#waiting.clear();
  }

  onAnswers(hear: () => void, signal: AbortSignal): void {
    this.#answered.add(hear, signal);
  }

  #target(): string {
    return this.#host.settings.seller_language;
  }

  #resume(): void {
    if (this.#host.state.link !== "ready") return;
    this.#failures = 0;
    this.#held = false;
    this.#send();
  }

  #send(): void {
    while (!this.#held && this.#batches < FLYING && this.#waiting.size && this.#host.state.link === "ready" && !this.#signal.aborted) void this.#sendOne(this.#nextBatch());
  }

  #nextBatch(): Wanted[] {
    const batch: Wanted[] = [];
    let chars = 0;
    for (const wanted of [...this.#waiting.values()].reverse()) {
      // a text that failed goes alone, so that it cannot take others down with it
      const alone = this.#tries.has(wanted.key) || (batch[0] !== undefined && this.#tries.has(batch[0].key));
      if (batch.length && (alone || batch.length >= BATCH || chars + wanted.text.length > BATCH_CHARS || wanted.thread?.thread !== batch[0]?.thread?.thread)) break;
      batch.push(wanted);
      chars += wanted.text.length;
      this.#waiting.delete(wanted.key);
      this.#flying.add(wanted.key);
    }
    return batch;
  }

  async #sendOne(batch: Wanted[]): Promise<void> {
    this.#batches += 1;
    let lost = false;
    let resting = new Set<string>();
    try {
      const answer = await this.#host.ask({
        type: "call",
        method: "translate",
        params: {
          items: batch.map(({ text }, at) => ({ ref: String(at), text })),
          purpose: "read",
          ...(batch[0]?.thread ? { thread: batch[0].thread } : {}),
        },
      });
      if ("result" in answer) this.#keep(batch, answer.result.items);
      else resting = this.#refused(batch, answer.error.retryable);
    } catch {
      lost = true; // the background is restarting or gone
    }
    this.#batches -= 1;
    if (lost) await this.#again(batch);
    else this.#failures = 0;
    for (const { key } of batch) if (!resting.has(key)) this.#flying.delete(key);
    this.#answered.tell();
    this.#send();
  }

  /** The companion answered with an error: each text once more alone, a few times, then the original stands. */
  #refused(batch: readonly Wanted[], retryable: boolean): Set<string> {
    const resting = new Set<string>();
    for (const wanted of batch) {
      const tries = this.#tries.get(wanted.key) ?? 0;
      const wait = RETRIES[tries];
      if (!retryable || wait === undefined) {
        this.#kept.set(wanted.key, { ...NOTHING, target: this.#target() });
        this.#tries.delete(wanted.key);
        continue;
      }
      this.#tries.set(wanted.key, tries + 1);
      resting.add(wanted.key);
      void pause(wait, this.#signal).then(() => {
        this.#flying.delete(wanted.key);
        this.#waiting.set(wanted.key, wanted);
        this.#send();
      });
    }
    return resting;
  }

  #keep(batch: readonly Wanted[], items: readonly Translated[]): void {
    for (const item of items) {
      const wanted = batch[Number(item.ref)];
      if (!wanted) continue;
      if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
      this.#kept.set(wanted.key, item);
      this.#tries.delete(wanted.key);
    }
  }

  async #again(batch: readonly Wanted[]): Promise<void> {
    for (const wanted of batch) if (!this.#waiting.has(wanted.key)) this.#waiting.set(wanted.key, wanted);
    const wait = RETRIES[this.#failures];
    this.#failures += 1;
    this.#held = true;
    if (wait === undefined) return;
    await pause(wait, this.#signal);
    this.#held = false;
  }
}

const NOTHING: Translated = { ref: "", text: "", source: "", target: "", sure: true, engine: "", match: "none", doubt: [], missing: [] };

function keyOf(thread: string, text: string, target: string): string {
  return `${thread}\0${target}\0${text}`;
}
