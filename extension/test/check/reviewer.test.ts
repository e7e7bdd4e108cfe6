import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { actsFor } from "../../src/check/acting";
import { attributesOf } from "../../src/check/attributes";
import { Fields } from "../../src/check/fields";
import { Reviewer } from "../../src/check/reviewer";
import { subjectsOf, textsOf } from "../../src/check/subjects";
import type { Host, ListingAtHand } from "../../src/features/kit/types";
import type { CheckFinding, ListingCheckParams, Waiver } from "../../src/shared/protocol.gen";
import { open, soon } from "../page/dom";

const spec = { page: "listing", listing: { title: [{ css: "[name=t]" }], bullets: [{ css: ".b" }], description: [{ css: "[name=d]" }], price: [{ css: "[name=price]" }], sku: [{ css: "[name=sku]" }] } } as unknown as ListingAtHand["spec"];
const PAGE = `<main><form><input name="t" value="📦 free lamp"><input class="b" value="folds free"><input class="b" value="light"><textarea name="d">free\nlamp</textarea>
  <label>Material<textarea name="material">free steel</textarea></label><input name="price" value="free 9"><input name="sku" value="FREE-1"><input name="weight" value="12.5">
  <input type="password" value="free secret"><input type="search" value="free search"><input type="email" value="free@mail"><div role="combobox"><input value="free choice"></div>
  <input name="tel" autocomplete="tel" value="free call"><input name="hidden" type="hidden" value="free hidden"><input name="closed" readonly value="free closed"></form></main>
  <form><input name="outside" value="free outside"></form>`;
const t = (key: string, data: object = {}): string => [key.startsWith("error_") ? `said ${key}` : key, ...Object.values(data)].join(" ");

let asked: ListingCheckParams[];
let waived: Waiver[];
let link: string;
let hidden: boolean;
let fail: object | null;
let told: number;
let life: AbortController;
let reviewer: Reviewer;
let fields: Fields;
let listing: ListingAtHand;
let host: Host;

/** Finds "free" wherever it stands. */
function findings({ texts }: ListingCheckParams): CheckFinding[] {
  return texts.flatMap(({ text }, part) =>
    Array.from(text.matchAll(/free/g), ({ index }) => {
      const start = [...text.slice(0, index)].length;
      return { part, rule: "promotion/free", version: 1, level: "error" as const, start, end: start + 4, text: "free", message: "", fix: "", source: "", as_of: "", alternatives: [], waiver: "", reason: "" };
    }),
  );
}

/** Waits for what a timer brings. */
async function until(there: () => boolean): Promise<void> {
  for (let tries = 0; !there(); tries += 1) {
    assert.ok(tries < 500, "it never happened");
    await soon(5);
  }
}

beforeEach(() => {
  open(PAGE);
  [asked, waived, link, hidden, fail, told, life] = [[], [], "ready", false, null, 0, new AbortController()];
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  host = {
    t,
    get state() {
      return { link };
    },
    ask: async ({ method, params }: { method: string; params: ListingCheckParams & { waiver: Waiver } }) => {
      if (fail) return { error: fail };
      if (method === "waivers.put") {
        waived.push(params.waiver);
        return { result: params };
      }
      asked.push(params);
      return { result: { findings: findings(params), pack: "p1" } };
    },
  } as unknown as Host;
  const snapshot = { shop: "A1", region: "US", lost: [], fields: { sku: "SKU-1", item: "", brand: "Own", category: "Lamps" } };
  listing = { marketplace: { name: "amazon" }, spec, document, host: "x", snapshot } as unknown as ListingAtHand;
  fields = new Fields(listing, t);
  fields.look();
  reviewer = new Reviewer(host, listing, fields, () => (told += 1), life.signal);
});
afterEach(() => life.abort());

test("title, bullets, description and attributes are checked; numbers, secrets, choices and other forms are not read", () => {
  assert.deepEqual(subjectsOf(spec, document, t).map(({ id, kind, index, label }) => [id, kind, index, label]), [
    ["title", "title", -1, ""],
    ["bullets-1", "bullets", 0, ""],
    ["bullets-2", "bullets", 1, ""],
    ["description", "description", -1, ""],
    ["attribute-1", "attributes", 0, "Material"],
    ["attribute-2", "attributes", 1, "weight"],
  ]);
});

test("an attribute within an open shadow root belongs to the editor", () => {
  const box = document.querySelector("form")!.appendChild(document.createElement("x-box"));
  box.setAttribute("name", "special_feature-0-value");
  box.attachShadow({ mode: "open" }).innerHTML = "<input value='free glow'>";
  const found = attributesOf(spec, document, [document.querySelector<HTMLInputElement>("[name=t]")!]);
  assert.equal(found.at(-1)!.label, "special feature");
});

