import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Host, ListingAtHand } from "../../src/features/kit/types";
import { Sheet } from "../../src/listing/sheet";
import type { Translated } from "../../src/shared/protocol.gen";
import { open, soon } from "../page/dom";

const spec = { page: "listing", title_limit: 12, listing: { title: [{ css: "[name=t]" }], description: [{ css: "[name=d]" }] } };
let life: AbortController;
let asked: { text: string; source: string; target: string; purpose: string; shop: object }[];
let lost: string[];
let changed: (() => void)[];
let answer: (text: string, target: string) => Partial<Translated>;
let closed: number;
let sheet: Sheet;

const host = {
  locale: "en",
  settings: { seller_language: "zh" },
  t: (key: string, data: object = {}) => [key, ...Object.values(data)].join(" "),
  onPush: () => undefined,
  part: async () => Promise.reject(new Error("not here")),
  ask: async ({ params }: { params: { items: { text: string }[]; source: string; target: string; purpose: string; shop: object } }) => {
    const text = params.items[0]!.text;
    asked.push({ text, source: params.source, target: params.target, purpose: params.purpose, shop: params.shop });
    return { result: { items: [{ ref: "0", text: `${params.target}:${text}`, source: params.source || "zh", target: params.target, sure: true, engine: "argos", match: "machine", doubt: [], missing: [], ...answer(text, params.target) }] } };
  },
} as unknown as Host;

const part = <E extends HTMLElement>(name: string, field = ""): E | null => sheet.host.shadowRoot!.querySelector(`${field && `[data-field=${field}] `}[part=${name}]`);
const value = (name: string): string => document.querySelector<HTMLInputElement>(`[name=${name}]`)!.value;

/** Waits for what a timer of the page's brings. */
async function until(there: () => boolean): Promise<void> {
  for (let tries = 0; !there(); tries += 1) {
    assert.ok(tries < 500, "it never happened");
    await soon(10);
  }
}

beforeEach(() => {
  open('<input name="t" value="台灯"><textarea name="d">折叠。\n轻便。</textarea><input name="extra" value="可调光">');
  // a press in a browser is trusted; this document knows no trust
  Object.defineProperty((globalThis as unknown as { Event: { prototype: object } }).Event.prototype, "isTrusted", { get: () => true, configurable: true });
  [life, asked, lost, changed, closed, answer] = [new AbortController(), [], [], [], 0, () => ({})];
  const listing = {
    marketplace: { name: "amazon" },
    spec,
    document,
    host: "sellercentral.amazon.de",
    get snapshot() {
      return { shop: "A1", region: "", lost };
    },
    onChange: (hear: () => void) => changed.push(hear),
  } as unknown as ListingAtHand;
  sheet = new Sheet(host, listing, () => (closed += 1), life.signal);
});

test("fields are translated into the market's language as a listing of this shop, and read back", async () => {
  part("translate-all")!.click();
  await until(() => !part("sheet")!.hasAttribute("aria-busy"));
  assert.deepEqual(asked.map(({ text, source, target }) => [text, source, target]), [["台灯", "", "de"], ["de:台灯", "de", "zh"], ["折叠。\n轻便。", "", "de"], ["de:折叠。\n轻便。", "de", "zh"]]);
  assert.deepEqual([asked[0]!.purpose, asked[0]!.shop], ["listing", { marketplace: "amazon", shop: "A1" }]);
  assert.match(part("back", "title")!.textContent, /zh:de:台灯/);
  assert.equal(part("count", "title")!.textContent, "listing_length_of 5 12 -7");
  assert.equal(value("t"), "台灯", "nothing is put in without a press");
});

test("what was edited is put in at a press, can be taken back, and only while the field holds what was translated", async () => {
  part("translate", "title")!.click();
  await until(() => part("target", "title") !== null || part("install", "title") !== null);
  part<HTMLTextAreaElement>("target", "title")!.value = "Lampe\nneu";
  part("put", "title")!.click();
  await until(() => part("undo", "title") !== null);
  assert.equal(value("t"), "Lampe neu", "a field of one line gets one line");
  part("undo", "title")!.click();
  await until(() => part("undo", "title") === null);
  assert.equal(value("t"), "台灯");
  document.querySelector<HTMLInputElement>("[name=t]")!.value = "别的";
  part("put", "title")!.click();
  await until(() => part("word", "title")?.textContent === "listing_changed");
  assert.equal(value("t"), "别的");
});

