import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName } from "../../src/capture/take";

test("the file's name says which host and when, and is a name on every system", () => {
  const now = new Date(2026, 2, 1, 9, 5);
  assert.equal(fileName("seller.shopee.com.br", now), "seabridge-seller.shopee.com.br-20260301-0905.html");
  assert.match(fileName(`a:8443/..\\${"x".repeat(300)}`, now), /^seabridge-[a-z0-9._-]{1,80}-20260301-0905\.html$/i);
});
