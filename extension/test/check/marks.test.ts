import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, gravest, type CheckFinding, type Level } from "../../src/check/finding";
import { edit, marksOf, moved, named, type Mark } from "../../src/check/marks";
import { unitsIn } from "../../src/check/points";
import { replaced, spanFor } from "../../src/check/span";

/** A finding of `words` in `text`, in code points as the wire has it. */
function found(text: string, words: string, more: Partial<CheckFinding> = {}): CheckFinding {
  const at = [...text.slice(0, text.indexOf(words))].length;
  return { rule: "promotion/free", text: words, start: at, end: at + [...words].length, level: "error", waiver: "", ...more } as CheckFinding;
}
const words = (text: string, marks: readonly Mark[]): string[] => marks.map(({ start, end }) => text.slice(start, end));

test("the wire counts code points, the browser UTF-16 units", () => {
  const text = "📦📦 free 𝓗";
  const unit = unitsIn(text);
  assert.deepEqual([unit(0), unit(1), unit(2), unit(3), unit(8)], [0, 2, 4, 5, 10]);
  assert.equal(unit(9), text.length);
  assert.ok(unit(20) > text.length, "behind the end is nowhere");
  assert.equal(unitsIn("plain")(3), 3);
  assert.deepEqual(words(text, marksOf({ text, at: 0 }, [found(text, "free"), found(text, "𝓗")])), ["free", "𝓗"]);
});

test("a piece's marks stand where the piece stands in its field", () => {
  const [mark] = marksOf({ text: "free 📦", at: 10 }, [found("free 📦", "📦")]);
  assert.deepEqual([mark!.start, mark!.end], [15, 17]);
});

test("what the text does not say is not marked", () => {
  const finding = { ...found("free shipping", "free"), start: 1, end: 5 };
  assert.deepEqual(marksOf({ text: "free shipping", at: 0 }, [finding, { ...finding, start: 90, end: 94 }]), []);
});

test("a finding about the whole field is a mark without words", () => {
  assert.deepEqual(marksOf({ text: "long", at: 0 }, [{ ...found("long", "long"), text: "", end: 0 }]).map(({ start, end }) => [start, end]), [[0, 0]]);
});

test("after an edit marks in front stay, those behind move, and what was touched is gone", () => {
  const was = "free bottle, cure, best";
  const marks = marksOf({ text: was, at: 0 }, ["free", "cure", "best"].map((each) => found(was, each)));
  const cases: [string, string[]][] = [
    ["free bottle, cuure, best", ["free", "best"]],
    ["a free bottle, cure, best", ["free", "cure", "best"]],
    ["free, cure, best", ["free", "cure", "best"]],
    ["free bottle, cure, best!", ["free", "cure", "best"]],
    ["fre", []],
    ["", []],
  ];
  for (const [now, left] of cases) assert.deepEqual(words(now, moved(marks, was, now)), left, now);
});

test("whatever is typed, a mark never stands on other words than it was found in", () => {
  let seed = 7;
  const chance = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 500; round += 1) {
    const was = Array.from({ length: 30 }, () => "ab "[chance(3)]).join("");
    const start = chance(25);
    const marks: Mark[] = [{ key: "", finding: found(was, was), start, end: start + 1 + chance(4) }];
    const at = chance(30);
    const now = was.slice(0, at) + "ab ".slice(chance(3)) + was.slice(at + chance(4));
    for (const mark of moved(marks, was, now)) assert.equal(now.slice(mark.start, mark.end), was.slice(start, marks[0]!.end), `${was}|${now}`);
  }
});

test("an edit is the smallest stretch that differs", () => {
  assert.deepEqual(edit("abcd", "abxd"), { from: 2, to: 3, by: 0 });
  assert.deepEqual(edit("aa", "aaa"), { from: 2, to: 2, by: 1 });
  assert.deepEqual(edit("abc", ""), { from: 0, to: 3, by: -3 });
});

test("the same words twice are two marks with names that last", () => {
  const text = "free and free";
  const finding = found(text, "free");
  const marks = named(marksOf({ text, at: 0 }, [{ ...finding, start: 9, end: 13 }, finding]));
  assert.deepEqual(marks.map(({ start }) => start), [0, 9]);
  assert.notEqual(marks[0]!.key, marks[1]!.key);
  // the first is mended; what is pressed on the card of the second still means the second
  const now = "paid and free, free";
  const left = moved(marks, text, "paid and free");
  const anew = named(marksOf({ text: now, at: 0 }, [{ ...finding, start: 15, end: 19 }, { ...finding, start: 9, end: 13 }]), left);
  assert.equal(anew[0]!.key, marks[1]!.key);
  assert.equal(new Set(anew.map(({ key }) => key)).size, 2);
});

test("findings are grouped by level, the gravest first, and apart what was excused", () => {
  const all = (["suggestion", "error", "warning", "error"] as Level[]).map((level, at) => ({ at, finding: found("x", "x", { level, waiver: at === 3 ? "w1" : "" }) }));
  const { levels, excused } = grouped(all);
  assert.deepEqual(levels.map(({ level, all: own }) => [level, own.map(({ at }) => at)]), [["error", [1]], ["warning", [2]], ["suggestion", [0]]]);
  assert.deepEqual(excused.map(({ at }) => at), [3]);
  assert.equal(gravest([{ level: "suggestion" }, { level: "warning" }]), "warning");
});

test("words that are taken out leave no gap behind", () => {
  const without = (text: string, gone: string): string => {
    const start = text.indexOf(gone);
    return replaced(text, spanFor(text, { start, end: start + gone.length }, ""), "");
  };
  assert.equal(without("a free bottle", "free"), "a bottle");
  assert.equal(without("free bottle", "free"), "bottle");
  assert.equal(without("a bottle, free", "free"), "a bottle");
  assert.equal(without("bottle free, blue", "free"), "bottle, blue");
  assert.equal(without("line\nfree bottle", "free"), "line\nbottle");
  assert.equal(without("包邮水杯", "包邮"), "水杯");
  assert.equal(without("Lamp, free shipping, white", "free shipping"), "Lamp, white");
  assert.equal(without("Best seller, lamp", "Best seller"), "lamp");
  assert.equal(without("Best seller: lamp", "Best seller"), "lamp");
  assert.equal(without("无毒，环保，可爱", "环保"), "无毒，可爱");
  assert.equal(without("Lamp - best seller - white", "best seller"), "Lamp - white");
  assert.equal(without("Lamp | best seller", "best seller"), "Lamp");
  assert.equal(without("Lamp - best seller!", "best seller"), "Lamp!");
  assert.equal(without("Lamp (best seller) white", "best seller"), "Lamp white");
  assert.equal(without("台灯【爆款】白色", "爆款"), "台灯白色");
  assert.equal(without("It is white. Best seller!! It is light.", "Best seller"), "It is white. It is light.");
  assert.equal(without("It is white. Best seller!", "Best seller"), "It is white.");
  assert.equal(without("It is free, eco-friendly.", "eco-friendly"), "It is free.");
  assert.equal(without("Steel, eco-friendly and light", "eco-friendly"), "Steel, and light");
  assert.equal(without("line, \nfree, bottle", "free"), "line, \nbottle");
  assert.equal(without("top-rated free-standing", "free"), "top-rated -standing");
  assert.equal(without("free", "free"), "");
  assert.deepEqual(spanFor("a free b", { start: 2, end: 6 }, "x"), { start: 2, end: 6 });
});
