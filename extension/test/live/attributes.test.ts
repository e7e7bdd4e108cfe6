// What a category asks for besides, read in the page; tests/unit/pages/test_parity_listing.py holds it against captures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAttributes } from "../../src/sites/attributes";
import { open } from "../page/dom";

const rows = { row: [{ css: ".row" }], name: [{ css: "label" }], value: [{ css: "input" }, { css: "select" }] };
const read = (...fields: [label: string, field: string][]) => {
  open(fields.map(([label, field]) => `<div class=row><label>${label}</label>${field}</div>`).join(""));
  return readAttributes(document, rows);
};

test("attributes are told by what the editor calls them, several of one name as one", () => {
  const found = read(["Material", "<input value=' Steel '>"], ["Finish", "<select><option>Matt<option selected>Gloss</select>"], ["Material", "<input value=Glass>"], ["Empty", "<input>"], ["", "<input value=nameless>"]);
  assert.deepEqual(found, { Material: "Steel; Glass", Finish: "Gloss" });
});

for (const field of ["<input type=password value=secret>", "<input type=tel value=13800000000>", "<input type=email value='at home'>", "<input value='write to mei@example.invalid'>", "<input value='+86 138 0000 0000'>"])
  test(`${field} is no attribute`, () => {
    assert.deepEqual(read(["Contact", field], ["GTIN", "<input value=4710000000000>"]), { GTIN: "4710000000000" });
  });

test("they are bounded in number and length", () => {
  const found = Object.entries(read(...Array.from({ length: 70 }, (_, at): [string, string] => [`${at} ${"n".repeat(300)}`, `<input value=${"v".repeat(300)}>`])));
  assert.equal(found.length, 60);
  assert.ok(found.every(([name, value]) => name.length === 200 && value.length === 200));
});

test("a description without them reads none", () => {
  open("<div class=row><label>Material</label><input value=Steel></div>");
  assert.deepEqual(readAttributes(document, undefined), {});
});
