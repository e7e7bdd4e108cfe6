import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { readInbox } from "../../src/live/inbox/look";
import { openInbox } from "../../src/live/inbox/open";
import type { LivePage } from "../../src/live/types";
import type { Host } from "../../src/features/kit/types";
import { asksForProof, asksToLogIn } from "../../src/sites/away";
import { parts } from "../../src/shared/parts";
import type { InboxSeenParams, ThreadsPage } from "../../src/shared/protocol.gen";
import { open, soon } from "./dom";

const css = (...all: string[]) => all.map((each) => ({ css: each }));
const SPEC = {
  page: "threads",
  id: "inbox",
  paths: ["^/inbox"],
  root: css(".card"),
  account: { shop: [{ query: "shop" }], region: [{ query: "region" }] },
  rows: { row: css(".card"), buyer: css(".who"), preview: css(".last"), time: css("time"), unread: css(".badge"), system: css(".official"), last_buyer: css(".in"), last_seller: css(".tick") },
  seller_previews: ["^You: (.*)"],
  health: [{ field: "rows.row" }, { field: "rows.time" }, { field: "account.shop", min: 1, max: 1 }],
} as unknown as ThreadsPage;
const URL_ = "https://seller.mall.example/inbox?shop=s1&region=us";
const card = (who: string, last: string, more = ""): string => `<div class="card"><b class="who">${who}</b><time>14:23</time><p class="last">${last}</p>${more}</div>`;

let told: InboxSeenParams[];
let said: { lost: readonly string[]; counts: object }[];
let life: AbortController;
let taken: boolean;

beforeEach(() => {
  [told, said, life, taken] = [[], [], new AbortController(), true];
  delete parts().inbox;
});
afterEach(() => life.abort());

function start(html: string, url = URL_): { document: Document; row: (at: number) => Element } {
  open(`<html lang="en"><body><div class="list">${html}</div></body></html>`, url);
  const page = {
    marketplace: { name: "mall" },
    spec: SPEC,
    document,
    options: [],
    place: () => ({ document, url: new URL(url) }),
    tell: (read: { lost: readonly string[]; counts: object }) => said.push(read),
  } as unknown as LivePage;
  const host = { ask: async ({ params }: { params: InboxSeenParams }) => (told.push(params), taken) } as unknown as Host;
  openInbox(host, page, life.signal);
  return { document, row: (at) => document.querySelectorAll(".card")[at] as Element };
}

test("the list is told with whose it is, and the same list once", async () => {
  const { row } = start(card("ana", "hello", '<i class="badge">2</i>') + card("bo", "You: yes") + card("Mall", "News", '<i class="official"></i>'));
  await soon();
  assert.deepEqual(told[0]?.inbox, { marketplace: "mall", shop: "s1", region: "US" });
  assert.deepEqual(told[0]?.rows.map(({ buyer, preview, unread, last, system }) => [buyer, preview, unread, last, system]), [
    ["ana", "hello", 2, "unknown", false],
    ["bo", "yes", 0, "seller", false],
    ["Mall", "News", 0, "unknown", true],
  ]);
  assert.deepEqual(said.at(-1), { lost: [], counts: { threads: 3, unread: 1 } });
  row(0).classList.add("hover");
  await soon(700);
  assert.equal(told.length, 1);
});

test("a virtual list that draws another conversation into the same element tells that conversation", async () => {
  const { row } = start(card("ana", "hello") + card("bo", "bye"));
  const reused = row(0);
  (reused.querySelector(".who") as Element).textContent = "cho";
  (reused.querySelector(".last") as Element).textContent = "size?";
  await soon(700);
  assert.deepEqual(told.at(-1)?.rows.map(({ buyer, preview }) => [buyer, preview]), [["cho", "size?"], ["bo", "bye"]]);
});

test("what the background did not take is told again", async () => {
  taken = false;
  start(card("ana", "hello"));
  await soon();
  taken = true;
  parts().inbox?.();
  await soon();
  parts().inbox?.();
  await soon();
  assert.equal(told.length, 2);
});

test("a list that lost its marks is no fact", async () => {
  const { document } = start(card("ana", "hello"));
  await soon();
  for (const time of document.querySelectorAll("time")) time.remove();
  await soon(700);
  assert.deepEqual(parts().inbox?.()?.lost, ["rows.time"]);
  assert.equal(told.length, 1, "nothing more is told");
});

test("a row that lost its mark beside others, or its name, makes the list doubtful", () => {
  const look = (html: string): string[] => {
    open(`<html><body><div class="list">${html}</div></body></html>`, URL_);
    return readInbox(SPEC, { document, url: new URL(URL_) }).lost;
  };
  assert.deepEqual(look(card("ana", "hello")), []);
  assert.deepEqual(look(card("ana", "hello") + card("bo", "bye").replace('class="card"', 'class="c4rd"')), ["rows.row"]);
  assert.deepEqual(look(card("ana", "hello") + card("bo", "bye").replace('class="who"', 'class="x"')), ["rows.buyer"]);
});

test("it ends with the page", async () => {
  const { row } = start(card("ana", "hello"));
  await soon();
  life.abort();
  (row(0).querySelector(".last") as Element).textContent = "more";
  await soon(700);
  assert.equal(told.length, 1);
  assert.equal(parts().inbox, undefined);
});

const page = (html: string, title = "Seller"): Document => (open(`<html><head><title>${title}</title></head><body>${html}</body></html>`), document);

test("a form to log in is told by its field for a password", () => {
  assert.ok(asksToLogIn(page('<form><input type="password"></form>')));
  assert.ok(!asksToLogIn(page('<form><input type="text" placeholder="password"></form>')));
});

test("a question for a person is told by its heading where nothing else is drawn", () => {
  const lazada = '<div class="punish-page"><h1>Sorry, we have detected unusual traffic</h1><p>Please slide to verify</p></div>';
  assert.ok(asksForProof(page(lazada), true));
  assert.ok(!asksForProof(page(lazada), false), "words beside a list may be anybody's");
  assert.ok(!asksForProof(page("<h1>Messages</h1><p>captcha</p>"), true));
});
