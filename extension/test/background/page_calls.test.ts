import assert from "node:assert/strict";
import { test } from "node:test";
import type { App } from "../../src/background/app";
import { answerPage, Refused } from "../../src/background/pages_side";
import type { Tier } from "../../src/background/senders";

const asked: unknown[] = [];
const app = {
  descriptions: { marketplaces: [{ name: "amazon", hosts: ["https://sellercentral.amazon.de/*"], pages: [] }] },
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
