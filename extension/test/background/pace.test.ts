import assert from "node:assert/strict";
import { test } from "node:test";
import type { App } from "../../src/background/app";
import { Pace, SAME, TAB, TARGET, writtenBy } from "../../src/background/pace";
import { answerPage } from "../../src/background/pages_side";
import type { Tier } from "../../src/background/senders";

const MINUTE = 60_000;

/** A pace whose clock is set by hand, and how many of so many tries of a tab it lets pass. */
function bounded(): { pace: Pace; wait(ms: number): void; passed(tries: number, of?: { tab?: number; target?: (at: number) => string; text?: (at: number) => string }): number } {
  let now = 5 * MINUTE;
  const pace = new Pace(() => now);
  return {
    pace,
    wait: (ms) => (now += ms),
    passed: (tries, { tab = 1, target = () => "t", text = (at: number) => `words ${at}` } = {}) =>
      Array.from({ length: tries }, (_, at) => pace.admits(tab, "message.sending", { target: target(at), text: text(at) })).filter(Boolean).length,
  };
}

test("a seller who sends the same canned reply twenty times a minute, or other words all day, never meets it", () => {
  const { pace, wait, passed } = bounded();
  assert.equal(passed(20, { text: () => "Thank you!" }), 20);
  let refused = 0;
  for (let at = 0; at < 20 * 60; at++) {
    wait(MINUTE / 20);
    // to one buyer, to many, and inserted before each is sent
    for (const target of ["one", `buyer ${at % 7}`]) {
      for (const method of ["draft.inserted", "message.sending"] as const) if (!pace.admits(1, method, { target, text: `reply ${at}` })) refused++;
    }
  }
  assert.equal(refused, 0);
});

test("the same words again and again are stopped, and other words still pass", () => {
  const { wait, passed } = bounded();
  assert.equal(passed(1_000, { text: () => "spam" }), SAME.burst);
  assert.equal(passed(10), 10);
  wait(MINUTE);
  assert.equal(passed(1_000, { text: () => "spam" }), SAME.minute);
  assert.equal(passed(5, { text: () => `${"x".repeat(300)}` }) + passed(5, { text: () => `${"x".repeat(301)}` }), 10);
});

test("a conversation is bounded however the words differ, and another one is not touched by that", () => {
  const { wait, passed } = bounded();
  assert.equal(passed(1_000), TARGET.burst);
  assert.equal(passed(10, { target: () => "other" }), 10);
  wait(2 * MINUTE);
  assert.equal(passed(1_000), 2 * TARGET.minute);
});

test("a tab is bounded however many conversations it invents, and another tab or method is not touched by that", () => {
  const { pace, wait, passed } = bounded();
  assert.equal(passed(5_000, { target: (at) => `made up ${at}` }), TAB.burst);
  assert.equal(passed(10, { tab: 2 }), 10);
  assert.ok(pace.admits(1, "draft.inserted", { target: "t", text: "hello" }));
  wait(MINUTE);
  assert.equal(passed(5_000, { target: (at) => `made up again ${at}` }), TAB.minute);
  let most = 0;
  for (let round = 0; round < 100; round++) {
    wait(MINUTE);
    passed(500, { target: (at) => `${round} ${at}` });
    most = Math.max(most, pace.size);
  }
  assert.ok(most < 1_500, `${most} buckets`);
});

test("only what is written down counts", () => {
  const thread = { marketplace: "amazon", region: "DE", shop: "A1", thread: "t1" };
  assert.deepEqual(writtenBy("message.sending", { thread, text: "hi", at: 1 }), { target: "amazon\u001fDE\u001fA1\u001ft1", text: "hi" });
  assert.equal(writtenBy("message.check", { thread, text: "hi" }), null);
  assert.equal(writtenBy("listing.check", { marketplace: "amazon", texts: [], item: "S-1" }), null);
  assert.notEqual(writtenBy("listing.check", { marketplace: "amazon", texts: [], item: "S-1", settled: true }), null);
});

test("over it a page hears so, nothing is kept or acknowledged, and what it asks besides is answered", async () => {
  const reached: string[] = [];
  const app = {
    descriptions: { marketplaces: [{ name: "amazon", hosts: ["https://sellercentral.amazon.de/*"], pages: [] }] },
    pace: new Pace(() => 0),
    archive: async (method: string) => (reached.push(method), { queued: true }),
    call: async (method: string) => (reached.push(method), { result: { recorded: true } }),
  } as unknown as App;
  const from = { kind: "content", host: "sellercentral.amazon.de", tabId: 1, frame: 0, windowId: 1, top: true, document: "d" } as Extract<Tier, { kind: "content" }>;
  const thread = { marketplace: "amazon", region: "DE", shop: "A1", thread: "t1" };
  const call = (method: string, params: object) => answerPage(app, { type: "call", method, params }, from);
  const told: unknown[] = [];
  for (let at = 0; at < TARGET.burst + 5; at++) told.push(await call("message.sending", { thread, text: `no ${at}`, anyway: true, at }));
  assert.deepEqual(told.slice(TARGET.burst), Array(5).fill({ error: { code: "too_many", retryable: true, data: {} } }));
  assert.equal(reached.length, TARGET.burst);
  const draft = (at: number) => ({ type: "draft", params: { thread, written: "好", written_language: "zh", text: "ok", language: "en", engine: "argos", match: "machine", inserted_at: at } });
  const drafts: unknown[] = [];
  for (let at = 0; at < SAME.burst + 5; at++) drafts.push(await answerPage(app, draft(at), from));
  assert.deepEqual(drafts, [...Array<unknown>(SAME.burst).fill({ queued: true }), ...Array<unknown>(5).fill({ queued: false })]);
  reached.length = 0;
  await call("message.check", { thread, text: "still checked" });
  await call("message.sending", { thread: { ...thread, thread: "t2" }, text: "another buyer", at: 1 });
  await answerPage(app, { type: "seen", seq: 1, params: { thread, observed_at: 1, messages: [{ direction: "buyer", text: "hi" }] } }, from);
  assert.deepEqual(reached, ["message.check", "message.sending", "message.seen"]);
});
