import assert from "node:assert/strict";
import { test } from "node:test";
import { take } from "../../src/anywhere/taken";
import { editable } from "../../src/insertion/editable";
import { anywhereTexts } from "../../src/background/anywhere";
import { open } from "./dom";

test("the field with the caret is taken, and what must not be read is not", () => {
  open('<input id="a" value="Hi"><input id="b" type="password" value="secret"><input id="c" type="number" value="7"><textarea id="d" readonly>kept</textarea><textarea id="e">Hello</textarea>');
  const field = (id: string): Element => document.getElementById(id) as Element;
  assert.deepEqual(["a", "b", "c", "d", "e"].filter((id) => editable(field(id)) !== null), ["a", "e"]);
  (field("e") as HTMLElement).focus();
  assert.equal(take(document)?.text, "Hello");
  assert.equal(take(document)?.field, field("e"));
  (field("b") as HTMLElement).focus();
  assert.equal(take(document), null);
});

test("an empty field leaves the selection to speak; our own bar is no field of the page's", () => {
  open('<p>words</p><textarea id="empty"></textarea><div data-seabridge="bar"><textarea id="ours">mine</textarea></div>');
  assert.equal(editable(document.getElementById("ours") as Element), null);
  (document.getElementById("empty") as HTMLElement).focus();
  assert.equal(take(document), null);
});

test("a page gets the card's own words and no others", () => {
  assert.deepEqual(Object.keys(anywhereTexts({ anywhere_title: "", panel_title: "", options_x: "", error_busy: "", wording_x: "" })), ["anywhere_title", "error_busy"]);
});
