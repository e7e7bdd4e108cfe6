import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../src/check/marks";
import { carried } from "../../src/guard/marked";
import { blockingOf, judge, type Sending } from "../../src/sites/guarding";
import { finding } from "./shop";

const SENDING: Sending = { text: "write to me@x.com", inserted: [], language: "es", sellerLanguage: "zh", ready: true, paused: "" };

test("only an error that is not excused pauses, and only once for the same words", () => {
  const error = finding("me@x.com");
  assert.equal(judge(SENDING, [error], true).verdict, "pause");
  assert.equal(judge(SENDING, [finding("x", { waiver: "w" }), finding("x", { level: "warning" })], true).verdict, "pass");
  assert.equal(judge({ ...SENDING, paused: " write to me@x.com" }, [error], true).verdict, "pass");
  assert.equal(judge({ ...SENDING, ready: false }, [error], true).verdict, "pass");
  assert.deepEqual(blockingOf(null), []);
});

test("what is not checked yet waits only for a companion that answers", () => {
  assert.equal(judge(SENDING, null, true).verdict, "hold");
  assert.equal(judge(SENDING, null, false).verdict, "pass");
  assert.equal(judge({ ...SENDING, text: " \n" }, null, true).verdict, "pass", "nothing to check");
});

test("untranslated Chinese asks at once, with what is known by then", () => {
  const chinese = { ...SENDING, text: "请写 me@x.com" };
  assert.deepEqual(judge(chinese, null, true), { verdict: "pause", untranslated: true, blocking: [] });
  assert.equal(judge(chinese, [finding("me@x.com")], true).blocking.length, 1);
  assert.equal(judge({ ...chinese, sellerLanguage: "en" }, [finding("me@x.com")], true).untranslated, false);
});

test("marks are carried to another reading of the same field, by which of the words they are", () => {
  const marks = marksOf({ text: "a@b.c and a@b.c", at: 0 }, [finding("a@b.c"), finding("a@b.c", { start: 10, end: 15 })]);
  const own = "\na@b.c\nand a@b.c";
  assert.deepEqual(carried(marks, "a@b.c and a@b.c", own).map(({ start, end }) => own.slice(start, end)), ["a@b.c", "a@b.c"]);
  assert.deepEqual(carried(marks, "a@b.c and a@b.c", own).map(({ start }) => start), [1, 11]);
  assert.deepEqual(carried(marks, "a@b.c and a@b.c", "only a@b.c").length, 1, "what is not there is not marked");
});
