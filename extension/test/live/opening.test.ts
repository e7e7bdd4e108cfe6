import assert from "node:assert/strict";
import { test } from "node:test";
import { Opening, STILL_MS, wordsOf } from "../../src/live/opening";
import type { ListingFields } from "../../src/sites/listing";

const EMPTY: ListingFields = { title: "", bullets: [], description: "", brand: "", keywords: "", price: "", stock: "", category: "", images: [], attributes: {}, sku: "", item: "" };
const fields = (some: Partial<ListingFields>): ListingFields => ({ ...EMPTY, ...some });
const LAMP = fields({ title: "Lamp", price: "9", item: "1" });

test("what stands still is the listing, and what is still being drawn is none", () => {
  const opening = new Opening("1", 0);
  opening.look(fields({ title: "La" }), 0);
  opening.look(LAMP, 1_500);
  assert.equal(opening.saved(STILL_MS), null, "it changed a moment ago");
  assert.equal(opening.waits(STILL_MS), 1_500);
  assert.deepEqual(opening.saved(1_500 + STILL_MS), LAMP);
});

test("attributes that another click may have chosen are as they stood before", () => {
  const opening = new Opening("1", 0);
  opening.look(fields({ ...LAMP, attributes: { Colour: "Black" } }), 0);
  opening.hand("click", 50);
  opening.look(fields({ ...LAMP, attributes: { Colour: "White" } }), 100);
  assert.deepEqual(opening.saved(STILL_MS)?.attributes, { Colour: "Black" });
});

test("a page without a title is no listing", () => {
  const opening = new Opening("1", 0);
  opening.look(fields({ price: "9", item: "1" }), 0);
  assert.equal(opening.saved(10_000), null);
});

for (const type of ["beforeinput", "input", "change", "drop"])
  test(`after ${type} nothing that stands there counts`, () => {
    const opening = new Opening("1", 0);
    opening.look(LAMP, 0);
    opening.hand(type, 50);
    opening.look(fields({ ...LAMP, title: "Lantern" }), 100);
    assert.equal(opening.saved(60_000), null, "it had not stood still before");
    assert.equal(opening.waits(60_000), null);
  });

test("what had stood still before anybody typed can be told afterwards", () => {
  const opening = new Opening("1", 0);
  opening.look(LAMP, 0);
  opening.hand("input", STILL_MS);
  opening.look(fields({ ...LAMP, title: "Lantern" }), STILL_MS + 100);
  opening.hand("input", 60_000);
  assert.deepEqual(opening.saved(60_000), LAMP);
});

test("what was drawn behind a tab that was opened is added, what was chosen by a click is not", () => {
  const opening = new Opening("1", 0);
  opening.look(LAMP, 0);
  opening.hand("pointerdown", 3_000);
  opening.hand("keydown", 3_000);
  opening.look(fields({ ...LAMP, price: "8", description: "Bright", brand: "New", images: ["https://x/1"] }), 5_000);
  assert.deepEqual(opening.saved(5_000 + STILL_MS), fields({ ...LAMP, description: "Bright" }));
});

test("a field that is hidden for a while loses nothing", () => {
  const opening = new Opening("1", 0);
  opening.look(LAMP, 0);
  opening.look(fields({ title: "Lamp" }), 1_000);
  assert.deepEqual(opening.saved(STILL_MS), LAMP);
});

test("the listing before, whose fields still stand there, is not taken for the next", () => {
  const opening = new Opening("2", 0, { before: wordsOf(LAMP) });
  opening.look(fields({ ...LAMP, item: "2" }), 0);
  assert.equal(opening.saved(60_000), null);
  opening.look(fields({ title: "Rug", item: "2" }), 60_000);
  assert.deepEqual(opening.saved(60_000 + STILL_MS), fields({ title: "Rug", item: "2" }), "nothing of the lamp is left");
});

test("an editor somebody may have typed into before tells nothing", () => {
  const opening = new Opening("1", 0, { unsure: true });
  opening.look(LAMP, 0);
  assert.equal(opening.saved(60_000), null);
});
