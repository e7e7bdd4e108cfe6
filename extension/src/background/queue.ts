// Messages on their way to the archive: kept on disk first, sent in order within a conversation, removed only when the
// companion says that it has stored them. Bounded; when full the newest are refused and that is shown.

import type { ListingSeenParams, Methods, ThreadRef } from "../shared/protocol.gen";
import type { QueueState } from "../shared/messages";
import { byteLength, type Channel } from "./channel";
import { CallError } from "./failure";
import * as store from "./queue_store";
import type { Entry, QueuedMethod } from "./queue_store";

export const MAX_ENTRIES = 2_000;
export const MAX_BYTES = 32 * 1024 * 1024;
/** Listings that may wait at a time, so that messages always find room; one that finds none is read again when it is opened. */
export const MAX_LISTINGS = 200;
/** Conversations sent at the same time. */
const LANES = 4;
/** Pause before a refused but retryable entry goes out again, in ms; it doubles while nothing succeeds. */
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;
/** Codes that say the connection, not the entry, is at fault. */
const NOT_THE_ENTRY = new Set(["closed", "cancelled", "not_proven", "not_paired", "hello_first", "busy", "not_running"]);
/**
 * An unexplained failure may be a passing one. After the first number of tries the entry is taken out of the way if
 * others were stored meanwhile, so that the fault is its own; after the second (some 15 minutes) in any case. An entry
 * that is never answered while others are would otherwise hold up its conversation for ever.
 */
const MAX_INTERNAL = [5, 20] as const;

export interface QueueHooks {
  /** The proven channel, or null. */
  channel(): Channel | null;
  /** Whether a channel is there or may be in a moment; if not, nobody waits for a fate. */
  hopeful(): boolean;
  /** Whether the companion of now, or the last one, is the practice one; null when none was met yet. */
  practice(): boolean | null;
  onChange(state: QueueState): void;
  /** An entry was stored by the companion. */
  onStored(entry: Entry, result: unknown): void;
}

/** What became of an entry in the time waited: stored with its result, refused for good, or still kept here. */
export type Fate = { result: unknown } | { refused: CallError } | { kept: true };

export class Queue {
  private entries: Entry[] = [];
  private parkedCount = 0;
  private bytes = 0;
  /** Bytes and entries accepted but not yet on disk, so that a burst cannot pass the bounds together. */
  private coming = { entries: 0, bytes: 0 };
  private readonly busyLanes = new Set<string>();
  private readonly waiters = new Map<number, ((fate: Fate) => void)[]>();
  private readonly internalFailures = new Map<number, { tries: number; storedBefore: number }>();
  private stored = 0;
  private pauses = 0;
  /** Why the companion last kept something waiting; null once it stored something. */
  trouble: CallError | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private loading: Promise<void> | undefined;

  constructor(private readonly hooks: QueueHooks) {}

  /** Reads what an earlier worker left; every other call waits for it. */
  load(): Promise<void> {
    this.loading ??= this.reload();
    this.loading.catch(() => (this.loading = undefined));
    return this.loading;
  }

  private async reload(): Promise<void> {
    const [entries, parked] = await Promise.all([store.all(), store.parked()]);
    this.entries = entries.sort((a, b) => a.id - b.id);
    this.parkedCount = parked.length;
    this.bytes = [...entries, ...parked].reduce((sum, entry) => sum + entry.bytes, 0);
    this.changed();
  }

  get state(): QueueState {
    return { waiting: this.entries.length, parked: this.parkedCount, full: !this.fits(1), trouble: this.trouble?.code ?? "" };
  }

  /**
   * Keeps an entry on disk, tries to deliver it, and waits up to `ms` for its fate.
   * Rejects with CallError `queue_full` when nothing more fits; then nothing was kept.
   */
  async put<M extends QueuedMethod>(method: M, params: Methods[M]["params"], idem: string, ms: number): Promise<Fate> {
    await this.load();
    const bytes = byteLength(JSON.stringify(params));
    const known = this.entries.find((entry) => entry.idem === idem);
    if (known) return this.fateOf(known.id, ms);
    if (!this.fits(bytes) || (method === "listing.seen" && this.entries.filter((entry) => entry.method === method).length >= MAX_LISTINGS)) {
      this.changed();
      throw new CallError("queue_full", {}, true);
    }
    const entry = { method, params, idem, lane: laneOf(params), bytes, at: Date.now() / 1000, practice: this.hooks.practice() };
    this.coming.entries += 1;
    this.coming.bytes += bytes;
    let id: number;
    try {
      id = await store.add(entry);
    } finally {
      this.coming.entries -= 1;
      this.coming.bytes -= bytes;
    }
    if (!this.entries.some((each) => each.id === id)) {
      this.entries.push({ ...entry, id });
      this.entries.sort((a, b) => a.id - b.id);
      this.bytes += bytes;
      this.changed();
    }
    const fate = this.fateOf(id, ms);
    this.flush();
    return fate;
  }

  /** Sends what waits, as far as there is a channel. */
  flush(): void {
    const channel = this.hooks.channel();
    if (!channel) return;
    for (const entry of this.entries) {
      if (!this.belongs(entry)) continue;
      if (this.busyLanes.size >= LANES) return;
      if (this.busyLanes.has(entry.lane)) continue;
      this.busyLanes.add(entry.lane);
      void this.run(entry.lane, channel).finally(() => {
        this.busyLanes.delete(entry.lane);
        // more may have come, or another lane waited for this place
        if (this.retryTimer === undefined) this.flush();
      });
    }
  }