test("a field that says something else by now, such as another listing's, is said to", async () => {
  part("translate", "title")!.click();
  await until(() => part("target", "title") !== null);
  changed.forEach((hear) => hear());
  assert.equal(part("word", "title"), null);
  document.querySelector<HTMLInputElement>("[name=t]")!.value = "别的";
  changed.forEach((hear) => hear());
  assert.equal(part("word", "title")!.textContent, "listing_stale");
});

test("all at once leaves out what is doubtful", async () => {
  answer = (text) => (text === "台灯" ? { doubt: ["number_changed"] } : {});
  part("translate-all")!.click();
  await until(() => !part("sheet")!.hasAttribute("aria-busy"));
  part("put-all")!.click();
  await until(() => part("done")!.textContent !== "");
  assert.equal(part("done")!.textContent, "listing_put_some 1 1");
  assert.equal(value("t"), "台灯");
  part("put", "title")!.click();
  await until(() => part("undo", "title") !== null);
  assert.equal(value("t"), "de:台灯", "a press of its own puts it in");
});

test("all at once leaves out what is too long", async () => {
  answer = (text) => (text === "台灯" ? { text: "Schreibtischlampe" } : {});
  part("translate-all")!.click();
  await until(() => !part("sheet")!.hasAttribute("aria-busy"));
  assert.equal(part("count", "title")!.textContent, "listing_over 17 12 5");
  part("put-all")!.click();
  await until(() => part("undo", "description") !== null);
  assert.deepEqual([value("t"), value("d")], ["台灯", "de:折叠。\n轻便。"]);
});

test("a page that has changed is read and not written", async () => {
  lost = ["listing.title"];
  part("translate", "title")!.click();
  await until(() => part("target", "title") !== null || part("install", "title") !== null);
  assert.equal(part<HTMLButtonElement>("put", "title")!.disabled, true);
  part("put-all")!.click();
  await until(() => !part("sheet")!.hasAttribute("aria-busy"));
  assert.equal(value("t"), "台灯");
  changed.forEach((hear) => hear());
  assert.match(sheet.host.shadowRoot!.textContent!, /listing_page_changed/);
});

test("to read, fields come in the seller's language and nothing can be put in", async () => {
  part("reading")!.click();
  part("translate", "description")!.click();
  await until(() => part("target", "description") !== null);
  assert.deepEqual(asked.map(({ target }) => target), ["zh"]);
  assert.equal(part("target", "description")!.textContent, "zh:折叠。\n轻便。");
  assert.equal(part("put", "description"), null);
});

test("a field the seller clicks into is added, once", () => {
  const extra = document.querySelector<HTMLInputElement>("[name=extra]")!;
  for (let times = 0; times < 2; times += 1) extra.dispatchEvent(new Event("focusin", { bubbles: true, composed: true }));
  assert.equal(sheet.host.shadowRoot!.querySelectorAll("[data-field]").length, 3);
  assert.match(part("was", "other-1")!.textContent, /可调光/);
});

test("without an engine it is said with what would help; Escape closes and nothing goes on", async () => {
  answer = () => ({ text: "", match: "none", missing: [{ source: "zh", target: "en" }] });
  part("translate", "title")!.click();
  await until(() => part("target", "title") !== null || part("install", "title") !== null);
  assert.match(sheet.host.shadowRoot!.textContent!, /listing_none/);
  assert.ok(part("install", "title"));
  part("close")!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
  assert.deepEqual([closed, document.querySelector("[data-seabridge]")], [1, null]);
});

test("it goes with the page", () => {
  life.abort();
  assert.deepEqual([closed, document.querySelector("[data-seabridge]")], [1, null]);
});
