import assert from "node:assert/strict";
import { test } from "node:test";
import { inUnits, repaired } from "../../src/guard/repair";
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

test("a repair counts code points, and takes a space along where words go", () => {
  assert.equal(repaired("😀 mail me@x.com now", { start: 7, end: 15 }, "here"), "😀 mail here now");
  assert.equal(repaired("write to me@x.com, please", { start: 9, end: 17 }, ""), "write to, please");
  assert.equal(repaired("a me@x.com b", { start: 2, end: 10 }, ""), "a b");
  assert.equal(repaired("me@x.com is mine", { start: 0, end: 8 }, ""), "is mine");
  assert.equal(repaired("请加me@x.com谢谢", { start: 2, end: 10 }, ""), "请加谢谢");
  assert.equal(repaired("one\nme@x.com\ntwo", { start: 4, end: 12 }, ""), "one\n\ntwo");
  assert.deepEqual(inUnits("😀 ab", { start: 2, end: 4 }), { start: 3, end: 5 });
});