test("the texts go with what is known of the listing, and findings stand in the field they were found in", async () => {
  reviewer.again();
  await until(() => told === 1);
  const [{ texts, ...rest }] = asked as [ListingCheckParams];
  assert.deepEqual(rest, { marketplace: "amazon", region: "US", shop: "A1", item: "SKU-1", category: "Lamps", brand: "Own", settled: false });
  assert.deepEqual(texts.map(({ field, index, text }) => `${field} ${index} ${text}`), ["title -1 📦 free lamp", "bullets 0 folds free", "bullets 1 light", "description -1 free\nlamp", "attributes 0 free steel"]);
  const places = reviewer.view.found.map(({ key, name }) => {
    const { watched, mark } = reviewer.markOf(key)!;
    return `${name}: ${watched.text.slice(0, mark.start)}|${watched.text.slice(mark.start, mark.end)}`;
  });
  assert.deepEqual(places, ["listing_field_title 0: 📦 |free", "listing_field_bullets_number 1: folds |free", "listing_field_description 0: |free", "Material: |free"]);
});

test("a list of bullets in one field is a bullet a line", () => {
  const [title] = subjectsOf(spec, document, t);
  const { sent, cut } = textsOf([{ ...title!, kind: "bullets", id: "bullets", lines: true }], () => "one\n\n 12\ntwo free");
  assert.deepEqual(sent.map(({ at, text, wire }) => [at, text, wire.index]), [[0, "one", 0], [9, "two free", 1]]);
  assert.equal(cut, false);
});

test("of endless text the beginning is checked, and that is said", () => {
  const [title] = subjectsOf(spec, document, t);
  const many = Array.from({ length: 5 }, (_, at) => ({ ...title!, id: String(at) }));
  const { sent, cut } = textsOf(many, () => "word ".repeat(5_000));
  assert.deepEqual([sent.length, sent.reduce((sum, { text }) => sum + text.length, 0), cut], [3, 60_000, true]);
});

test("an answer for texts that were edited meanwhile marks what still stands", async () => {
  const title = document.querySelector<HTMLInputElement>("[name=t]")!;
  const ask = host.ask.bind(host);
  host.ask = (async (request: never) => {
    const answer = await ask(request);
    title.value = "📦 a free lamp";
    document.querySelector<HTMLTextAreaElement>("[name=d]")!.value = "fre\nlamp";
    for (const watched of fields.all) watched.read();
    return answer;
  }) as Host["ask"];
  reviewer.again();
  await until(() => told === 1);
  const [first] = fields.all[0]!.marks;
  assert.equal(title.value.slice(first!.start, first!.end), "free");
  assert.deepEqual(fields.all.find(({ subject }) => subject.id === "description")!.marks, []);
});

test("without the companion nothing is marked, and it is said what to do; a page nobody looks at is not asked about", async () => {
  reviewer.again();
  await until(() => told === 1);
  link = "no_companion";
  reviewer.again();
  await until(() => told === 2);
  assert.deepEqual([reviewer.view.found, reviewer.view.trouble], [[], "said error_not_running"]);
  [link, hidden] = ["ready", true];
  reviewer.again();
  await soon(20);
  assert.equal(asked.length, 1);
  hidden = false;
  reviewer.again();
  await until(() => reviewer.view.found.length > 0);
  assert.equal(reviewer.view.trouble, "");
});

test("what the companion refuses is said", async () => {
  fail = { code: "too_large", retryable: false, data: {} };
  reviewer.again();
  await until(() => told === 1);
  assert.equal(reviewer.view.trouble, "said error_too_large");
});

test("a reason is kept for this listing or for all, with the words it is for", async () => {
  reviewer.again();
  await until(() => told === 1);
  const acts = actsFor(host, listing, reviewer, life.signal);
  const { key } = reviewer.view.found[0]!;
  assert.equal(acts.card(key).here, "editor_here");
  assert.equal(await acts.card(key).waive!("our own", false), "");
  assert.equal(await acts.card(key).waive!("our own", true), "");
  const shared = { rule: "promotion/free", reason: "our own", target: "listing", text: "free", marketplace: "amazon" };
  assert.deepEqual(waived, [{ ...shared, item: "SKU-1" }, { ...shared, item: "" }]);
  assert.equal(await acts.card("gone").waive!("x", false), "editor_changed");
  fail = { code: "not_running", retryable: true, data: {} };
  assert.equal(await acts.card(key).waive!("x", false), "said error_not_running");
});

test("a page that has changed is not written into", async () => {
  reviewer.again();
  await until(() => told === 1);
  (listing.snapshot as { lost: string[] }).lost = ["listing.title"];
  const acts = actsFor(host, listing, reviewer, life.signal);
  assert.equal(await acts.card(reviewer.view.found[0]!.key).repair!("paid"), "editor_page_changed");
  assert.equal(document.querySelector<HTMLInputElement>("[name=t]")!.value, "📦 free lamp");
});
