import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, holds, onGround, shared } from "../../src/check/boxes";
import { changedLines, lineAt } from "../../src/check/mirror";

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

test("only what lies in both is seen", () => {
  assert.deepEqual(shared(box(0, 0, 10, 10), box(5, 5, 20, 20)), box(5, 5, 10, 10));
  assert.equal(shared(box(0, 0, 10, 10), box(10, 0, 20, 10)), null);
});

test("a text stands where its field begins, at the field's size", () => {
  assert.deepEqual(onGround(box(10, 20, 30, 40), { left: 100, top: -50, scale: 1.5 }), box(115, -20, 145, 10));
  assert.equal(holds(box(0, 0, 10, 10), 10, 0), true);
  assert.equal(holds(box(0, 0, 10, 10), 11, 0), false);
});

test("a card stands below its words, above where there is no room, always inside the window", () => {
  const view = { width: 400, height: 300 };
  const size = { width: 200, height: 100 };
  assert.deepEqual(beside(box(50, 20, 80, 40), size, view), { left: 50, top: 46 });
  assert.deepEqual(beside(box(350, 250, 380, 270), size, view), { left: 194, top: 144 });
  assert.deepEqual(beside(box(-20, 100, 0, 120), { width: 200, height: 290 }, view), { left: 6, top: 6 });
});

test("only the lines that differ are laid out again", () => {
  assert.deepEqual(changedLines(["a", "b", "c"], ["a", "x", "c"]), { from: 1, before: 1, now: 1 });
  assert.deepEqual(changedLines(["a", "b"], ["a", "", "b"]), { from: 1, before: 0, now: 1 });
  assert.deepEqual(changedLines([], ["a"]), { from: 0, before: 0, now: 1 });
  assert.deepEqual(changedLines(["a", "a", "a"], ["a"]), { from: 1, before: 2, now: 0 });
});

test("a character is found in its line", () => {
  const starts = [0, 5, 6, 20];
  assert.deepEqual([0, 4, 5, 6, 19, 20, 90].map((at) => lineAt(starts, at)), [0, 0, 1, 2, 2, 3, 3]);
});
