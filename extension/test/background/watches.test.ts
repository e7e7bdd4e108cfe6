import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Watches } from "../../src/background/watch/watches";
import type { Glance, WatchView } from "../../src/shared/inbox";
import type { InboxWatch, Marketplace } from "../../src/shared/protocol.gen";
import { fakeStorage } from "../chrome";

interface Tab {
  id: number;
  url: string;
  pinned: boolean;
  autoDiscardable: boolean;
  windowId: number;
  discarded?: boolean;
  active?: boolean;
}

const mall = { name: "mall", title: "Mall", hosts: ["https://seller.mall.example/*"], pages: [{ page: "threads", paths: ["^/inbox"] }] } as unknown as Marketplace;
const URL_ = "https://seller.mall.example/inbox?shop=s1";
const REF = { marketplace: "mall", shop: "s1", region: "US" };
const GOOD: Glance = { inbox: { ref: REF, lost: [] }, empty: false, login: false, captcha: false };

let areas: { local: Record<string, unknown>; session: Record<string, unknown> };
let tabs: Map<number, Tab>;
let glance: Glance;
let firefox: boolean;
let alarms: [string, boolean][];
let reports: InboxWatch[][];

beforeEach(() => {
  areas = fakeStorage();
  tabs = new Map([[7, { id: 7, url: URL_, pinned: false, autoDiscardable: true, windowId: 1 }]]);
  [glance, firefox, alarms, reports] = [GOOD, false, [], []];
  const find = (id: number): Tab => {
    const tab = tabs.get(id);
    if (!tab) throw new Error(`no tab ${id}`);
    return tab;
  };
  Object.assign((globalThis as unknown as { chrome: object }).chrome, {
    tabs: {
      get: async (id: number) => ({ ...find(id) }),
      update: async (id: number, change: Partial<Tab>) => {
        if (firefox && "autoDiscardable" in change) throw new Error("unexpected property");
        return Object.assign(find(id), change);
      },
      query: async () => [...tabs.values()],
      create: async ({ url }: { url: string }) => {
        const tab = { id: 99, url, pinned: true, autoDiscardable: true, windowId: 1 };
        tabs.set(99, tab);
        return tab;
      },
    },
    windows: { update: async () => undefined },
    scripting: { executeScript: async () => [{ result: glance }] },
  });
});

const make = (): Watches =>
  new Watches({
    marketplaces: () => [mall],
    report: (watches) => void reports.push(watches),
    onChange: () => undefined,
    alarm: ({ reason }: WatchView, lost) => void alarms.push([reason, lost]),
  });
const alarmed = (): string[] => alarms.filter(([, lost]) => lost).map(([reason]) => reason);

test("watching pins the tab and keeps it awake; stopping gives both back and alarms nobody", async () => {
  const watches = make();
  assert.equal(await watches.begin(7), true);
  assert.deepEqual([tabs.get(7)?.pinned, tabs.get(7)?.autoDiscardable], [true, false]);
  assert.deepEqual([watches.of(REF)?.reason, watches.of(REF)?.awake, watches.of(REF)?.title], ["", true, "Mall"]);
  await watches.begin(7);
  assert.equal(watches.views.length, 1, "twice is once");
  await watches.stop(REF);
  assert.deepEqual([tabs.get(7)?.pinned, tabs.get(7)?.autoDiscardable], [false, true]);
  assert.deepEqual([watches.views, alarmed(), reports.at(-1)], [[], [], []]);
});

test("a tab the seller pinned himself stays pinned", async () => {
  (tabs.get(7) as Tab).pinned = true;
  const watches = make();
  await watches.begin(7);
  await watches.begin(7);
  await watches.stop(REF);
  assert.equal(tabs.get(7)?.pinned, true);
});

test("a browser that cannot keep a tab awake says so", async () => {
  firefox = true;
  const watches = make();
  assert.equal(await watches.begin(7), true);
  assert.deepEqual([watches.of(REF)?.awake, tabs.get(7)?.pinned], [false, true]);
});

