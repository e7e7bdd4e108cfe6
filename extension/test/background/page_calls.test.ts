import assert from "node:assert/strict";
import { test } from "node:test";
import type { App } from "../../src/background/app";
import { Pace } from "../../src/background/pace";
import { answerPage, Refused } from "../../src/background/pages_side";
import type { Tier } from "../../src/background/senders";

const asked: unknown[] = [];
const kept: unknown[][] = [];
const app = {
  descriptions: { marketplaces: [{ name: "amazon", hosts: ["https://sellercentral.amazon.de/*"], pages: [] }] },
  pace: new Pace(),
  archive: async (method: string, params: unknown, idem: string) => (kept.push([method, params, idem]), { queued: true }),
  call: async (_method: string, params: unknown) => (asked.push(params), { result: { items: [] } }),
} as unknown as App;
const from = { kind: "content", host: "sellercentral.amazon.de", tabId: 1, frame: 0, windowId: 1, top: true, document: "d" } as Extract<Tier, { kind: "content" }>;
const translate = (more: object) => ({ type: "call", method: "translate", params: { items: [{ ref: "0", text: "灯" }], purpose: "listing", target: "de", ...more } });

test("a page has the terms of its own marketplace's shops and of no other's", async () => {
  await answerPage(app, translate({ shop: { marketplace: "amazon", shop: "A1" } }), from);
  assert.equal(asked.length, 1);
  await assert.rejects(answerPage(app, translate({ shop: { marketplace: "shopee", shop: "A1" } }), from), Refused);
  await assert.rejects(answerPage(app, translate({ thread: { marketplace: "shopee", shop: "A1", region: "", thread: "t" } }), from), Refused);
  assert.equal(asked.length, 1);
});

test("a listing is kept for the page's own marketplace, once for one look", async () => {
  const params = (marketplace: string) => ({ marketplace, region: "DE", shop: "", page: "listing", listing: { title: "Lampe", sku: "HZ-1" }, observed_at: 7 });
  assert.equal(await answerPage(app, { type: "listing.seen", params: params("amazon") }, from), true);
  assert.deepEqual(kept.map(([method, , idem]) => [method, idem]), [["listing.seen", "d:listing:7"]]);
  await assert.rejects(answerPage(app, { type: "listing.seen", params: params("shopee") }, from), Refused);
  await assert.rejects(answerPage(app, { type: "listing.seen", params: { ...params("amazon"), listing: { title: "" } } }, from), Refused);
  assert.equal(kept.length, 1);
});

test("a page checks texts and excuses findings of its own marketplace only", async () => {
  const before = asked.length;
  const call = (method: string, params: object) => answerPage(app, { type: "call", method, params }, from);
  const waiver = (marketplace: string) => ({ waiver: { rule: "made/rule", reason: "ours", target: "listing", marketplace } });
  await call("listing.check", { marketplace: "amazon", shop: "A1", texts: [{ field: "title", text: "Lamp" }] });
  await call("waivers.put", waiver("amazon"));
  assert.equal(asked.length, before + 2);
  await assert.rejects(call("listing.check", { marketplace: "shopee", texts: [] }), Refused);
  await assert.rejects(call("waivers.put", waiver("shopee")), Refused);
  // for all marketplaces: that is for the seller's own pages to say
  await assert.rejects(call("waivers.put", waiver("")), Refused);
  await assert.rejects(call("words.put", { word: { words: ["x"] } }), Refused);
  assert.equal(asked.length, before + 2);
});
