// What the companion finds in texts that may go out. One question at a time; of several texts for one place the newest counts.

import type { CheckFinding } from "../check/finding";
import type { Host, Page } from "../features/kit/types";
import { Hearers, pause } from "../features/kit/work";
import type { ThreadRef } from "../shared/protocol.gen";
import { threadRef } from "../sites/identity";
import type { Found } from "../sites/guarding";
import { clip, LONGEST } from "../sites/text";

/** Where a text stands: in the page's own field, or in the bar as what would be put in. */
export type Spot = "field" | "preview";

/** Texts whose findings are remembered. */
const MOST = 60;
/** A companion that takes longer holds up no other question. */
const SLOW_MS = 2_000;

interface Wish {
  key: string;
  thread: ThreadRef;
  text: string;
  language: string;
}

export class Checks {
  readonly #found = new Map<string, readonly CheckFinding[]>();
  readonly #coming = new Map<string, Promise<Found>>();
  readonly #wanted = new Map<Spot, Wish>();
  readonly #changed = new Hearers<void>();
  #asking = false;
  /** The last question had no answer, or none in time: nobody waits for the next. */
  #silent = false;
  #wasLinked = false;
  /** Counts up when rules change: answers to questions before that count no more. */
  #edition = 0;

  constructor(
    private readonly host: Host,
    private readonly page: Page,
    private readonly signal: AbortSignal,
  ) {}

  /** Something new is known, or what was known counts no more. */
  onChange(hear: () => void): void {
    this.#changed.add(hear, this.signal);
  }

  known(text: string): Found {
    return this.#found.get(this.#key(text)) ?? null;
  }

  /** Whether a question asked now can be expected to be answered soon. */
  get answering(): boolean {
    return this.#linked() && !this.#silent && threadRef(this.page.identity()) !== null;
  }

  /** Nobody there who would answer now, though somebody was before or may come. */
  get away(): boolean {
    const { link } = this.host.state;
    return this.#linked() ? this.#silent : link === "connecting" || link === "no_companion";
  }

  /** Asks soon for what stands at a spot; `language` "" = not known. */
  want(spot: Spot, text: string, language: string): void {
    this.#wanted.delete(spot);
    const wish = this.#wish(text, language);
    if (!wish || this.#found.has(wish.key)) return;
    this.#wanted.set(spot, wish);
    void this.#next();
  }

  /** At once, whatever else is being asked; null when there is no answer after `ms`. */
  async answer(text: string, language: string, ms: number): Promise<Found> {
    const wish = this.#wish(text, language);
    if (!wish) return null;
    const found = await Promise.race([this.#ask(wish), pause(ms, this.signal).then(() => null)]);
    if (found === null) this.#silent = true;
    return found;
  }

  /** Rules, words or the seller's excuses are others now. */
  forget(): void {
    this.#edition += 1;
    this.#silent = false;
    this.#found.clear();
    this.#coming.clear();
    this.#changed.tell();
  }

  /** Conversations differ in region and shop, and so do their rules. */
  #key(text: string): string {
    return JSON.stringify([threadRef(this.page.identity()), text]);
  }

  /** Whether the companion is there; one that has come back has not kept anybody waiting yet. */
  #linked(): boolean {
    const linked = this.host.state.link === "ready";
    if (linked && !this.#wasLinked) this.#silent = false;
    this.#wasLinked = linked;
    return linked;
  }

  #wish(text: string, language: string): Wish | null {
    const thread = threadRef(this.page.identity());
    if (!thread || !this.#linked() || text.trim() === "") return null;
    return { key: this.#key(text), thread, text: clip(text, LONGEST), language };
  }

  async #next(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    for (let next = this.#take(); next && !this.signal.aborted; next = this.#take()) await Promise.race([this.#ask(next), pause(SLOW_MS, this.signal)]);
    this.#asking = false;
  }

  #take(): Wish | undefined {
    const [first] = this.#wanted;
    if (first) this.#wanted.delete(first[0]);
    return first?.[1];
  }

  /** Never rejects. The same text asked for twice is one question. */
  #ask(wish: Wish): Promise<Found> {
    const known = this.#found.get(wish.key);
    if (known) return Promise.resolve(known);
    let coming = this.#coming.get(wish.key);
    if (!coming) {
      coming = this.#fetch(wish).finally(() => this.#coming.get(wish.key) === coming && this.#coming.delete(wish.key));
      this.#coming.set(wish.key, coming);
    }
    return coming;
  }

  async #fetch({ key, thread, text, language }: Wish): Promise<Found> {
    const edition = this.#edition;
    try {
      const answer = await this.host.ask({ type: "call", method: "message.check", params: { thread, text, language } });
      this.#silent = "error" in answer;
      if ("error" in answer || edition !== this.#edition) return null;
      this.#keep(key, answer.result.findings);
      return answer.result.findings;
    } catch {
      this.#silent = true;
      return null;
    }
  }

  #keep(key: string, findings: readonly CheckFinding[]): void {
    this.#found.set(key, findings);
    for (const old of this.#found.keys()) {
      if (this.#found.size <= MOST) break;
      this.#found.delete(old);
    }
    this.#changed.tell();
  }
}
