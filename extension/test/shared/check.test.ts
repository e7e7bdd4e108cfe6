import assert from "node:assert/strict";
import { test } from "node:test";
import { problemIn, problemInTopic, problemOf } from "../../src/shared/check";

const thread = { marketplace: "tiktok", shop: "749", region: "US", thread: "c1" };

test("a proper request passes, optional fields or not", () => {
  assert.equal(problemOf("thread.get", "params", { thread }), "");
  assert.equal(problemOf("thread.get", "params", { thread: { ...thread, buyer: "安娜" } }), "");
  assert.equal(problemInTopic("settings", { locale: "en" }), "");
});

test("unknown, missing and wrongly typed fields are named", () => {
  assert.match(problemOf("thread.get", "params", { thread: { ...thread, extra: 1 } }), /thread\.extra: unknown field/);
  assert.match(problemOf("thread.get", "params", { thread: { marketplace: "tiktok" } }), /thread\.shop: missing/);
  assert.match(problemOf("thread.get", "params", { thread: { ...thread, shop: 7 } }), /not a string/);
  assert.match(problemOf("thread.get", "params", null), /not an object/);
  assert.match(problemOf("no.such", "params", {}), /no params known/);
  assert.match(problemOf("constructor", "params", {}), /no params known/);
});

test("bounds hold: length in code points, patterns, lists, numbers, choices", () => {
  const item = (text: string) => ({ items: [{ ref: "1", text }], purpose: "read" });
  assert.equal(problemOf("translate", "params", item("😀".repeat(20_000))), "");
  assert.match(problemOf("translate", "params", item("x".repeat(20_001))), /20001 characters/);
  assert.match(problemOf("translate", "params", { items: [], purpose: "read" }), /0 entries/);
  assert.match(problemOf("translate", "params", { items: [{ ref: "1", text: "" }], purpose: "sing" }), /not one of/);
  assert.match(problemIn("ThreadRef", { ...thread, marketplace: "a b" }), /does not fit/);
  assert.match(problemOf("thread.list", "params", { limit: 1.5 }), /whole/);
  assert.match(problemOf("thread.list", "params", { limit: 101 }), /out of range/);
  assert.equal(problemOf("settings.set", "params", { locale: null }), "");
});
