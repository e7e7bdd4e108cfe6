import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Channel } from "../../src/background/channel";
import { CallError } from "../../src/background/failure";
import { Latest } from "../../src/background/latest";
import type { InboxSeenParams } from "../../src/shared/protocol.gen";
import { fakeStorage } from "../chrome";

let taken: InboxSeenParams[];
let refuse: CallError | null;
let connected: boolean;
let practice: boolean | null;

const channel = { request: async (_: string, params: InboxSeenParams) => {
  if (refuse) throw refuse;
  taken.push(params);
  return { unanswered: 0 };
} } as unknown as Channel;
const make = (): Latest => new Latest({ channel: () => (connected ? channel : null), practice: () => practice, onStored: () => undefined });
const look = (shop: string, at: number): InboxSeenParams => ({ inbox: { marketplace: "mall", shop, region: "US" }, rows: [], observed_at: at });
const told = (): string[] => taken.map(({ inbox, observed_at }) => `${inbox.shop}@${observed_at}`);

beforeEach(() => {
  fakeStorage();
  [taken, refuse, connected, practice] = [[], null, false, false];
});

test("while there is no companion only the latest look of each inbox is kept", async () => {
  const latest = make();
  for (const [shop, at] of [["a", 1], ["b", 2], ["a", 3], ["a", 2]] as const) await latest.put(look(shop, at));
  connected = true;
  await latest.flush();
  assert.deepEqual(told(), ["b@2", "a@3"]);
  await latest.flush();
  assert.equal(taken.length, 2, "what was taken is not told again");
});

test("a killed worker's looks are delivered by the next", async () => {
  const killed = make();
  await killed.put(look("a", 1));
  await killed.flush();
  connected = true;
  await make().flush();
  assert.deepEqual(told(), ["a@1"]);
});

test("a passing failure keeps the look, a refusal for good drops it", async () => {
  connected = true;
  refuse = new CallError("storage_full", {}, true);
  const latest = make();
  await latest.put(look("a", 1));
  await latest.flush();
  refuse = null;
  await latest.flush();
  assert.deepEqual(told(), ["a@1"]);
  refuse = new CallError("bad_params", {});
  await latest.put(look("a", 2));
  await latest.flush();
  refuse = null;
  await latest.flush();
  assert.equal(taken.length, 1);
});

test("practice never reaches the real archive", async () => {
  practice = true;
  const latest = make();
  await latest.put(look("a", 1));
  [practice, connected] = [false, true];
  await latest.flush();
  assert.deepEqual(told(), []);
  practice = true;
  await latest.flush();
  assert.deepEqual(told(), ["a@1"]);
});

test("many inboxes crowd out the oldest, not the newest", async () => {
  const latest = make();
  for (let at = 1; at <= 25; at += 1) await latest.put(look(`s${at}`, at));
  connected = true;
  await latest.flush();
  assert.deepEqual([taken.length, told()[0], told().at(-1)], [20, "s6@6", "s25@25"]);
});

test("a look from the future keeps no later look out", async () => {
  const latest = make();
  await latest.put(look("a", Date.now() / 1000 + 1e9));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const now = Date.now() / 1000;
  await latest.put(look("a", now));
  connected = true;
  await latest.flush();
  assert.deepEqual(told(), [`a@${now}`]);
});
