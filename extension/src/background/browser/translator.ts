// The browser's own translator as an engine of the companion: says what it has, and carries questions to it and back.

import { problemIn } from "../../shared/check";
import type { BrowserAsked, BrowserPair } from "../../shared/protocol.gen";
import type { PairState, Way } from "../../shared/translator";
import type { Channel } from "../channel";
import { CallError } from "../failure";
import { keep, recall } from "../memory";
import type { Asks } from "./offscreen";

const KEY = "browser_translator";
const LOOK_MS = 8_000;
/** Directions remembered, far more than any seller has. */
const MOST = 200;

/** What is known of this browser's translator. */
export interface Known {
  has: boolean;
  pairs: BrowserPair[];
}

export interface TranslatorHooks {
  page: Asks;
  channel(): Channel | null;
  /** Another version of the browser may have other languages, and translates differently. */
  agent: string;
}

export class BrowserTranslator {
  /** Null: nobody looked yet in this version of the browser. */
  private known: Known | null = null;
  /** Directions that were of use in an earlier version. */
  private before: Way[] = [];
  private offered: { channel: Channel; text: string } | undefined;

  constructor(private readonly hooks: TranslatorHooks) {}

  async load(): Promise<void> {
    const kept = await recall<(Known & { agent?: string }) | null>(KEY, null);
    if (!kept || problemIn("BrowserOfferParams", { has: kept.has, pairs: kept.pairs, browser: "" })) return;
    if (kept.agent === this.hooks.agent) this.known = { has: kept.has, pairs: kept.pairs };
    else this.before = kept.pairs.map(wayOf);
  }

  /** At each connection. The page is opened for it once a version of the browser; after that it is opened for texts. */
  async greet(channel: Channel): Promise<void> {
    if (!this.known) await this.look(this.before);
    await this.offer(channel);
  }

  /** Asks the browser how these directions stand, remembers it, and tells the companion where it is news. */
  async look(ways: readonly Way[]): Promise<Known> {
    const found = await this.hooks.page.ask("own.translator.states", { ways }, LOOK_MS);
    if (!found) return this.known ?? { has: false, pairs: [] };
    await this.note(found.has, ways.map((way, at) => pairOf(way, found.states[at] ?? "unavailable")));
    return this.known ?? { has: found.has, pairs: [] };
  }

  /** A question of the companion. Answered in any case, so that nobody waits longer than needed. */
  async take(asked: BrowserAsked, channel: Channel): Promise<void> {
    const { id, source, target, texts, within_ms } = asked;
    const told = (await this.hooks.page.ask("own.translator.translate", { source, target, texts, within_ms }, within_ms)) ?? { texts: [], problem: "timeout" as const };
    // news first: the next line must not be asked for in vain
    if (told.problem === "browser_model") await this.look([[source, target]]);
    else if (!told.problem) await this.note(true, [pairOf([source, target], "available")]);
    try {
      await channel.request("browser.answer", { id, ...told });
    } catch (error) {
      if (error instanceof CallError && error.code === "too_large") await channel.request("browser.answer", { id, problem: "too_large" }).catch(() => undefined);
    }
  }

  private async note(has: boolean, pairs: BrowserPair[]): Promise<void> {
    const all = new Map((this.known?.pairs ?? []).map((pair) => [wayOf(pair).join("-"), pair]));
    for (const pair of pairs) all.set(wayOf(pair).join("-"), pair);
    const next: Known = { has, pairs: has ? [...all.values()].slice(-MOST) : [] };
    if (JSON.stringify(next) !== JSON.stringify(this.known)) {
      this.known = next;
      await keep(KEY, { ...next, agent: this.hooks.agent });
    }
    const channel = this.hooks.channel();
    if (channel) await this.offer(channel);
  }

  private async offer(channel: Channel): Promise<void> {
    if (!this.known) return;
    const text = JSON.stringify(this.known);
    const told = this.offered?.channel === channel ? this.offered.text : "";
    // a browser that never had one has nothing to say
    if (told === text || (!told && !this.known.has)) return;
    this.offered = { channel, text };
    await channel.request("browser.offer", { ...this.known, browser: nameOf(this.hooks.agent) }).catch(() => undefined);
  }
}

function pairOf([source, target]: Way, state: PairState): BrowserPair {
  return { source, target, state };
}

function wayOf({ source, target }: BrowserPair): Way {
  return [source, target];
}

/** "Edge/156" out of what the browser calls itself. */
export function nameOf(agent: string): string {
  const [, maker, version] = /\b(Edg|OPR)\/(\d+)/.exec(agent) ?? /\b(Chrome)\/(\d+)/.exec(agent) ?? [];
  return maker ? `${maker === "Edg" ? "Edge" : maker === "OPR" ? "Opera" : maker}/${version}` : "";
}
