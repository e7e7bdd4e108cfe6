// The queue on disk: what the companion has not acknowledged yet, and what it refused for good.

import { got, transact } from "./database";

export type QueuedMethod = "message.seen" | "draft.inserted" | "listing.seen";

export interface Entry {
  /** Grows; the order of a thread. */
  id: number;
  method: QueuedMethod;
  params: unknown;
  /** Same key for every try of this entry, across kills of the worker. */
  idem: string;
  /** Conversation the entry belongs to; entries of one lane go out one after the other. */
  lane: string;
  bytes: number;
  /** Seconds since 1970. */
  at: number;
  /** Whether it was seen while working with the practice companion; null before any was ever met. */
  practice: boolean | null;
}

export interface Parked extends Entry {
  code: string;
  data: Record<string, unknown>;
}

/** Adds unless an entry with the same idem is there; answers with the entry's id. */
export function add(entry: Omit<Entry, "id">): Promise<number> {
  return transact(["queue"], "readwrite", async (tx) => {
    const store = tx.objectStore("queue");
    const known = await got<IDBValidKey | undefined>(store.index("idem").getKey(entry.idem));
    return (known ?? (await got(store.add(entry)))) as number;
  });
}

export function all(): Promise<Entry[]> {
  return transact(["queue"], "readonly", (tx) => got<Entry[]>(tx.objectStore("queue").getAll()));
}

export function remove(id: number): Promise<void> {
  return transact(["queue"], "readwrite", async (tx) => void (await got(tx.objectStore("queue").delete(id))));
}

/** Out of the way, in one step, so that an entry is never in both places or in none. */
export function park(entry: Parked): Promise<void> {
  return transact(["queue", "parked"], "readwrite", async (tx) => {
    await got(tx.objectStore("parked").put(entry));
    await got(tx.objectStore("queue").delete(entry.id));
  });
}

export function parked(): Promise<Parked[]> {
  return transact(["parked"], "readonly", (tx) => got<Parked[]>(tx.objectStore("parked").getAll()));
}

/** Puts parked entries back into the queue, under a new key: the companion remembers its refusal under the old one. */
export function unpark(newIdem: () => string): Promise<void> {
  return transact(["queue", "parked"], "readwrite", async (tx) => {
    for (const { code: _code, data: _data, ...entry } of await got<Parked[]>(tx.objectStore("parked").getAll()))
      await got(tx.objectStore("queue").put({ ...entry, idem: newIdem() }));
    await got(tx.objectStore("parked").clear());
  });
}

export function forgetParked(): Promise<void> {
  return transact(["parked"], "readwrite", async (tx) => void (await got(tx.objectStore("parked").clear())));
}