test("nothing is watched that is not understood", async () => {
  for (const bad of [{ ...GOOD, inbox: null }, { ...GOOD, inbox: { ref: REF, lost: ["rows.time"] } }, { ...GOOD, inbox: { ref: { ...REF, marketplace: "other" }, lost: [] } }]) {
    glance = bad;
    assert.equal(await make().begin(7), false);
  }
  (tabs.get(7) as Tab).url = "https://elsewhere.example/inbox";
  assert.equal(await make().begin(7), false);
  assert.equal(tabs.get(7)?.pinned, false);
});

test("a loss is alarmed about once, and told; the end of it takes the alarm away", async () => {
  const watches = make();
  await watches.begin(7);
  glance = { ...GOOD, inbox: null, login: true };
  await watches.look();
  await watches.look();
  assert.deepEqual([alarmed(), watches.lost, reports.at(-1)?.[0]?.reason], [["logged_out"], 1, "logged_out"]);
  glance = GOOD;
  await watches.look();
  assert.deepEqual([alarms.at(-1), watches.lost, reports.at(-1)?.[0]?.gap_reason], [["", false], 0, "logged_out"]);
});

test("a closed tab is noticed at once, other tabs concern nobody", async () => {
  const watches = make();
  await watches.begin(7);
  const before = reports.length;
  await watches.removed(8);
  assert.equal(reports.length, before);
  tabs.delete(7);
  await watches.removed(7);
  assert.deepEqual(alarmed(), ["tab_gone"]);
  await watches.open(REF);
  await watches.look();
  assert.deepEqual([watches.lost, tabs.get(99)?.autoDiscardable], [0, true]);
});

test("an inbox that is opened again by hand is watched again", async () => {
  const watches = make();
  await watches.begin(7);
  tabs.delete(7);
  await watches.removed(7);
  tabs.set(12, { id: 12, url: `${URL_}&lang=en`, pinned: false, autoDiscardable: true, windowId: 1 });
  await watches.look();
  assert.deepEqual([watches.lost, tabs.get(12)?.pinned, tabs.get(12)?.autoDiscardable], [0, true, false]);
});

test("a tab that was restored but not loaded is gone to, not opened twice", async () => {
  const watches = make();
  await watches.begin(7);
  tabs.delete(7);
  await watches.removed(7);
  tabs.set(14, { id: 14, url: URL_, pinned: true, autoDiscardable: true, windowId: 1, discarded: true });
  await watches.look();
  assert.equal(watches.lost, 1);
  await watches.open(REF);
  assert.deepEqual([[...tabs.keys()], tabs.get(14)?.active], [[14], true]);
});

test("the inbox of another account at the same address is not taken for it", async () => {
  const watches = make();
  await watches.begin(7);
  tabs.delete(7);
  await watches.removed(7);
  tabs.set(12, { id: 12, url: "https://seller.mall.example/inbox?shop=s2", pinned: false, autoDiscardable: true, windowId: 1 });
  glance = { ...GOOD, inbox: { ref: { ...REF, shop: "s2" }, lost: [] } };
  await watches.look();
  assert.deepEqual([watches.lost, tabs.get(12)?.pinned], [1, false]);
});

test("a killed worker goes on where it was", async () => {
  await make().begin(7);
  const next = make();
  await next.look();
  assert.deepEqual([next.lost, next.views.length, alarmed()], [0, 1, []]);
});

test("after a restart of the browser the restored tab is found by its address", async () => {
  await make().begin(7);
  for (const key of Object.keys(areas.session)) delete areas.session[key];
  const [restored] = [...tabs.values()];
  tabs.clear();
  const next = make();
  await next.look();
  assert.deepEqual([next.lost, alarmed()], [0, []], "tabs are restored one by one");
  tabs.set(31, { ...(restored as Tab), id: 31 });
  await next.look();
  assert.deepEqual([next.lost, tabs.get(31)?.autoDiscardable], [0, false]);
});
