import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { readDocument } from "../../src/live/document";
import type { PageFound } from "../../src/shared/protocol.gen";
import { open } from "../page/dom";

const page = (more: object = {}): PageFound => ({ marketplace: "m", page: "violations", kind: "notices", lost: [], counts: { notices: 12 }, shop: "", region: "", ...more });
let told: unknown[];
let asked: { type: string; description?: string; read?: unknown }[];
let answer: unknown;
let life: AbortController;
const host = {
  state: { link: "ready" },
  onChange: () => undefined,
  ask: async (request: { type: string }) => {
    asked.push(request);
    return request.type === "read" ? answer : null;
  },
} as unknown as Host;

/** Timers and the page's clock go on together, with every promise in between. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 100) {
    mock.timers.tick(100);
    now += 100;
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  }
}

let now: number;
beforeEach(() => {
  mock.timers.reset();
  const window = open("<main>12</main>");
  mock.timers.enable({ apis: ["setInterval"] });
  [now, told, asked, life] = [0, [], [], new AbortController()];
  mock.method(performance, "now", () => now);
  Object.defineProperty(window.document, "hidden", { value: false, configurable: true });
  const live = { marketplace: { name: "m" }, spec: { id: "violations" }, document: window.document, tell: (read: unknown) => told.push(read) };
  readDocument(host, live as never, life.signal);
});

const reads = (): number => asked.filter(({ type }) => type === "read").length;

test("a settled page is read once and its amount told", async () => {
  answer = { result: { pages: [page()], whole: true } };
  await pass(500);
  assert.equal(reads(), 0);
  await pass(9_000);
  assert.equal(reads(), 1);
  assert.deepEqual(told, [{ lost: [], counts: {} }, { lost: [], counts: { notices: 12 } }]);
});

test("a page that still loads is not said to have changed; one that stays bad is; and one that recovers is well again", async () => {
  answer = { result: { pages: [page({ lost: ["rows.row"], counts: { notices: 0 } })], whole: true } };
  await pass(6_000);
  assert.ok(told.every((each) => (each as { lost: string[] }).lost.length === 0));
  await pass(6_000);
  assert.deepEqual(told.at(-1), { lost: ["rows.row"], counts: { notices: 0 } });
  answer = { result: { pages: [page()], whole: true } };
  await pass(61_000);
  assert.deepEqual(told.at(-1), { lost: [], counts: { notices: 12 } });
});

test("of a page that was cut short nothing is said but which it is", async () => {
  answer = { result: { pages: [page({ lost: ["rows.row"] })], whole: false } };
  await pass(20_000);
  assert.deepEqual(told.at(-1), { lost: [], counts: {} });
});

test("the companion knows better which page it is: that one is told, the first guess taken back", async () => {
  answer = { result: { pages: [page({ page: "drawer", counts: { notices: 1 } })], whole: true } };
  await pass(1_000);
  assert.equal(told.at(-1), null);
  assert.deepEqual(asked.at(-1), { type: "sight", description: "m/drawer", read: { lost: [], counts: { notices: 1 } } });
});

test("nothing is captured while nobody looks, while the companion is away, or after the visit", async () => {
  answer = { result: { pages: [page()], whole: true } };
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  await pass(5_000);
  assert.equal(reads(), 0);
  Object.defineProperty(document, "hidden", { value: false, configurable: true });
  (host.state as { link: string }).link = "no_companion";
  await pass(5_000);
  assert.equal(reads(), 0);
  (host.state as { link: string }).link = "ready";
  life.abort();
  await pass(5_000);
  assert.equal(reads(), 0);
});

test("an answer that says later is asked for again, calmly", async () => {
  answer = { error: { code: "busy", retryable: true, data: {} } };
  await pass(11_500);
  assert.ok(reads() >= 2 && reads() <= 3, String(reads()));
});
