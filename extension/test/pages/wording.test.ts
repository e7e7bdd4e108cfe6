import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, exportName, undeclared, whole } from "../../src/pages/panel/wording/files";
import { ALL, shopsOf } from "../../src/pages/panel/wording/shops";
import { draftOf, EMPTY, termIn, termOf } from "../../src/pages/panel/wording/term";
import { stepped } from "../../src/pages/panel/tabs";

test("a form becomes a term only when it can be used", () => {
  const render = { ...EMPTY, text: " 加大码 ", language: "zh", keep: false };
  assert.deepEqual(termOf({ ...EMPTY, text: "!?" }), { problem: "text" });
  assert.deepEqual(termOf(render), { problem: "renderings" });
  assert.deepEqual(termOf({ ...render, renderings: [["en", "plus size"], ["en", "XL"]] }), { problem: "language" });
  assert.deepEqual(termOf({ ...render, renderings: [["zh", "大码"]] }), { problem: "language" }, "a word has one name in its own language");
  assert.deepEqual(termOf({ ...render, renderings: [["", "plus size"]] }), { problem: "language" });
  const made = termOf({ ...render, renderings: [["en", "plus  size"], ["es", ""]] });
  assert.ok("term" in made);
  assert.equal(made.term.text, "加大码");
  assert.deepEqual(made.term.renderings, { en: "plus size" });
  assert.deepEqual(termOf(draftOf(made.term)), made, "opened and saved again it stays the same");
});

test("a kept term drops what was typed for the other choice", () => {
  const made = termOf({ ...EMPTY, text: "Anker", language: "zh", keep: true, renderings: [["", "安克"]] });
  assert.ok("term" in made);
  assert.deepEqual([made.term.keep, made.term.language, made.term.renderings], [true, "", {}]);
});

test("a selection offers itself when it is a word, not a sentence or a paragraph", () => {
  assert.equal(termIn(" PowerCore  10K, "), "PowerCore 10K");
  assert.equal(termIn("“加大码”？"), "加大码");
  for (const not of ["", "…", "two\nlines", "x".repeat(61)]) assert.equal(termIn(not), "");
});

test("files are read in the encodings spreadsheets write", () => {
  assert.equal(decoded(new TextEncoder().encode("尺码,en")), "尺码,en");
  assert.equal(decoded(Uint8Array.of(0xb3, 0xdf, 0xc2, 0xeb)), "尺码", "Excel on a Chinese Windows");
  assert.equal(decoded(Uint8Array.of(0xff, 0xfe, 0x3a, 0x5c)), "尺");
  assert.equal(decoded(Uint8Array.of(0xfe, 0xff, 0x5c, 0x3a)), "尺");
  assert.equal(undeclared('<?xml version="1.0" encoding="UTF-16"?><tmx/>'), '<?xml version="1.0"?><tmx/>');
  assert.equal(undeclared('<tmx encoding="x"/>'), '<tmx encoding="x"/>');
});

test("an export is fetched piece by piece and never in a circle", async () => {
  const file = ["one ", "two ", "three"];
  const piece = async (offset: number) => ({ result: { content: file[offset] ?? "", next: offset + 1 < file.length ? offset + 1 : 0 } });
  assert.deepEqual(await whole(piece), { text: "one two three" });
  assert.ok("error" in (await whole(async () => ({ result: { content: "x", next: 1 } }))));
  assert.equal(exportName("glossary", "店 7495/..", "csv", new Date(2026, 2, 1)), "seabridge-glossary--7495--20260301.csv");
});

test("every shop account is offered once; what all share is not one of them", () => {
  const at = (marketplace: string, shop: string) => ({ marketplace, shop });
  assert.deepEqual(shopsOf([at("shopee", "1"), at("tiktok-shop", "1"), at("shopee", "1"), ALL]), [at("shopee", "1"), at("tiktok-shop", "1")]);
});

test("tabs are walked with arrows, Home and End, and no other key", () => {
  assert.equal(stepped("ArrowRight", 2, 3), 0);
  assert.equal(stepped("ArrowLeft", 0, 3), 2);
  assert.equal(stepped("End", 0, 3), 2);
  assert.equal(stepped("Home", 2, 3), 0);
  assert.equal(stepped("Tab", 0, 3), null);
  assert.equal(stepped("ArrowRight", -1, 3), null);
});
