// Texts through the browser's own translator. Models that were used stay loaded for a while; nothing waits for ever.

import { type OffscreenRequests, type OneTranslator, type Problem, stateOf, tagsOf, type TranslatorApi, type Way } from "../shared/translator";

/** Models kept loaded; the one that was not used for longest goes first. */
const MOST_LOADED = 4;
/** As on the wire: longest answer in code points, and questions at a time. */
const LONGEST = 20_000;
const MOST_OPEN = 8;
/** Unused for so long, the page closes, and its models leave the memory. */
export const IDLE_MS = 120_000;

type Asked = OffscreenRequests["own.translator.translate"]["ask"];
type Told = OffscreenRequests["own.translator.translate"]["answer"];

export interface Surroundings {
  api(): TranslatorApi | undefined;
  /** Closes this page. */
  close(): void;
}

export class Translating {
  private readonly loaded = new Map<string, Promise<OneTranslator>>();
  private open = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly around: Surroundings) {
    this.rest();
  }

  async states(ways: readonly Way[]): Promise<OffscreenRequests["own.translator.states"]["answer"]> {
    return this.busy(async () => {
      const api = this.around.api();
      return api ? { has: true, states: await Promise.all(ways.map((way) => stateOf(api, way))) } : { has: false, states: [] };
    });
  }

  /** The texts in order, or why not. Never rejects, and is over after `within_ms`. */
  async translate(asked: Asked): Promise<Told> {
    if (this.open >= MOST_OPEN) return refused("busy");
    return this.busy(async () => {
      const over = new AbortController();
      const timer = setTimeout(() => over.abort(new DOMException("", "TimeoutError")), asked.within_ms);
      try {
        return { texts: await this.all(asked, over.signal), problem: "" };
      } catch (error) {
        const problem = problemOf(error);
        // whatever it is that hangs or broke, the next question gets a fresh one
        if (problem !== "too_large") this.drop(keyOf(asked));
        return refused(problem);
      } finally {
        clearTimeout(timer);
      }
    });
  }

  private async all(asked: Asked, signal: AbortSignal): Promise<string[]> {
    const translator = await unless(signal, this.translator(asked));
    const told: string[] = [];
    for (const text of asked.texts) {
      const answer: unknown = text.trim() ? await unless(signal, translator.translate(text, { signal })) : text;
      if (typeof answer !== "string") throw new TypeError("no text");
      if (answer.length > LONGEST && [...answer].length > LONGEST) throw new DOMException("", "QuotaExceededError");
      told.push(answer);
    }
    return told;
  }

  private translator(asked: Asked): Promise<OneTranslator> {
    const key = keyOf(asked);
    const made = this.loaded.get(key) ?? this.make([asked.source, asked.target]);
    this.loaded.delete(key); // the last used stands last
    this.loaded.set(key, made);
    for (const oldest of [...this.loaded.keys()].slice(0, Math.max(0, this.loaded.size - MOST_LOADED))) this.drop(oldest);
    return made;
  }

  private async make(way: Way): Promise<OneTranslator> {
    const api = this.around.api();
    // without a press nothing can be downloaded; asked all the same, the browser would refuse
    if (!api || (await stateOf(api, way)) !== "available") throw new DOMException("", "NotAllowedError");
    return api.create(tagsOf(way));
  }

  private drop(key: string): void {
    // one that is still loading is let go when it is there
    void this.loaded.get(key)?.then((translator) => translator.destroy()).catch(() => undefined);
    this.loaded.delete(key);
  }

  private async busy<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    this.open += 1;
    try {
      return await work();
    } finally {
      this.open -= 1;
      if (this.open === 0) this.rest();
    }
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.around.close(), IDLE_MS);
  }
}

function keyOf({ source, target }: Asked): string {
  return `${source}-${target}`;
}

function refused(problem: Problem): Told {
  return { texts: [], problem };
}

function problemOf(error: unknown): Problem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "NotSupportedError":
      return "browser_model";
    case "TimeoutError":
    case "AbortError":
      return "timeout";
    case "QuotaExceededError":
      return "too_large";
    default:
      return "engine_failed";
  }
}

/** The promise, or the signal's reason as soon as it aborts: a translator that hangs does not listen to signals either. */
async function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
