import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Asking } from "../../src/check/asking";

let asked: boolean[];
let answer: ((answered: boolean) => void)[];
let now: number;
let life: AbortController;
let asking: Asking;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  now = 0;
  mock.method(performance, "now", () => now);
  [asked, answer, life] = [[], [], new AbortController()];
  asking = new Asking((settled) => {
    asked.push(settled);
    return new Promise((resolve) => answer.push(resolve));
  }, life.signal);
});
afterEach(() => mock.reset());

/** Lets time pass, and whatever waits for an answer go on. */
async function after(ms: number): Promise<void> {
  now += ms;
  mock.timers.tick(ms);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
const reply = async (answered = true): Promise<void> => {
  answer.shift()!(answered);
  await after(0);
};

test("it asks after the last key, not at each, but does not wait for ever", async () => {
  for (let keys = 0; keys < 5; keys += 1) {
    asking.changed();
    await after(100);
  }
  assert.deepEqual(asked, []);
  await after(60);
  assert.deepEqual(asked, [false]);
  await reply();
  for (let keys = 0; keys < 12; keys += 1) {
    asking.changed();
    await after(100);
  }
  assert.equal(asked.length, 2, "a second of typing without a pause");
});

test("one question at a time, and the newest texts right after it", async () => {
  asking.changed();
  await after(200);
  asking.changed();
  await after(200);
  asking.changed();
  await after(200);
  assert.equal(asked.length, 1);
  await reply();
  assert.equal(asked.length, 2);
  await reply();
  assert.equal(asked.length, 2);
});

test("texts that stand still are written down once", async () => {
  asking.changed();
  await after(200);
  await reply();
  await after(4_900);
  assert.deepEqual(asked, [false, true]);
  await reply();
  await after(60_000);
  assert.equal(asked.length, 2);
});

test("a question without an answer is asked again, until there is one", async () => {
  asking.again();
  await reply(false);
  await after(3_000);
  await reply(false);
  await after(3_000);
  await reply();
  await after(60_000);
  assert.equal(asked.length, 3);
});

test("nothing is asked once the page is left", async () => {
  asking.changed();
  life.abort();
  await after(60_000);
  asking.changed();
  asking.again();
  await after(60_000);
  assert.deepEqual(asked, []);
});
