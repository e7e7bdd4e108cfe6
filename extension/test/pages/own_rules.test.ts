import assert from "node:assert/strict";
import { test } from "node:test";
import { brandOf, daysTo, draftOf as brandDraft, EMPTY as NEW_BRAND, lasting } from "../../src/pages/panel/own/brand";
import { draftOf, EMPTY, wordOf } from "../../src/pages/panel/own/word";
import type { OwnWord } from "../../src/shared/protocol.gen";

const NOW = new Date(2026, 10, 30, 23, 59);

test("words are one a line, each once, without what stands around them", () => {
  const made = wordOf({ ...EMPTY, words: "Anker \n\n 绿联\nAnker\n", instead: " ours ", why: " the boss " });
  assert.ok("word" in made);
  const kept: OwnWord = { id: "", words: ["Anker", "绿联"], instead: "ours", level: "warning", why: "the boss", applies_to: ["listing", "message"], marketplaces: [] };
  assert.deepEqual(made.word, kept);
  assert.deepEqual(wordOf(draftOf({ ...kept, id: "w1" })), { word: { ...kept, id: "w1" } }, "what is changed comes back as it was");
});

test("what no check could find is said before it is sent", () => {
  for (const words of ["", " \n ", "…", "ok\n!!", "x".repeat(201), Array.from({ length: 51 }, (_, at) => `w${at}`).join("\n")]) assert.deepEqual(wordOf({ ...EMPTY, words }), { problem: "words" });
  assert.ok("word" in wordOf({ ...EMPTY, words: "🙂a".repeat(100) }), "signs are counted as people count them");
  assert.deepEqual(wordOf({ ...EMPTY, words: "ok", targets: [] }), { problem: "where" });
});

test("a brand of one's own has nobody who authorised it", () => {
  const draft = { ...NEW_BRAND, name: " Brightpaw ", kind: "own" as const, holder: "somebody", number: " TM 1 " };
  assert.deepEqual(brandOf(draft), { brand: { id: "", name: "Brightpaw", kind: "own", marketplaces: [], holder: "", number: "TM 1", until: "", note: "" } });
  assert.deepEqual(brandOf({ ...draft, name: "®" }), { problem: "name" });
  assert.deepEqual(brandOf({ ...draft, until: "2026-02-30" }), { problem: "until" });
  assert.equal(brandDraft({ name: "x", kind: "licensed" }).until, "");
});

test("days are counted by the calendar, however late it is", () => {
  assert.equal(daysTo("2026-11-30", NOW), 0);
  assert.equal(daysTo("2026-12-01", NOW), 1);
  assert.equal(daysTo("2027-03-31", NOW), 121);
  for (const day of ["", "2026-13-01", "2026-11-31", "30.11.2026"]) assert.equal(daysTo(day, NOW), null);
});

test("an authorisation says when it ends, soon or already", () => {
  const told = (until: string, lapsed = false): unknown => lasting({ name: "x", kind: "licensed", until }, lapsed, NOW)?.key;
  assert.equal(told(""), undefined);
  assert.equal(told("2026-12-31"), "ownrules_until");
  assert.equal(told("2026-12-30"), "ownrules_due");
  assert.equal(told("2026-11-30"), "ownrules_due_today");
  assert.equal(told("2026-11-29", true), "ownrules_lapsed");
});
