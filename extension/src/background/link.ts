// Keeps one proven connection to the companion: tries the ports, backs off, and says plainly where it stands.

import type { Detail, Link as LinkState } from "../shared/messages";
import type { Channel } from "./channel";
import { type Outcome, probe } from "./handshake";
import type { Keys, Pairing } from "./keys";

export interface LinkView {
  link: LinkState;
  detail: Detail;
  practice: boolean;
  /** Who answers, proven or not. */
  companion: { version: string; port: number; instance: string } | null;
}

export interface LinkDeps {
  dial(port: number): Promise<Channel>;
  keys: Pick<Keys, "all">;
  ports(): Promise<readonly number[]>;
  version: string;
  origin: string;
  /** 0 ≤ x < 1 */
  random?: () => number;
  /** ms of a clock that never goes back. */
  now?: () => number;
}

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 30_000;
/** A page that asks again and again brings no more than one attempt in this time. */
const HURRY_MS = 2_000;
/** So long after a proven connection was lost nobody waits longer than a second: a companion that is started anew is back
 * within seconds, and until then messages go out unchecked. */
const BACK_SOON_MS = 60_000;

/** Wait before attempt `failures` + 1: doubling from 0.5 s to 30 s, of which the upper half is chance. */
export function backoff(failures: number, random: number): number {
  const full = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures, 10));
  return full / 2 + (full / 2) * random;
}

export class CompanionLink {
  view: LinkView = { link: "connecting", detail: "", practice: false, companion: null };
  channel: Channel | null = null;
  pairing: Pairing | null = null;
  onView: (() => void) | undefined;
  onReady: ((channel: Channel) => void) | undefined;
  /** An attempt ended, one way or the other. */
  onAttempt: (() => void) | undefined;
  private failures = 0;
  /** When a proven connection was lost last, in ms. */
  private lost = -Infinity;
  private attempting = false;
  private lastEnd = 0;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiters = new Set<() => void>();

  constructor(private readonly deps: LinkDeps) {}

  /** Make sure that a connection exists or is being tried. `hurry` shortens a running wait, `force` tries now. */
  ensure(how: "" | "hurry" | "force" = ""): void {
    if (this.channel?.open) return;
    if (this.attempting) {
      if (how === "force") this.again = true;
      return;
    }
    if (how === "force" || (how === "hurry" && Date.now() - this.lastEnd >= HURRY_MS)) {
      clearTimeout(this.timer);
      this.timer = undefined;
    }
    if (this.timer === undefined) void this.attempt();
  }

  /** Drop the connection, e.g. because ports or pairings changed, and start over. */
  restart(): void {
    this.channel?.close();
    this.failures = 0;
    this.ensure("force");
  }

  /** The proven channel, or null when there is none within `ms`. Returns early once it is plain that nobody is there. */
  async ready(ms: number): Promise<Channel | null> {
    this.ensure("hurry");
    const end = Date.now() + ms;
    while (!this.channel?.open && this.busy() && Date.now() < end) await this.change(end - Date.now());
    return this.channel?.open ? this.channel : null;
  }

  /** Connected, or about to know. */
  get hopeful(): boolean {
    return Boolean(this.channel?.open) || this.busy();
  }

  private busy(): boolean {
    return this.attempting || this.view.link === "connecting";
  }

  private change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiters.add(done);
    });
  }

  private async attempt(): Promise<void> {
    this.attempting = true;
    this.again = false;
    let outcome: Outcome;
    try {
      outcome = await this.tryPorts();
    } catch {
      outcome = { kind: "nobody" }; // the browser refused us its storage; later may be better
    }
    this.attempting = false;
    this.lastEnd = Date.now();
    if (outcome.kind === "ready") this.enter(outcome);
    else this.fail(outcome);
    this.wakeWaiters();
    this.onAttempt?.();
  }

  /** All ports at once: a program that holds one of them and says nothing must not delay the others. */
  private async tryPorts(): Promise<Outcome> {
    const [pairings, ports] = await Promise.all([this.deps.keys.all(), this.deps.ports()]);
    pairings.sort((a, b) => b.createdAt - a.createdAt);
    const { dial, version, origin } = this.deps;
    const probes = ports.map((port) => probe(port, dial, pairings, version, origin));
    let taken = false;
    const first = new Promise<Outcome>((resolve) => {
      for (const each of probes)
        void each.then((outcome) => {
          if (outcome.kind !== "ready") return;
          if (taken) outcome.channel.close();
          taken = true;
          resolve(outcome);
        });
    });
    return Promise.race([first, Promise.all(probes).then((all) => all.find((o) => o.kind === "ready") ?? mostTelling(all))]);
  }

  private enter(outcome: Extract<Outcome, { kind: "ready" }>): void {
    const { channel, hello, port, pairing } = outcome;
    if (!channel.open) return this.fail({ kind: "nobody" });
    this.failures = 0;
    this.channel = channel;
    this.pairing = pairing;
    channel.onClose = () => {
      if (this.channel !== channel) return;
      this.channel = null;
      this.lost = this.now();
      this.show({ ...this.view, link: "connecting", detail: "" });
      this.plan();
    };
    this.show({ link: "ready", detail: "", practice: hello.practice, companion: { version: hello.version, port, instance: hello.instance } });
    this.onReady?.(channel);
  }

  private fail(outcome: Exclude<Outcome, { kind: "ready" }>): void {
    const practice = outcome.kind === "unpaired" ? outcome.hello.practice : false;
    const companion = outcome.kind === "unpaired" ? { version: outcome.hello.version, port: outcome.port, instance: outcome.hello.instance } : null;
    const link = outcome.kind === "nobody" ? "no_companion" : outcome.kind;
    this.show({ link, detail: outcome.kind === "nobody" ? "" : outcome.detail, practice, companion });
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.timer);
    const wait = this.again ? 0 : backoff(this.failures, (this.deps.random ?? Math.random)());
    const soon = this.now() - this.lost < BACK_SOON_MS;
    this.failures = soon ? 1 : this.failures + 1;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.ensure();
    }, wait);
  }

  private now(): number {
    return (this.deps.now ?? (() => performance.now()))();
  }

  private show(view: LinkView): void {
    const same = JSON.stringify(view) === JSON.stringify(this.view);
    this.view = view;
    if (!same) this.onView?.();
  }

  private wakeWaiters(): void {
    for (const wake of [...this.waiters]) wake();
  }
}

/** Of several ports without our companion, the one the seller can do something about. */
function mostTelling(outcomes: Outcome[]): Outcome {
  const order = (o: Outcome): number => (o.kind === "unpaired" ? (o.detail === "revoked" ? 0 : o.detail === "" ? 1 : 2) : o.kind === "version" ? 3 : 4);
  return [...outcomes].sort((a, b) => order(a) - order(b))[0] ?? { kind: "nobody" };
}
