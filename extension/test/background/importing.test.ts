import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import type { App } from "../../src/background/app";
import { importFile } from "../../src/background/importing";
import { MAX_IMPORT } from "../../src/shared/protocol.const.gen";

const shop = { marketplace: "ebay", shop: "me" };
let asked: { method: string; params: Record<string, unknown> }[] = [];
let posted: { url: string; body: Uint8Array; ticket: string }[] = [];

function app(there = true, taken = true): App {
  [asked, posted] = [[], []];
  const channel = {
    port: 8765,
    request: async (method: string, params: Record<string, unknown>) => {
      asked.push({ method, params });
      return { ticket: "T", path: "/v1/blob", expires_s: 60 };
    },
  };
  mock.method(globalThis, "fetch", async (url: string, { body, headers }: { body: Uint8Array; headers: Record<string, string> }) => {
    posted.push({ url, body, ticket: headers["X-Seabridge-Ticket"] as string });
    return { ok: taken };
  });
  const call = async (method: string, params: Record<string, unknown>): Promise<object> => {
    asked.push({ method, params });
    return { result: { added: 1, replaced: 0 } };
  };
  return { link: { ready: async () => (there ? channel : null) }, call } as unknown as App;
}

afterEach(() => mock.restoreAll());

test("a small file goes inside the request", async () => {
  assert.deepEqual(await importFile(app(), "glossary.import", { shop, format: "csv", content: "text" }), { result: { added: 1, replaced: 0 } });
  assert.deepEqual(asked, [{ method: "glossary.import", params: { shop, format: "csv", content: "text" } }]);
  assert.equal(posted.length, 0);
});

test("a larger one is uploaded whole and named by its hash", async () => {
  const content = "尺码,en\r\n".repeat(20_000);
  await importFile(app(), "glossary.import", { shop, format: "csv", content });
  assert.deepEqual(asked.map(({ method }) => method), ["blob.begin", "glossary.import"]);
  const sha256 = asked[0]!.params["sha256"];
  assert.match(String(sha256), /^[0-9a-f]{64}$/);
  assert.deepEqual([asked[0]!.params["purpose"], asked[0]!.params["size"]], ["import", new TextEncoder().encode(content).length]);
  assert.deepEqual(asked[1]!.params, { shop, format: "csv", sha256 });
  assert.deepEqual([posted[0]!.url, posted[0]!.ticket, new TextDecoder().decode(posted[0]!.body)], ["http://127.0.0.1:8765/v1/blob", "T", content]);
});

test("what is too large, malformed, not taken, or has nobody to go to is an error and no import", async () => {
  const codeOf = async (work: Promise<object>): Promise<string> => ((await work) as { error: { code: string } }).error.code;
  const long = "x".repeat(70_000);
  assert.equal(await codeOf(importFile(app(), "memory.import", { shop, content: "字".repeat(MAX_IMPORT / 3 + 1) })), "too_large");
  assert.equal(await codeOf(importFile(app(), "glossary.import", { shop, format: "xlsx" as "csv", content: long })), "bad_params");
  assert.equal(await codeOf(importFile(app(false), "memory.import", { shop, content: long })), "not_running");
  assert.equal(await codeOf(importFile(app(true, false), "memory.import", { shop, content: long })), "busy");
  assert.deepEqual(asked.map(({ method }) => method), ["blob.begin"]);
});
