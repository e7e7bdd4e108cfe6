import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/sites/read";
import { itemReads, pathPattern, shopReads, threadReads } from "../../src/teach/address";

const url = (rest: string): URL => new URL(`https://mall.example${rest}`);
const fits = (pattern: string, path: string): boolean => new RegExp(pattern, "u").test(path);

test("the path: ids stand for any, words stay, and no other page fits", () => {
  const pattern = pathPattern(url("/im/840017/chat.html?x=1"));
  assert.ok(fits(pattern, "/im/99/chat.html"));
  assert.ok(fits(pattern, "/im/840017/chat.html/deeper"));
  for (const path of ["/im/chat.html", "/orders/1/chat.html", "/im/1/chatxhtml"]) assert.equal(fits(pattern, path), false, path);
  assert.equal(pathPattern(url("/")), "^/$");
});

test("opening another conversation shows what tells them apart", () => {
  const seen = (before: string, after: string) => threadReads(url(after), { before: url(before), after: url(after) });
  assert.deepEqual(seen("/im?lang=en&k=1", "/im?lang=en&k=2"), [{ query: "k", trust: "high" }]);
  assert.deepEqual(seen("/#/im?peer=1", "/#/im?peer=2"), [{ hash: "peer", trust: "high" }]);
  assert.deepEqual(seen("/im/lucia/chat", "/im/pedro/chat"), [{ path: true, pattern: "^/im/([^/]+)", trust: "high" }]);
  assert.deepEqual(seen("/im?t=17", "/im?t=18"), [], "a time is no conversation");
  assert.deepEqual(seen("/im", "/im"), []);
  assert.deepEqual(seen("/im/a/b", "/orders/c/d"), [], "another page is no other conversation");
  const change = { before: url("/im/lucia/chat"), after: url("/im/pedro/chat") };
  assert.ok(fits(pathPattern(change.after, change), "/im/anybody/chat"));
});

test("without a second look only names and ids that say so count", () => {
  const read = (rest: string): string => readPage({ document: null as never, url: url(rest) }, threadReads(url(rest), null));
  assert.equal(read("/im?lang=en&conversation_id=A-77"), "A-77");
  assert.equal(read("/messages/840017"), "840017");
  assert.equal(read("/im?shop_id=55&tab=2"), "");
  assert.equal(read("/im/inbox"), "");
});

test("the shop in the address is what stays and is called so", () => {
  assert.deepEqual(shopReads(url("/im?shop_id=55&cid=1"), null), [{ query: "shop_id", trust: "medium" }]);
  const change = { before: url("/im?seller=1&cid=1"), after: url("/im?seller=2&cid=2") };
  assert.deepEqual(shopReads(change.after, change), []);
});

test("the listing in the address is what is called so, else the last id of the path", () => {
  const read = (rest: string): string => readPage({ document: null as never, url: url(rest) }, itemReads(url(rest)));
  assert.equal(read("/goods/edit?lang=en&productId=5520981"), "5520981");
  assert.equal(read("/goods/edit?SKU=LB-72"), "LB-72");
  assert.equal(read("/shop/77120/goods/5520981/edit"), "5520981");
  assert.equal(read("/goods/new?from=list"), "");
  const other = url("/shop/1/goods/99/edit");
  assert.equal(readPage({ document: null as never, url: other }, itemReads(url("/shop/77120/goods/5520981/edit"))), "99", "another one by the same way");
});
