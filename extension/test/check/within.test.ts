import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "../../src/check/within";

test("of many marks only those near what is seen are measured, and all of them are found", () => {
  let measured = 0;
  const marks = Array.from({ length: 2_000 }, (_, at) => at);
  const boxesOf = (at: number) => {
    measured += 1;
    return [{ left: 0, top: at * 10, right: 5, bottom: at * 10 + 8 }];
  };
  const found = within(marks, boxesOf, 5_000, 5_100).map(({ mark }) => mark);
  assert.deepEqual([found[0], found.at(-1), found.length], [500, 510, 11]);
  assert.ok(measured < 40, String(measured));
});

test("few marks are measured one by one, in whatever order they stand, and a word on two lines has two boxes", () => {
  const boxes = new Map([[1, [900, 0]], [2, [50]], [3, [10]]]);
  const boxesOf = (mark: number) => (boxes.get(mark) ?? []).map((top) => ({ left: 0, top, right: 5, bottom: top + 8 }));
  assert.deepEqual(within([1, 2, 3], boxesOf, 0, 40).map(({ mark, box }) => [mark, box.top]), [[1, 0], [3, 10]]);
});
