import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, test } from "node:test";
import type { Channel } from "../../src/background/channel";
import { closeDatabase } from "../../src/background/database";
import { CallError } from "../../src/background/failure";
import { MAX_ENTRIES, MAX_LISTINGS, Queue } from "../../src/background/queue";
import * as store from "../../src/background/queue_store";
import type { QueueState } from "../../src/shared/messages";
import type { ListingSeenParams, MessageSeenParams } from "../../src/shared/protocol.gen";
import { until } from "./fake";

interface Call {
  text: string;
  idem: string;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** The far side: calls wait here until the test answers. */
class Desk {
  calls: Call[] = [];
  open = true;
  /** Answer everything at once with a result, or throw. */
  auto: ((text: string) => unknown) | undefined;
  order: string[] = [];

  request(_method: string, params: MessageSeenParams, { idem }: { idem: string }): Promise<unknown> {
    const text = params.messages?.[0]?.text ?? (params as unknown as ListingSeenParams).listing.title;
    this.order.push(text);
    return new Promise((resolve, reject) => {
      if (!this.auto) return void this.calls.push({ text, idem, resolve, reject });
      try {
        resolve(this.auto(text));
      } catch (error) {
        reject(error);
      }
    });
  }
}

interface Rig {
  queue: Queue;
  desk: Desk;
  states: QueueState[];
  stored: number[];
  world: { connected: boolean; trying: boolean; practice: boolean | null };
}

function rig(): Rig {
  const desk = new Desk();
  const states: QueueState[] = [];
  const stored: number[] = [];
  const world = { connected: true, trying: false, practice: false as boolean | null };
  const queue = new Queue({
    channel: () => (world.connected ? (desk as unknown as Channel) : null),
    hopeful: () => world.connected || world.trying,
    practice: () => world.practice,
    onChange: (state) => states.push(state),
    onStored: (entry) => stored.push(entry.id),
  });
  rigs.push(queue);
  return { queue, desk, states, stored, world };
}

const rigs: Queue[] = [];

function rows(thread: string, text: string): MessageSeenParams {
  return { thread: { marketplace: "m", shop: "s", region: "r", thread }, messages: [{ direction: "buyer", text }], observed_at: 1 };
}

function listing(title: string, item = "1"): ListingSeenParams {
  return { marketplace: "m", region: "r", shop: "s", page: "product", listing: { title, item }, observed_at: 1 };
}

beforeEach(async () => {
  await closeDatabase();
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const queue of rigs.splice(0)) clearTimeout((queue as unknown as { retryTimer: ReturnType<typeof setTimeout> }).retryTimer);
});

const ACK = { rows: [], thread: {}, images: [] };

test("what is put is on disk before it is sent, and leaves only when acknowledged", async () => {
  const { queue, desk, stored } = rig();
  const fate = queue.put("message.seen", rows("a", "1"), "k1", 1000);
  await until(() => desk.calls.length === 1, "sending");
  assert.equal((await store.all()).length, 1, "still there while unanswered");
  desk.calls[0]?.resolve(ACK);
  assert.deepEqual(await fate, { result: ACK });
  assert.equal((await store.all()).length, 0);
  assert.equal(stored.length, 1);
});

test("offline it is kept at once; a new worker sends it later in order and under the same key", async () => {
  const first = rig();
  first.world.connected = false;
  for (const text of ["1", "2", "3"]) assert.deepEqual(await first.queue.put("message.seen", rows("a", text), `k${text}`, 1000), { kept: true });
  // the worker is killed here; nothing of `first` lives on
  const { queue, desk } = rig();
  await queue.load();
  assert.equal(queue.state.waiting, 3);
  desk.auto = () => ACK;
  queue.flush();
  await until(() => queue.state.waiting === 0, "emptying");
  assert.deepEqual(desk.order, ["1", "2", "3"]);
});

test("killed between the companion's commit and our removal: the same key goes out again, nothing is stored twice", async () => {
  const first = rig();
  void first.queue.put("message.seen", rows("a", "1"), "k1", 1000);
  await until(() => first.desk.calls.length === 1);
  const before = first.desk.calls[0]?.idem;
  const { queue, desk } = rig();
  await queue.load();
  queue.flush();
  await until(() => desk.calls.length === 1);
  assert.equal(desk.calls[0]?.idem, before);
});

