import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, mock, test } from "node:test";
import type { App } from "../../src/background/app";
import { answerPage, Refused } from "../../src/background/pages_side";
import type { Tier } from "../../src/background/senders";

const HOST = "seller.example";
const reading = { pages: [{ marketplace: "m", page: "violations", kind: "notices", lost: [], counts: { notices: 1 }, shop: "", region: "" }] };
let captured: unknown;
let asked: [string, Record<string, unknown>][];
let posted: { url: string; body: Uint8Array }[];
let clock = 0;
let tab = 0;

const channel = {
  open: true,
  port: 8765,
  request: async (method: string, params: Record<string, unknown>) => {
    asked.push([method, params]);
    return method === "blob.begin" ? { ticket: "t", path: "/v1/blob", expires_s: 60 } : reading;
  },
};
const app = { link: { channel }, descriptions: { current: { version: "v1" }, marketplaces: [] }, texts: async () => ({}) } as unknown as App;
const from = (more: object = {}): Extract<Tier, { kind: "content" }> => ({ kind: "content", host: HOST, tabId: tab, frame: 0, windowId: 1, top: true, document: "D1", ...more });
const read = (more: object = {}): Promise<unknown> => answerPage(app, { type: "read" }, from(more));
const later = (): void => void (clock += 2_000);

beforeEach(() => {
  [captured, asked, posted] = [{ html: "<p>1</p>", bytes: 8, truncated: false, url: `https://${HOST}/health` }, [], []];
  tab += 1;
  later();
  mock.method(performance, "now", () => clock);
  mock.method(globalThis, "fetch", async (url: string, init: { body: Uint8Array }) => (posted.push({ url, body: init.body }), new Response("{}")));
  Object.assign(globalThis, { chrome: { scripting: { executeScript: async ({ files }: { files?: string[] }) => [{ result: files ? undefined : captured }] } } });
});

test("the top document is captured, handed over by hash and read under the address it has", async () => {
  assert.deepEqual(await read(), { result: { pages: reading.pages, whole: true } });
  const sha256 = createHash("sha256").update("<p>1</p>").digest("hex");
  assert.deepEqual(asked, [
    ["blob.begin", { purpose: "page", type: "text/html", sha256, size: 8 }],
    ["page.read", { sha256, url: `https://${HOST}/health` }],
  ]);
  assert.deepEqual(posted.map(({ url }) => url), ["http://127.0.0.1:8765/v1/blob"]);
});

test("a frame may not ask, and a page that went to another host is not read as this one", async () => {
  await assert.rejects(read({ top: false, frame: 3 }), Refused);
  captured = { html: "<p>", bytes: 3, truncated: false, url: "https://bank.example/" };
  assert.deepEqual(await read(), { error: { code: "busy", retryable: true, data: {} } });
  assert.deepEqual(asked, []);
});

test("the same bytes are read once, in the same document by the same descriptions", async () => {
  const reads = (): number => asked.filter(([method]) => method === "page.read").length;
  for (const [more, wanted] of [[{}, 1], [{}, 1], [{ document: "D2" }, 2], [{ document: "D2" }, 2]] as const) {
    await read(more);
    assert.equal(reads(), wanted);
    later();
  }
  (app.descriptions.current as { version: string }).version = "v2";
  await read({ document: "D2" });
  assert.equal(reads(), 3);
});

test("a page cannot have itself captured without pause", async () => {
  await read();
  assert.deepEqual(await read(), { error: { code: "busy", retryable: true, data: {} } });
  later();
  const [one, two] = await Promise.all([read(), read()]);
  assert.ok("result" in (one as object));
  assert.ok("error" in (two as object));
});

test("a page that never holds still, or cannot be captured, is tried later", async () => {
  captured = null;
  assert.deepEqual(await read(), { error: { code: "busy", retryable: true, data: {} } });
});
