// "Install offline language": one download at a time, its progress shown wherever it is waited for.

import type { Help } from "./bubble";
import type { Host } from "./types";
import { Hearers } from "./work";
import { pairName } from "./words";

interface Pair {
  source: string;
  target: string;
}

export class Installer {
  readonly #host: Host;
  readonly #changed = new Hearers<boolean>();
  #running: Pair | null = null;
  #share = 0;
  #failed = new Map<string, string>();

  constructor(host: Host, signal: AbortSignal) {
    this.#host = host;
    host.onPush((push) => {
      if (push.type !== "install.progress" || !this.#running) return;
      const { done, total } = push.progress;
      this.#share = total > 0 ? Math.min(1, done / total) : 0;
      this.#changed.tell(false);
    }, signal);
  }

  /** `done` is true when something was installed. */
  onChange(hear: (done: boolean) => void, signal: AbortSignal): void {
    this.#changed.add(hear, signal);
  }

  /** What a bubble without a translation offers. `source` is the language of the text when known. */
  help(missing: Pair, source: string): Help {
    // the whole way is installed, through English where need be
    const pair = { source: source || missing.source, target: this.#host.settings.seller_language };
    return this.offer(pair);
  }

  offer(pair: Pair): Help {
    const name = pairName(this.#host, pair.source, pair.target);
    const running = this.#running;
    if (running) {
      const label = this.#host.t("bubble_installing", { pair: pairName(this.#host, running.source, running.target) });
      return { label, progress: this.#share, act: () => undefined };
    }
    const failed = this.#failed.get(name);
    const label = failed ? `${failed} ${this.#host.t("bubble_install_again")}` : this.#host.t("bubble_install", { pair: name });
    return { label, progress: null, act: () => void this.#install(pair, name) };
  }

  async #install(pair: Pair, name: string): Promise<void> {
    if (this.#running) return;
    this.#running = pair;
    this.#share = 0;
    this.#failed.delete(name);
    this.#changed.tell(false);
    let done = false;
    try {
      const answer = await this.#host.ask({ type: "call", method: "languages.install", params: pair });
      if ("error" in answer) this.#failed.set(name, this.#host.t(`error_${answer.error.code}`, texts(answer.error.data)));
      else done = true;
    } catch {
      this.#failed.set(name, this.#host.t("bubble_install_lost"));
    }
    this.#running = null;
    this.#changed.tell(done);
  }
}

export function texts(data: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number"));
}
