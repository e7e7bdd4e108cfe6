import assert from "node:assert/strict";
import { test } from "node:test";
import { tierOf, type Sender } from "../../src/background/senders";
import { fitsPattern, marketplacesOf, pageFits } from "../../src/shared/hosts";
import type { ChatPage, Marketplace } from "../../src/shared/protocol.gen";

const BASE = "chrome-extension://me/";
const SHOP = "https://seller.shopee.sg/portal/chat";
const granted = (url: string): boolean => fitsPattern(url, "https://seller.shopee.sg/*") || fitsPattern(url, "https://seller-us.tiktok.com/*");
const ground = { extensionId: "me", base: BASE, granted };
const content: Sender = { id: "me", origin: "https://seller.shopee.sg", url: SHOP, frameId: 0, documentId: "D1", tab: { id: 7, url: SHOP, windowId: 3 } };
const why = (sender: Sender): string => {
  const tier = tierOf(sender, ground);
  return tier.kind === "refused" ? tier.why : tier.kind;
};

test("own pages, in a tab or in the panel, and content scripts of granted hosts", () => {
  assert.equal(why({ id: "me", origin: "chrome-extension://me", url: `${BASE}options.html`, tab: { id: 1, url: `${BASE}options.html` } }), "own");
  assert.equal(why({ id: "me", origin: "chrome-extension://me", url: `${BASE}panel.html` }), "own");
  assert.deepEqual(tierOf(content, ground), { kind: "content", host: "seller.shopee.sg", tabId: 7, frame: 0, windowId: 3, top: true, document: "D1" });
  assert.equal(why({ ...content, frameId: 4, url: "https://seller.shopee.sg/mini" }), "content");
});

for (const [name, sender, reason] of [
  ["another extension", { ...content, id: "other" }, "another extension"],
  ["a host that is not switched on", { ...content, origin: "https://evil.example", url: "https://evil.example/", tab: { id: 7, url: "https://evil.example/" } }, "host"],
  ["a host that merely ends alike", { ...content, origin: "https://xseller.shopee.sg", url: "https://xseller.shopee.sg/", tab: { id: 7, url: SHOP } }, "host"],
  ["plain http", { ...content, origin: "http://seller.shopee.sg", url: "http://seller.shopee.sg/" }, "origin"],
  ["a sandboxed frame", { ...content, frameId: 3, origin: "null" }, "origin"],
  ["an address of another origin than the frame's", { ...content, origin: "https://seller-us.tiktok.com" }, "origin"],
  ["a marketplace inside a stranger's page", { ...content, frameId: 3, tab: { id: 7, url: "https://evil.example/" } }, "tab host"],
  ["a tab whose address we may not read", { ...content, tab: { id: 7 } }, "tab host"],
  ["a page that moved to another marketplace meanwhile", { ...content, tab: { id: 7, url: "https://seller-us.tiktok.com/" } }, "tab moved on"],
  ["no tab at all", { id: "me", origin: "https://seller.shopee.sg", url: SHOP }, "no tab"],
  ["an own page framed by a website", { id: "me", url: `${BASE}options.html`, frameId: 2, tab: { id: 7, url: "https://evil.example/" } }, "own page inside another"],
  ["an address that begins like ours", { ...content, url: "chrome-extension://me.evil/", origin: "chrome-extension://me.evil" }, "origin"],
] as [string, Sender, string][])
  test(`refused: ${name}`, () => assert.equal(why(sender), reason));

test("patterns fit whole hosts on https and nothing else", () => {
  assert.equal(fitsPattern("https://a.example/x?y", "https://a.example/*"), true);
  assert.equal(fitsPattern("https://b.a.example/", "https://*.a.example/*"), true);
  assert.equal(fitsPattern("https://a.example/", "https://*.a.example/*"), true);
  for (const url of ["http://a.example/", "https://a.example:8443/", "https://a.example.evil/", "https://ba.example/", "not an address"]) assert.equal(fitsPattern(url, "https://a.example/*"), false, url);
  assert.equal(fitsPattern("https://a.example/", "<all_urls>"), false);
  assert.equal(fitsPattern("https://x/", "https://*/*"), false);
});

test("a page is recognised by host and path; a broken pattern recognises nothing", () => {
  const page = { page: "chat", paths: ["(", "^/chat"] } as ChatPage;
  const inbox = { page: "threads", paths: ["^/orders"] } as unknown as ChatPage;
  const market = { name: "m", title: "M", hosts: ["https://a.example/*"], pages: [page, inbox] } as Marketplace;
  assert.deepEqual(marketplacesOf("https://a.example/z", [market]), [market]);
  assert.deepEqual(marketplacesOf("https://b.example/z", [market]), []);
  assert.equal(pageFits("https://a.example/chat/1", market), true);
  assert.equal(pageFits("https://a.example/orders", market), true);
  assert.equal(pageFits("https://a.example/settings", market), false);
});
