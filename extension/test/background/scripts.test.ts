import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { grantedPatterns, syncScripts } from "../../src/background/scripts";
import type { Marketplace } from "../../src/shared/protocol.gen";

const A = "https://a.example/*";
const B = "https://b.example/*";
const MARKETS = [{ name: "m", title: "M", hosts: [A, B], image_hosts: ["https://img.example/*"], pages: [] }] as Marketplace[];

type Script = { id: string; matches: string[]; allFrames: boolean; runAt: string; persistAcrossSessions: boolean };
let origins: string[];
let registered: Script[];
let injected: number[];
let tabs: { id: number; url: string; discarded?: boolean }[];

beforeEach(() => {
  [origins, registered, injected, tabs] = [[], [], [], []];
  const scripting = {
    getRegisteredContentScripts: async () => structuredClone(registered),
    registerContentScripts: async (scripts: Script[]) => {
      assert.equal(registered.length, 0, "registered twice");
      registered.push(...scripts);
    },
    updateContentScripts: async (scripts: Script[]) => void (registered = scripts),
    unregisterContentScripts: async () => void (registered = []),
    executeScript: async ({ target }: { target: { tabId: number } }) => {
      if (target.tabId === 13) throw new Error("the tab is closing");
      injected.push(target.tabId);
    },
  };
  Object.assign(globalThis, {
    chrome: { permissions: { getAll: async () => ({ origins }) }, scripting, tabs: { query: async () => tabs } },
  });
});

test("registered after the grant, for granted pages only, in every frame and before the page's own scripts", async () => {
  await syncScripts(MARKETS);
  assert.deepEqual(registered, []);
  origins = ["http://127.0.0.1/*", A, "https://img.example/*", "https://other.example/*"];
  await syncScripts(MARKETS);
  assert.deepEqual(registered, [{ id: "seabridge-content", js: ["content.js"], matches: [A], allFrames: true, runAt: "document_start", persistAcrossSessions: true }]);
  assert.deepEqual(await grantedPatterns(MARKETS), [A]);
});

test("switching on, more, and off; two grants at once register once", async () => {
  origins = [A];
  await Promise.all([syncScripts(MARKETS), syncScripts(MARKETS)]);
  assert.equal(registered.length, 1);
  origins = [A, B];
  await syncScripts(MARKETS);
  assert.deepEqual(registered[0]?.matches, [A, B]);
  origins = [];
  await syncScripts(MARKETS);
  assert.deepEqual(registered, []);
});

test("pages that are open while it is switched on work without a reload; others are left alone", async () => {
  origins = [A];
  tabs = [
    { id: 1, url: "https://a.example/chat" },
    { id: 13, url: "https://a.example/closing" },
    { id: 2, url: "https://a.example/asleep", discarded: true },
    { id: 3, url: "https://b.example/" },
    { id: 4, url: "https://a.example/other" },
  ];
  await syncScripts(MARKETS, [A, B, "https://img.example/*"]);
  assert.deepEqual(injected, [1, 4]);
  await syncScripts(MARKETS);
  assert.deepEqual(injected, [1, 4], "not again at every start");
});
