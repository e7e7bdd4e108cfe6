import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { openListing } from "../../src/live/listing";
import { open } from "../page/dom";

const spec = {
  page: "listing",
  id: "product",
  root: [{ css: "form" }],
  listing: { title: [{ css: "[name=title]" }], bullets: [{ css: "li" }], description: [{ css: "x-editor >>> [contenteditable]" }] },
  health: [{ field: "listing.description", min: 1 }],
};
let told: { lost: string[]; counts: object }[];
let life: AbortController;
let now: number;

/** The page's clock goes on; what is on its way arrives. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 250) {
    now += 250;
    mock.timers.tick(250);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  mock.timers.reset();
  const window = open("<form><input name=title value='Lamp 📦'><ul><li>one</li><li>two</li></ul><x-editor></x-editor></form>");
  const host = window.document.querySelector("x-editor") as unknown as HTMLElement;
  host.attachShadow({ mode: "open" }).innerHTML = "<div contenteditable><p>Bright</p></div>";
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  [now, told, life] = [0, [], new AbortController()];
  mock.method(performance, "now", () => now);
  const place = { document, url: new URL("https://m.example/product") };
  openListing({} as Host, { marketplace: { name: "m" }, spec, document, place: () => place, tell: (read: never) => told.push(read) } as never, life.signal);
});

test("title, bullets and a description in a shadow root are told at once, in characters as people count them", () => {
  assert.deepEqual(told[0], { lost: [], counts: { title: 6, bullets: 2, description: 6 } });
});

test("what is typed is read soon after, in shadow roots too", async () => {
  const title = document.querySelector<HTMLInputElement>("[name=title]")!;
  title.value = "Lantern";
  title.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("x-editor")!.shadowRoot!.querySelector("p")!.textContent = "Bright and warm";
  await pass(1_000);
  assert.deepEqual(told.at(-1)!.counts, { title: 7, bullets: 2, description: 15 });
});

test("a value that a script put in without a word is found by looking again", async () => {
  document.querySelector<HTMLInputElement>("[name=title]")!.value = "Quiet";
  await pass(3_000);
  assert.deepEqual(told.at(-1)!.counts, { title: 5, bullets: 2, description: 6 });
});

test("an editor that lost its title has changed when it stays so, and is well again when it is back", async () => {
  const title = document.querySelector("[name=title]")!;
  title.remove();
  await pass(5_000);
  assert.ok(told.every(({ lost }) => lost.length === 0), "it may be drawing itself anew");
  await pass(6_000);
  assert.deepEqual(told.at(-1)!.lost, ["listing.title"]);
  document.querySelector("form")!.append(title);
  await pass(3_000);
  assert.deepEqual(told.at(-1)!.lost, []);
});

test("after the visit nothing is read any more", async () => {
  life.abort();
  const before = told.length;
  document.querySelector("li")!.remove();
  await pass(6_000);
  assert.equal(told.length, before);
});
