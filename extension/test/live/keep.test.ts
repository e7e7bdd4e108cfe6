import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { openListing } from "../../src/live/listing";
import type { ListingSeenParams } from "../../src/shared/protocol.gen";
import { open } from "../page/dom";

const spec = {
  page: "listing",
  id: "product",
  root: [{ css: "[name=title]" }],
  listing: { title: [{ css: "[name=title]" }], description: [{ css: "textarea" }], sku: [{ css: "[name=sku]" }], item: [{ path: true, pattern: "/product/(\\d+)" }] },
  draft: [{ path: true, pattern: "/(new)$" }],
};
const FORM = "<input name=title value=Lamp><textarea>Bright</textarea><input name=sku value=HL-1>";
let told: ListingSeenParams[];
let life: AbortController;
let now: number;
let url: string;
let taken: boolean | Error;

async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 250) {
    now += 250;
    mock.timers.tick(250);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function enter(form = FORM, address = "https://m.example/product/7"): void {
  open(`<form>${form}</form>`);
  url = address;
  start();
}

function start(): void {
  const host = {
    ask: async ({ params }: { params: ListingSeenParams }) => {
      told.push(params);
      if (taken instanceof Error) throw taken;
      return taken;
    },
    onPush: () => undefined,
  };
  openListing(host as unknown as Host, { marketplace: { name: "m" }, spec, document, place: () => ({ document, url: new URL(url) }), tell: () => undefined } as never, life.signal);
}

/** As a person would: the browser says of such events that they are to be trusted. */
function hand(type: string, target: Element): void {
  const event = new Event(type, { bubbles: true, composed: true });
  Object.defineProperty(event, "isTrusted", { value: true });
  target.dispatchEvent(event);
}

const field = (css: string): HTMLInputElement => document.querySelector<HTMLInputElement>(css) as HTMLInputElement;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  [now, told, life, taken] = [10_000, [], new AbortController(), true];
  mock.method(performance, "now", () => now);
});

test("the listing is told once it stands still, and not again while it stays the same", async () => {
  enter();
  await pass(1_500);
  assert.equal(told.length, 0);
  await pass(8_000);
  assert.equal(told.length, 1);
  const { marketplace, page, listing } = told[0] as ListingSeenParams;
  assert.deepEqual([marketplace, page, listing.title, listing.description, listing.sku, listing.item], ["m", "product", "Lamp", "Bright", "HL-1", "7"]);
});

test("what is typed is never told, what a script of the page draws later is", async () => {
  enter();
  await pass(4_000);
  field("textarea").value = "Bright and warm";
  await pass(6_000);
  assert.equal(told.at(-1)?.listing.description, "Bright and warm");
  field("[name=title]").value = "Lantern";
  hand("input", field("[name=title]"));
  await pass(10_000);
  assert.equal(told.length, 2);
});

test("an editor that was typed into stays so when it is read anew", async () => {
  enter();
  field("[name=title]").value = "Lantern";
  hand("input", field("[name=title]"));
  await pass(4_000);
  life.abort();
  life = new AbortController();
  start();
  await pass(10_000);
  assert.equal(told.length, 0);
});

test("a press in our own sheet may put text into the page", async () => {
  enter();
  const sheet = document.createElement("div");
  sheet.dataset["seabridge"] = "listing";
  document.body.append(sheet);
  hand("pointerdown", sheet);
  field("[name=title]").value = "Lampe";
  await pass(10_000);
  assert.equal(told.length, 0);
});

test("another listing in the same editor is another one, told when it is drawn", async () => {
  enter();
  await pass(4_000);
  url = "https://m.example/product/8";
  await pass(6_000);
  assert.equal(told.length, 1, "the fields are still those of the first");
  field("[name=title]").value = "Rug";
  field("textarea").value = "";
  await pass(6_000);
  assert.deepEqual([told[1]?.listing.item, told[1]?.listing.title, told[1]?.listing.description], ["8", "Rug", ""]);
});

test("what is not on sale yet, and what has no number, is not told", async () => {
  enter(FORM, "https://m.example/product/new");
  await pass(8_000);
  assert.equal(told.length, 0);
  life.abort();
  life = new AbortController();
  enter("<input name=title value=Lamp>", "https://m.example/products");
  await pass(8_000);
  assert.equal(told.length, 0);
});

test("what the background did not take is told again", async () => {
  taken = new Error("gone");
  enter();
  await pass(3_000);
  assert.equal(told.length, 1);
  taken = true;
  field("[name=title]").value = "Lantern";
  hand("input", field("[name=title]"));
  await pass(3_000);
  assert.deepEqual(told.map(({ listing }) => listing.title), ["Lamp", "Lamp"]);
  await pass(20_000);
  assert.equal(told.length, 2);
});

test("a timer that comes a little early is only asked to come again", async () => {
  enter();
  mock.timers.tick(2_000); // while the page's clock still says that it stands still for less
  assert.equal(told.length, 0);
  await pass(2_500);
  assert.equal(told.length, 1);
});
