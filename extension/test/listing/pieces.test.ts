import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { together, translated } from "../../src/listing/ask";
import { fieldsOf, otherField } from "../../src/listing/fields";
import { lossesOf } from "../../src/listing/losses";
import { marketLanguage } from "../../src/listing/market";
import { portions } from "../../src/listing/portions";
import type { ListingPage, Translated } from "../../src/shared/protocol.gen";
import { open } from "../page/dom";

declare const __EXTENSION__: string;
const vectors = JSON.parse(readFileSync(join(__EXTENSION__, "../tests/contract/vectors/portions.json"), "utf8")) as { most: number; text: string; portions: string[] }[];
const made = (text: string, more: Partial<Translated> = {}): Translated => ({ ref: "0", text, source: "zh", target: "de", sure: true, engine: "argos", match: "machine", doubt: [], missing: [], ...more });

test("a long field is cut where the companion cuts it, and no half of a pair crosses the wire", () => {
  for (const { most, text, portions: wanted } of vectors) assert.deepEqual(portions(text, most), wanted);
  const faces = "😀".repeat(30);
  assert.equal(portions(faces, 7).join(""), faces);
  for (const portion of portions(faces, 7)) assert.equal(encodeURIComponent(portion).includes("%EF%BF%BD"), false);
});

test("every portion is asked for as a listing's, in order, and one that has no translation ends it", async () => {
  const asked: string[] = [];
  const steps: [number, number][] = [];
  let none = false;
  const host = {
    ask: async ({ params }: { params: { items: { text: string }[]; purpose: string; shop: object; source: string; target: string } }) => {
      asked.push(`${params.purpose} ${params.source}>${params.target} ${params.items[0]!.text.length}`);
      return { result: { items: [none ? made("", { match: "none" }) : made(`${params.items[0]!.text.length};`, { doubt: ["echo"], destination: "a.example" })] } };
    },
  } as unknown as Host;
  const way = { shop: { marketplace: "amazon", shop: "A1" }, source: "zh", target: "de" };
  const text = "一句话。".repeat(1_200);
  const told = await translated(host, text, way, (done, of) => steps.push([done, of]), new AbortController().signal);
  assert.deepEqual(asked, ["listing zh>de 2000", "listing zh>de 2000", "listing zh>de 800"]);
  assert.deepEqual(steps, [[0, 3], [1, 3], [2, 3]]);
  assert.deepEqual(told && "item" in told && [told.item.text, told.item.doubt, told.item.destination], ["2000;2000;800;", ["echo"], "a.example"]);
  none = true;
  asked.length = 0;
  const nothing = await translated(host, text, way, () => undefined, new AbortController().signal);
  assert.equal(asked.length, 1);
  assert.equal(nothing && "item" in nothing && nothing.item.match, "none");
  const endless = await translated(host, "字".repeat(100_001), way, () => undefined, new AbortController().signal);
  assert.equal(endless && "failure" in endless && endless.failure.code, "too_large");
  assert.equal(asked.length, 1, "nothing was asked for it");
});

test("portions together are as sure as the least sure of them", () => {
  const whole = together([made("a "), made("b", { match: "same", sure: false, destination: "x y" }), made("c", { destination: "x" })]);
  assert.deepEqual([whole.text, whole.sure, whole.match, whole.destination], ["a bc", false, "machine", "x y"]);
  assert.equal(together([made("a"), made("", { match: "none" })]).text, "");
});

test("the market's language comes from its region, Amazon's id of it, or the host", () => {
  assert.equal(marketLanguage("BR", "seller-br.tiktok.com"), "pt");
  assert.equal(marketLanguage("A1PA6795UKMFR9", "sellercentral.amazon.com"), "de");
  assert.equal(marketLanguage("", "www.ebay.fr"), "fr");
  assert.equal(marketLanguage("SOMETHING", "seller.example"), "en");
});

const spec = {
  page: "listing",
  title_limit: 80,
  bullet_limit: 500,
  listing: {
    title: [{ css: "#gone" }, { css: "x-field >>> textarea" }],
    bullets: [{ css: "li" }],
    description: [{ css: "[name=d]", attr: "value" }, { css: "[name=d]" }],
    brand: [{ css: "[name=brand]" }],
    keywords: [{ css: "[name=k]" }],
  },
} as unknown as ListingPage;

test("the fields for words are found as elements: in shadow roots, a list in an editor as one, with the limits that are stated", () => {
  open('<x-field></x-field><div id="list" contenteditable="true"><ul><li>one</li><li>two</li></ul></div><textarea name="d" maxlength="90">words</textarea><input name="brand" value="Acme"><input name="k" value="lamp" readonly><input id="size" aria-label=" Special  feature " value="Dimmable"><input id="empty"><input id="pass" type="password" value="x">');
  for (const editable of document.querySelectorAll("[contenteditable], [contenteditable] *")) Object.defineProperty(editable, "isContentEditable", { value: true });
  document.querySelector("x-field")!.attachShadow({ mode: "open" }).innerHTML = '<textarea maxlength="200">title</textarea>';
  const fields = fieldsOf(spec, document);
  assert.deepEqual(fields.map(({ id, limit }) => [id, limit]), [["title", 80], ["bullets", 0], ["description", 90]]);
  assert.equal(fields[1]!.field, document.querySelector("#list"));
  const at = (id: string): Element => document.getElementById(id) as Element;
  assert.deepEqual([otherField(at("size"), fields, 1)?.id, otherField(at("size"), fields, 1)?.label], ["other-1", "Special feature"]);
  for (const id of ["empty", "pass", "list"]) assert.equal(otherField(at(id), fields, 1), null, id);
});

test("an editor tells what words alone would take away from it", () => {
  open('<textarea id="a">x</textarea><div id="b"><p>x</p></div><div id="c"><p><b>x</b></p></div><div id="d"><p><b>x</b><img></p></div>');
  assert.deepEqual(["a", "b", "c", "d"].map((id) => lossesOf(document.getElementById(id) as HTMLElement)), ["", "", "looks", "things"]);
});