test("one conversation is first in, first out; others are not held up by it", async () => {
  const { queue, desk } = rig();
  for (const [thread, text] of [
    ["a", "a1"],
    ["a", "a2"],
    ["b", "b1"],
  ] as const)
    void queue.put("message.seen", rows(thread, text), text, 1000);
  await until(() => desk.calls.length === 2);
  assert.deepEqual(desk.calls.map((call) => call.text).sort(), ["a1", "b1"]);
  desk.calls.find((call) => call.text === "a1")?.resolve(ACK);
  await until(() => desk.calls.length === 3);
  assert.equal(desk.calls[2]?.text, "a2");
});

test("a broken connection keeps the entry in place and in order", async () => {
  const { queue, desk, world } = rig();
  const fate = queue.put("message.seen", rows("a", "1"), "k1", 1000);
  void queue.put("message.seen", rows("a", "2"), "k2", 1000);
  await until(() => desk.calls.length === 1);
  world.connected = false;
  desk.calls[0]?.reject(new CallError("closed"));
  assert.deepEqual(await fate, { kept: true });
  world.connected = true;
  desk.auto = () => ACK;
  queue.flush();
  await until(() => queue.state.waiting === 0);
  assert.deepEqual(desk.order, ["1", "1", "2"]);
});

test("an entry the companion will never take is parked with its reason and blocks nothing", async () => {
  const { queue, desk } = rig();
  desk.auto = (text) => {
    if (text === "poison") throw new CallError("bad_params", { problem: "x" });
    return ACK;
  };
  const poison = await queue.put("message.seen", rows("a", "poison"), "k1", 1000);
  assert.ok("refused" in poison && poison.refused.code === "bad_params");
  assert.ok("result" in (await queue.put("message.seen", rows("a", "good"), "k2", 1000)));
  assert.deepEqual(queue.state, { waiting: 0, parked: 1, full: false, trouble: "" });
  const [kept] = await queue.listParked();
  assert.deepEqual([kept?.code, kept?.data], ["bad_params", { problem: "x" }]);
  desk.auto = () => ACK;
  await queue.retryParked();
  await until(() => queue.state.waiting === 0);
  assert.deepEqual(queue.state, { waiting: 0, parked: 0, full: false, trouble: "" });
  assert.equal((await store.parked()).length, 0);
});

for (const [code, retryable] of [
  ["storage_full", true],
  ["database_away", true],
  ["database_refused", false],
] as const)
  test(`${code} at the companion is told and waited out`, async () => {
    const { queue, desk } = rig();
    desk.auto = () => {
      throw new CallError(code, {}, retryable);
    };
    assert.deepEqual(await queue.put("message.seen", rows("a", "1"), "k1", 1000), { kept: true });
    assert.equal(queue.state.trouble, code);
    desk.auto = () => ACK;
    queue.flush();
    await until(() => queue.state.waiting === 0);
    assert.deepEqual(queue.state, { waiting: 0, parked: 0, full: false, trouble: "" });
  });

test("a mere break is no trouble of the companion's", async () => {
  const { queue, desk, world } = rig();
  desk.auto = () => {
    world.connected = false;
    throw new CallError("closed");
  };
  assert.deepEqual(await queue.put("message.seen", rows("a", "1"), "k1", 1000), { kept: true });
  assert.equal(queue.state.trouble, "");
});

for (const [others, bound] of [
  [true, 5],
  [false, 20],
] as const)
  test(`an unexplained failure ${others ? "while others are stored" : "of everything"} is parked after ${bound} tries`, async () => {
    const { queue, desk } = rig();
    desk.auto = (text) => {
      if (text === "good") return ACK;
      throw new CallError("internal", {}, false);
    };
    await queue.put("message.seen", rows("a", "bad"), "bad", 1000);
    if (others) await queue.put("message.seen", rows("b", "good"), "good", 1000);
    const tries = (): number => desk.order.filter((text) => text === "bad").length;
    while (tries() < bound) {
      assert.equal(queue.state.parked, 0, `try ${tries()}`);
      const before = tries();
      queue.flush();
      await until(() => tries() > before);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => queue.state.parked === 1, "parking");
    assert.equal(tries(), bound);
  });

