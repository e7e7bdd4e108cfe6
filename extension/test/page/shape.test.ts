import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Shape } from "../../src/shared/protocol.gen";
import { aboveOf, fits, kindOf, partsOf, shapeOf, stillFits } from "../../src/sites/shape";
import { open } from "./dom";

interface Vectors {
  html: string;
  read: Record<string, { kind: string; above: string[]; parts: string[] }>;
  fits: { shape: Shape; as: string; fits: boolean }[];
}

/** Python reads the same page alike (tests/unit/pages/test_shape.py). */
const vectors = JSON.parse(readFileSync("../tests/contract/vectors/shapes.json", "utf8")) as Vectors;
const as = (name: string): Element => (document as unknown as Document).querySelector(`[data-as=${name}]`) as Element;

test("kinds, surroundings and parts, as in saved pages", () => {
  open(vectors.html);
  for (const [name, { kind, above, parts }] of Object.entries(vectors.read)) assert.deepEqual({ kind: kindOf(as(name)), above: aboveOf(as(name)), parts: partsOf(as(name)) }, { kind, above, parts }, name);
  for (const { shape, as: name, fits: wanted } of vectors.fits) assert.equal(fits(shape, as(name)), wanted, JSON.stringify(shape));
});

test("a shape keeps the parts that nearly all have, and reaches across shadow roots", () => {
  open(`<main><ul>${'<li><img alt=""><p>a</p></li>'.repeat(9)}<li><p>notice</p></li></ul><x-composer></x-composer></main>`);
  const rows = Array.from((document as unknown as Document).querySelectorAll("li"));
  assert.deepEqual(shapeOf("messages.row", rows), { field: "messages.row", kind: "li", above: ["ul", "main"], parts: ["img", "words"], count: 10, side: "" });
  assert.equal(shapeOf("messages.row", []), null);
  const host = (document as unknown as Document).querySelector("x-composer") as Element;
  host.attachShadow({ mode: "open" }).innerHTML = "<div><textarea></textarea></div>";
  assert.deepEqual(aboveOf(host.shadowRoot?.querySelector("textarea") as Element), ["x-composer", "main"]);
  assert.deepEqual(partsOf(host), ["textarea"]);
});

test("half of several have to fit; nothing found is no misfit", () => {
  open("<main><ul><li>a</li><li>b</li></ul><p>c</p><p>d</p><p>e</p></main>");
  const all = (css: string): Element[] => Array.from((document as unknown as Document).querySelectorAll(css));
  const shape = shapeOf("messages.row", all("li")) as Shape;
  assert.equal(stillFits(shape, all("li")), true);
  assert.equal(stillFits(shape, [...all("li"), ...all("p").slice(0, 2)]), true);
  assert.equal(stillFits(shape, [...all("li"), ...all("p")]), false);
  assert.equal(stillFits(shape, []), true);
});
