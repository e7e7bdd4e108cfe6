import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host, InsertRequest, Page } from "../../src/features/kit/types";
import { insert } from "../../src/insertion/insert";
import { open } from "./dom";

test("nothing is put into a page that is no longer understood, though the composer is there", async () => {
  open("<textarea></textarea>");
  const field = document.querySelector("textarea")!;
  const meant = { host: "h", marketplace: "m", shop: "s", region: "", thread: "t", buyer: "b" };
  const page = { document, inserted: [], doubted: true, snapshot: null, composer: () => ({ field, kind: "textarea", send: null, limit: 0 }), identity: () => meant } as unknown as Page;
  const request = { meant, text: "Hola", written: "你好", language: "es", engine: "argos", match: "machine" } as InsertRequest;
  assert.deepEqual(await insert({} as Host, page, request, new AbortController().signal), { done: false, why: "page_changed", copied: false });
  assert.equal(field.value, "");
});
