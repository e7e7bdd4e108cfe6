import assert from "node:assert/strict";
import { test } from "node:test";
import { due, hasChanged } from "../../src/live/pace";

test("the first look waits for a page that is being drawn, and not for ever", () => {
  assert.equal(due({ found: 0, looked: null, changed: null, bad: null }), 600);
  assert.equal(due({ found: 0, looked: null, changed: { first: 100, last: 2_000 }, bad: null }), 2_600);
  assert.equal(due({ found: 0, looked: null, changed: { first: 100, last: 60_000 }, bad: null }), 5_000);
});

test("a page that changes is captured at most every 20 s, and in a moment of calm", () => {
  const looked = 10_000;
  assert.equal(due({ found: 0, looked, changed: { first: 10_500, last: 10_600 }, bad: null }), 30_000);
  assert.equal(due({ found: 0, looked, changed: { first: 40_000, last: 40_200 }, bad: null }), 40_800);
  assert.equal(due({ found: 0, looked, changed: { first: 40_000, last: 90_000 }, bad: null }), 45_000);
  assert.equal(due({ found: 0, looked, changed: null, bad: null }), 70_000, "frames change unseen");
});

test("a page that is read badly is looked at sooner while it may be loading, then like any other", () => {
  assert.equal(due({ found: 0, looked: 1_000, changed: null, bad: 1_000 }), 4_000);
  assert.equal(due({ found: 0, looked: 7_000, changed: null, bad: 1_000 }), 10_000);
  assert.equal(due({ found: 0, looked: 10_000, changed: null, bad: 1_000 }), 70_000);
});

test("a page has changed when it was read badly for eight seconds on end", () => {
  assert.equal(hasChanged(null, 99_000), false);
  assert.equal(hasChanged(1_000, 8_999), false);
  assert.equal(hasChanged(1_000, 9_000), true);
});
