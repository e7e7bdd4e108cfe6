import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { App } from "../../src/background/app";
import type { Sender } from "../../src/background/senders";
import { answerTeach, begin, isTeaching, knownPages, teachable, teachTexts } from "../../src/background/teaching";

const MALL = "https://mall.example/im?cid=1";
const select = (css: string) => ({ css, trust: "high" });
const page = {
  page: "listing",
  id: "taught-listing",
  paths: ["^/goods"],
  root: [select("[name=title]")],
  state: "provisional",
  trust: "medium",
  source: "taught by pointing",
  checked: "2026-11-22",
  listing: { title: [select("[name=title]")] },
};

let session: Record<string, unknown>;
let local: Record<string, unknown>;
let injected: unknown[];
let tab: { url?: string };
let asked: [string, unknown][];
let sender: Sender;

const app = {
  descriptions: { marketplaces: [{ name: "known", title: "Known Mall", hosts: ["https://known.example/*"], pages: [] }] },
  locale: () => "en",
  texts: async () => ({ teach_title: "Teach", error_internal: "…", popup_ext_name: "S", bar_input: "…" }),
  call: async (method: string, params: unknown) => {
    asked.push([method, params]);
    return { result: { marketplace: "mall-example", page: "taught-listing", version: "v2", folder: "/home/ana/mall-example" } };
  },
  syncPages: async () => void asked.push(["sync", null]),
  isGranted: (url: string) => url === "https://mall.example/",
} as unknown as App;

beforeEach(() => {
  [session, local, injected, asked, tab] = [{}, {}, [], [], { url: MALL }];
  sender = { id: "me", origin: "https://mall.example", url: MALL, frameId: 0, documentId: "D1", tab: { id: 7, url: MALL } };
  const area = (kept: Record<string, unknown>) => ({ get: async (key: string) => ({ [key]: kept[key] }), set: async (more: object) => void Object.assign(kept, structuredClone(more)) });
  Object.assign(globalThis, {
    chrome: {
      runtime: { id: "me" },
      storage: { session: area(session), local: area(local) },
      tabs: { get: async () => tab },
      scripting: {
        executeScript: async (what: unknown) => {
          if (tab.url?.includes("closed")) throw new Error("no extension may enter");
          injected.push(what);
          return [{ documentId: "D1", frameId: 0 }];
        },
      },
    },
  });
});

const refused = (changed: Partial<Sender>, why: string) => assert.rejects(answerTeach(app, { type: "teach.hello" }, { ...sender, ...changed }), { message: why });

test("a lesson is started in the tab under the popup, in its top document only", async () => {
  assert.equal(await begin(7), true);
  assert.deepEqual(injected, [{ target: { tabId: 7 }, files: ["teach.js"] }]);
  assert.deepEqual(await answerTeach(app, { type: "teach.hello" }, sender), { locale: "en", texts: { teach_title: "Teach", error_internal: "…" }, known: [] });
});

test("pages that cannot be taught", async () => {
  for (const url of ["http://mall.example/", "https://mall.example:8443/", "chrome://settings", "", "https://closed.example/"]) {
    tab = { url };
    assert.equal(await begin(7), false, url);
  }
  assert.equal(teachable("https://mall.example/x"), "https://mall.example");
});

test("nobody but the document the seller chose is listened to", async () => {
  await refused({}, "not taught");
  await begin(7);
  await refused({ tab: { id: 8, url: MALL } }, "not taught");
  await refused({ frameId: 3 }, "not taught");
  await refused({ id: "other" }, "not taught");
  await refused({ url: "http://mall.example/" }, "not taught");
  await refused({ url: "https://evil.example/", origin: "https://evil.example" }, "origin");
  await refused({ origin: "null" }, "origin");
  await refused({ documentId: "D2" }, "document");
  assert.equal(isTeaching({ type: "teach.save" }) && !isTeaching({ type: "teach.other" }) && !isTeaching({ type: "call" }), true);
});

test("a lesson that nobody ended does not last for ever", async () => {
  await begin(7);
  const lessons = session["teaching"] as Record<string, { until: number }>;
  (lessons["7"] as { until: number }).until = Date.now() - 1;
  await refused({}, "not taught");
});

test("what is taught goes to the companion under the sender's own host", async () => {
  await begin(7);
  const saved = await answerTeach(app, { type: "teach.save", page, host: "evil.example" }, sender);
  assert.deepEqual(saved, { result: { marketplace: "mall-example", page: "taught-listing", folder: "/home/ana/mall-example", on: true } });
  assert.deepEqual(asked, [["pages.teach", { host: "mall.example", title: "mall.example", page }], ["sync", null]]);
});

test("what is no description, or none of a kind that can be taught, stays here", async () => {
  await begin(7);
  for (const bad of [null, "x", {}, { ...page, page: "kpi" }, { ...page, page: "chat" }, { ...page, extra: 1 }, { ...page, listing: { title: [{ css: "x".repeat(500) }] } }, { ...page, paths: [1] }]) {
    const answer = (await answerTeach(app, { type: "teach.save", page: bad }, sender)) as { error?: { code: string } };
    assert.equal(answer.error?.code, "bad_params", JSON.stringify(bad)?.slice(0, 80));
  }
  assert.deepEqual(asked, []);
});

test("texts of the panel and of errors, nothing else", () => {
  assert.deepEqual(Object.keys(teachTexts({ teach_a: "", error_b: "", panel_c: "", bubble_d: "" })), ["teach_a", "error_b"]);
});

test("a lesson begins with what is known of the page at this very address", () => {
  const at = (url: string): string[] => knownPages(new URL(url), [{ name: "a", title: "A", hosts: ["https://mall.example/*"], pages: [page, { ...page, id: "kpi", page: "kpi" }, { ...page, id: "other", paths: ["["] }] }] as never).map(({ id }) => id);
  assert.deepEqual(at("https://mall.example/goods/1"), ["taught-listing"]);
  assert.deepEqual(at("https://mall.example/im"), []);
  assert.deepEqual(at("https://evil.example/goods/1"), []);
});
