import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne, rowElements } from "../../src/sites/rows";
import { open, spec } from "./dom";

const directions = (system_texts: string[]): string[] => {
  open("<div class='row in'><pre>Чат по товару 1234</pre></div><div class='row in'><pre>Это чат по товару 1234?</pre></div><div class='row in'></div>");
  const page = spec({ messages: { ...spec().messages, system_texts } });
  return rowElements(document as unknown as Document, page).map((row) => readOne(row, page).direction);
};

test("a notice drawn like a message is told by its words alone", () => {
  assert.deepEqual(directions([]), ["buyer", "buyer", "buyer"]);
  assert.deepEqual(directions(["^Чат по товару \\d+$"]), ["system", "buyer", "buyer"]);
  assert.deepEqual(directions(["nothing of the kind", "по товару"]), ["system", "system", "buyer"]);
});

test("a pattern no browser knows takes nothing for a notice", () => {
  assert.deepEqual(directions(["(", ".*("]), ["buyer", "buyer", "buyer"]);
});