  /** An attempt to connect ended: without hope, whoever waits for an entry's fate hears at once that it is kept. */
  attempted(): void {
    if (this.hooks.hopeful()) return;
    for (const id of [...this.waiters.keys()]) this.settle(id, { kept: true });
  }

  listParked(): Promise<store.Parked[]> {
    return store.parked();
  }

  async retryParked(): Promise<void> {
    await store.unpark(() => crypto.randomUUID());
    await this.reload();
    this.flush();
  }

  async forgetParked(): Promise<void> {
    await store.forgetParked();
    await this.reload();
  }

  /** One lane until it is empty or stuck. */
  private async run(lane: string, channel: Channel): Promise<void> {
    for (;;) {
      const entry = this.entries.find((each) => each.lane === lane && this.belongs(each));
      if (!entry || !channel.open) return;
      try {
        const result = await channel.request(entry.method, entry.params as never, { idem: entry.idem });
        await store.remove(entry.id);
        this.stored += 1;
        this.pauses = 0;
        this.trouble = null;
        this.drop(entry);
        this.settle(entry.id, { result });
        this.hooks.onStored(entry, result);
      } catch (error) {
        if (!(await this.setBack(entry, error))) return;
      }
    }
  }

  /** Practice never mixes into the real archive, nor the other way round (DESIGN §2). */
  private belongs(entry: Entry): boolean {
    return entry.practice === null || entry.practice === this.hooks.practice();
  }

  /** Whether the lane can go on after a failure. */
  private async setBack(entry: Entry, error: unknown): Promise<boolean> {
    const failure = error instanceof CallError ? error : new CallError("internal", {}, false);
    const retryable = failure.retryable && failure.code !== "timeout";
    const passing = NOT_THE_ENTRY.has(failure.code) || retryable || isStorage(failure) || this.mayPass(entry, failure);
    if (passing) {
      if (failure.code === "internal" || isStorage(failure)) {
        this.trouble = failure;
        this.changed();
      }
      this.settle(entry.id, { kept: true });
      // after a break the next connection flushes; anything else needs a pause
      if (failure.code !== "closed") this.retryLater();
      return false;
    }
    this.trouble = null;
    // a listing is read again when it is opened: nothing for a seller to decide about
    const parks = entry.method !== "listing.seen";
    if (parks) await store.park({ ...entry, code: failure.code, data: failure.data });
    else await store.remove(entry.id);
    this.drop(entry, parks);
    this.settle(entry.id, { refused: failure });
    return true;
  }

  private mayPass(entry: Entry, failure: CallError): boolean {
    if (failure.code !== "internal" && failure.code !== "timeout") return false;
    const record = this.internalFailures.get(entry.id) ?? { tries: 0, storedBefore: this.stored };
    this.internalFailures.set(entry.id, record);
    const others = this.stored > record.storedBefore;
    if (failure.code === "timeout") {
      // a companion that answers nobody hangs, and no entry is to blame for that
      if (others) record.tries += 1;
      record.storedBefore = this.stored;
      return record.tries < MAX_INTERNAL[0];
    }
    record.tries += 1;
    return record.tries < MAX_INTERNAL[others ? 0 : 1];
  }

  private retryLater(): void {
    if (this.retryTimer !== undefined) return;
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      this.flush();
    }, Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** this.pauses++));
  }

  private drop(entry: Entry, parked = false): void {
    this.entries = this.entries.filter((each) => each.id !== entry.id);
    this.internalFailures.delete(entry.id);
    if (parked) this.parkedCount += 1;
    else this.bytes -= entry.bytes;
    this.changed();
  }

  private fits(bytes: number): boolean {
    const entries = this.entries.length + this.parkedCount + this.coming.entries;
    return entries < MAX_ENTRIES && this.bytes + this.coming.bytes + bytes <= MAX_BYTES;
  }

  private fateOf(id: number, ms: number): Promise<Fate> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done({ kept: true }), ms);
      const done = (fate: Fate): void => {
        clearTimeout(timer);
        const left = (this.waiters.get(id) ?? []).filter((each) => each !== done);
        if (left.length) this.waiters.set(id, left);
        else this.waiters.delete(id);
        resolve(fate);
      };
      this.waiters.set(id, [...(this.waiters.get(id) ?? []), done]);
      if (!this.hooks.hopeful()) done({ kept: true });
    });
  }

  private settle(id: number, fate: Fate): void {
    for (const done of this.waiters.get(id) ?? []) done(fate);
  }

  private changed(): void {
    this.hooks.onChange(this.state);
  }
}

/** Where the messages should lie, a disk or a team's database, is at fault, not the entry. */
function isStorage({ code }: CallError): boolean {
  return code.startsWith("storage_") || code.startsWith("database_");
}

/** One conversation or listing, one lane. The separator cannot occur in a page's ids by accident. */
export function laneOf(params: { thread: ThreadRef } | ListingSeenParams): string {
  const named = "thread" in params ? [params.thread.marketplace, params.thread.region, params.thread.shop, params.thread.thread] : [params.marketplace, params.region, params.shop, "listing", params.listing.sku, params.listing.item];
  return named.join("\u001f");
}
