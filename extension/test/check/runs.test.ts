import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, rangeOf, readRuns } from "../../src/check/runs";
import { open } from "../page/dom";

function root(html: string): HTMLElement {
  open(`<div id="field">${html}</div>`);
  return document.querySelector<HTMLElement>("#field")!;
}

test("blocks and breaks are lines, and what nobody reads is left out", () => {
  const { text } = readRuns(root("\n  <h3>Why</h3>\n <p>two <b>loads</b><br>clean</p><ul><li><p>one</p></li></ul><style>p{}</style><i data-seabridge>ours</i>"));
  assert.equal(text.replace(/\n$/, ""), "Why\ntwo loads\nclean\none");
});

test("white space of the source is a blank, unless it stands as written", () => {
  assert.equal(readRuns(root("a\n\tb")).text, "a  b");
  assert.equal(readRuns(root("a\n\tb"), true).text, "a\n\tb");
  assert.equal(readRuns(root("<pre>a\nb</pre>")).text.trim(), "a\nb");
});

test("every character is found in its node, across formatting", () => {
  const field = root("<p>fr<b>ee ship</b>ping</p><p>📦 best</p>");
  const runs = readRuns(field);
  for (const words of ["free shipping", "best", "📦"]) {
    const start = runs.text.indexOf(words);
    const range = rangeOf(runs, start, start + words.length)!;
    assert.equal(range.toString(), words);
  }
  assert.equal(placeOf(runs, 0)!.node.data, "fr");
  assert.equal(placeOf(runs, 2)!.node.data, "ee ship");
});

test("what is not there any more has no range", () => {
  const field = root("<p>free</p>");
  const runs = readRuns(field);
  assert.equal(rangeOf(runs, 0, 40), null);
  field.querySelector("p")!.firstChild!.nodeValue = "fr";
  assert.equal(rangeOf(runs, 0, 4), null);
  assert.equal(rangeOf({ text: "", runs: [] }, 0, 1), null);
});
