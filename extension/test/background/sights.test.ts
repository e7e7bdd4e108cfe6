import assert from "node:assert/strict";
import { before, test } from "node:test";
import { describedAs, dropFrame, dropSight, dropTab, noteSight, readOf, sightsIn } from "../../src/background/sights";
import type { Sight } from "../../src/shared/own";
import type { Marketplace } from "../../src/shared/protocol.gen";
import { fakeStorage } from "../chrome";

const page = { id: "violations", page: "notices", state: "done", trust: "high" };
const market = { name: "m", title: "Mall", hosts: [], pages: [page] } as unknown as Marketplace;
const sight = (id: string, lost: string[] = []): Sight => ({ description: `m/${id}`, title: "Mall", kind: "notices", state: "done", trust: "high", lost, counts: {} });
const texts = { popup_ext_name: "S", popup_page_changed: "{title} has changed" };
const badges: Record<number, string | null> = {};

before(() => {
  fakeStorage();
  Object.assign((globalThis as unknown as { chrome: object }).chrome, {
    action: {
      setBadgeText: async ({ tabId, text }: { tabId: number; text: string | null }) => void (badges[tabId] = text),
      setBadgeBackgroundColor: async () => undefined,
      setTitle: async () => undefined,
    },
  });
});

test("one page that has changed marks the tab, in whatever frame it stands; its recovery takes the mark away", async () => {
  await noteSight(1, 0, sight("a"), texts);
  assert.equal(badges[1], undefined);
  await noteSight(1, 7, sight("b", ["rows.row"]), texts);
  assert.equal(badges[1], "?");
  await noteSight(1, 0, sight("a"), texts);
  assert.equal(badges[1], "?", "a healthy page does not speak for its neighbour");
  await noteSight(1, 7, sight("b"), texts);
  assert.equal(badges[1], null);
});

test("a frame that goes takes its mark along; a new top document everything", async () => {
  await noteSight(2, 0, sight("a"), texts);
  await noteSight(2, 7, sight("b", ["rows.row"]), texts);
  await dropFrame(2, 7, texts);
  assert.equal(badges[2], null);
  assert.deepEqual((await sightsIn(2)).map(({ description }) => description), ["m/a"]);
  await noteSight(2, 7, sight("b", ["rows.row"]), texts);
  await dropSight(2, 7, "m/b", texts);
  assert.equal(badges[2], null);
  await noteSight(2, 7, sight("b", ["rows.row"]), texts);
  await dropFrame(2, 0, texts);
  assert.deepEqual(await sightsIn(2), []);
  assert.equal(badges[2], null);
});

test("tabs do not mix, and a closed one is forgotten", async () => {
  await noteSight(3, 0, sight("a", ["root"]), texts);
  assert.deepEqual(await sightsIn(4), []);
  await dropTab(3);
  assert.deepEqual(await sightsIn(3), []);
});

test("only descriptions of the page's own marketplaces count, and what is said of them comes from the description", () => {
  assert.deepEqual(describedAs("m/violations", [market]), { description: "m/violations", title: "Mall", kind: "notices", state: "done", trust: "high" });
  for (const name of ["m/other", "other/violations", "violations", 7, null]) assert.equal(describedAs(name, [market]), null);
});

test("what no honest script says is not taken", () => {
  assert.deepEqual(readOf({ lost: ["rows.row"], counts: { notices: 12 } }), { lost: ["rows.row"], counts: { notices: 12 } });
  for (const bad of [null, {}, { lost: "x", counts: {} }, { lost: ["<b>"], counts: {} }, { lost: [], counts: { notices: -1 } }, { lost: [], counts: { notices: 0.5 } }, { lost: [], counts: { "a b": 1 } }, { lost: new Array(41).fill("a"), counts: {} }])
    assert.equal(readOf(bad), null, JSON.stringify(bad));
});
