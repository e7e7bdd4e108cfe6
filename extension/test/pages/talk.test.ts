import assert from "node:assert/strict";
import { test } from "node:test";
import { stepped, within } from "../../src/pages/panel/find";
import { pieces } from "../../src/pages/panel/spans";

test("a text is cut where it was hit, in code points", () => {
  assert.deepEqual(pieces("plain", []), [{ text: "plain", hit: false }]);
  assert.deepEqual(pieces("👋🏽 退款 ok", [{ start: 3, end: 5 }]), [
    { text: "👋🏽 ", hit: false },
    { text: "退款", hit: true },
    { text: " ok", hit: false },
  ]);
  assert.deepEqual(pieces("abc", [{ start: 0, end: 1 }, { start: 2, end: 3 }]), [
    { text: "a", hit: true },
    { text: "b", hit: false },
    { text: "c", hit: true },
  ]);
});

test("the conversation is named before the words, which may be half typed", () => {
  assert.equal(within(12, '"my ord'), 'thread:12 "my ord');
});

test("stepping goes on at the other end", () => {
  assert.deepEqual([stepped(0, 1, 3), stepped(2, 1, 3), stepped(0, -1, 3), stepped(0, 1, 1)], [1, 0, 2, 0]);
});