for (const others of [true, false])
  test(`an entry never answered is ${others ? "parked while others are answered" : "kept while nobody is answered"}`, async () => {
    const { queue, desk } = rig();
    desk.auto = (text) => {
      if (text.startsWith("good")) return ACK;
      throw new CallError("timeout", {}, true);
    };
    await queue.put("message.seen", rows("a", "bad"), "bad", 1000);
    const tries = (): number => desk.order.filter((text) => text === "bad").length;
    for (let turn = 0; turn < 12 && queue.state.parked === 0; turn++) {
      const before = tries();
      if (others) await queue.put("message.seen", rows("b", `good ${turn}`), `good ${turn}`, 1000);
      else queue.flush();
      await until(() => tries() > before || queue.state.parked > 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.deepEqual([queue.state.waiting, queue.state.parked], others ? [0, 1] : [1, 0]);
  });

test("asked twice under one key, an entry stands in the queue once and both hear its fate", async () => {
  const { queue, desk } = rig();
  const both = [queue.put("message.seen", rows("a", "1"), "k1", 1000), queue.put("message.seen", rows("a", "1"), "k1", 1000)];
  await until(() => desk.calls.length === 1);
  desk.calls[0]?.resolve(ACK);
  assert.deepEqual(await Promise.all(both), [{ result: ACK }, { result: ACK }]);
  assert.equal(desk.order.length, 1);
});

test("full: the newest is refused and that is shown; what was kept stays", async () => {
  const { queue, world, states } = rig();
  world.connected = false;
  await queue.load();
  const inside = queue as unknown as { entries: store.Entry[] };
  inside.entries = Array.from({ length: MAX_ENTRIES }, (_, i) => ({ id: i + 1, method: "message.seen", params: rows("a", ""), idem: `i${i}`, lane: "a", bytes: 10, at: 1, practice: false }));
  await assert.rejects(queue.put("message.seen", rows("a", "late"), "late", 0), (error) => error instanceof CallError && error.code === "queue_full");
  assert.equal(states.at(-1)?.full, true);
  assert.equal((await store.all()).length, 0, "nothing half kept");
});

test("a burst cannot pass the bound in bytes together", async () => {
  const { queue, world } = rig();
  world.connected = false;
  const big = "x".repeat(3_000_000);
  const puts = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => queue.put("message.seen", rows("a", big), `k${i}`, 0)));
  assert.equal(puts.filter((put) => put.status === "fulfilled").length, 11);
  assert.equal((await store.all()).length, 11);
});

test("practice and the real archive never mix; what was seen before the first connection goes to the first", async () => {
  const { queue, desk, world } = rig();
  desk.auto = () => ACK;
  world.connected = false;
  world.practice = true;
  await queue.put("message.seen", rows("a", "practice"), "k1", 0);
  world.practice = null;
  await queue.put("message.seen", rows("b", "before"), "k2", 0);
  world.practice = false;
  await queue.put("message.seen", rows("a", "real"), "k3", 0);
  world.connected = true;
  queue.flush();
  await until(() => queue.state.waiting === 1);
  assert.deepEqual(desk.order.sort(), ["before", "real"]);
});

test("whoever waits while a connection is tried hears at once when nobody answers", async () => {
  const { queue, world } = rig();
  Object.assign(world, { connected: false, trying: true });
  const fate = queue.put("message.seen", rows("a", "1"), "k1", 60_000);
  await until(() => queue.state.waiting === 1, "keeping");
  queue.attempted();
  assert.equal(await Promise.race([fate, Promise.resolve("waits")]), "waits", "the next attempt has begun already");
  world.trying = false;
  queue.attempted();
  assert.deepEqual(await fate, { kept: true });
});

test("versions of a listing keep their order, and listings never take the room of messages", async () => {
  const { queue, desk, world } = rig();
  world.connected = false;
  for (let number = 0; number < MAX_LISTINGS; number++) await queue.put("listing.seen", listing(`v${number}`), `l${number}`, 0);
  await assert.rejects(queue.put("listing.seen", listing("one more"), "more", 0), { code: "queue_full" });
  assert.deepEqual(await queue.put("message.seen", rows("a", "hello"), "k", 0), { kept: true });
  world.connected = true;
  desk.auto = () => ACK;
  queue.flush();
  await until(() => queue.state.waiting === 0, "emptying");
  assert.deepEqual(desk.order.filter((text) => text !== "hello"), Array.from({ length: MAX_LISTINGS }, (_, number) => `v${number}`));
});

test("a listing the companion does not take is dropped: nothing for the seller to decide", async () => {
  const { queue, desk } = rig();
  desk.auto = () => {
    throw new CallError("unknown_method");
  };
  const fate = await queue.put("listing.seen", listing("v1"), "l1", 1000);
  assert.ok("refused" in fate);
  assert.deepEqual([queue.state.waiting, queue.state.parked, (await store.all()).length], [0, 0, 0]);
});
