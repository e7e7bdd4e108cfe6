import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Offscreen, type Asks } from "../../src/background/browser/offscreen";
import { BrowserTranslator, nameOf } from "../../src/background/browser/translator";
import type { Channel } from "../../src/background/channel";
import { CallError } from "../../src/background/failure";
import type { BrowserAnswerParams, BrowserAsked, BrowserOfferParams } from "../../src/shared/protocol.gen";
import type { PairState, Problem, Way } from "../../src/shared/translator";
import { fakeStorage } from "../chrome";

const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const asked: BrowserAsked = { id: "7", source: "es", target: "zh", texts: ["hola"], within_ms: 1_000 };

/** The offscreen page; null = it cannot be made. */
class Page {
  has = true;
  states: Record<string, PairState> = { "es-zh": "available" };
  told: { texts: string[]; problem: Problem } | null = { texts: ["你好"], problem: "" };
  looked: string[] = [];
  away = false;

  readonly ask = (async (type: string, data: { ways: readonly Way[] }) => {
    if (this.away) return null;
    if (type === "own.translator.translate") return this.told;
    this.looked.push(data.ways.map((way) => way.join("-")).join());
    return { has: this.has, states: this.has ? data.ways.map((way) => this.states[way.join("-")] ?? "downloadable") : [] };
  }) as unknown as Asks["ask"];
}

let page: Page;
let sent: [string, BrowserOfferParams | BrowserAnswerParams][];
let refuse: CallError | null;
const open = (): Channel =>
  ({
    request: async (method: string, params: BrowserOfferParams) => {
      sent.push([method, params]);
      if (refuse && !("problem" in params && params.problem)) throw refuse;
      return {};
    },
  }) as unknown as Channel;
let channel: Channel;
const make = async (agent = AGENT): Promise<BrowserTranslator> => {
  const made = new BrowserTranslator({ page, agent, channel: () => channel });
  await made.load();
  return made;
};
const offers = (): string[] => sent.filter(([method]) => method === "browser.offer").map(([, params]) => (params as BrowserOfferParams).pairs.map(({ source, target, state }) => `${source}-${target} ${state}`).join());

beforeEach(() => {
  fakeStorage();
  page = new Page();
  [sent, refuse, channel] = [[], null, open()];
});

test("at the first connection the browser is looked at, and told of even when nothing is downloaded", async () => {
  const translator = await make();
  await translator.greet(channel);
  assert.deepEqual(sent, [["browser.offer", { has: true, browser: "Chrome/156", pairs: [] }]]);
});

test("a browser without a translator says nothing", async () => {
  page.has = false;
  await (await make()).greet(channel);
  page.away = true;
  await (await make()).greet(channel);
  assert.deepEqual(sent, []);
});

test("what it said is remembered: the next connection opens no page", async () => {
  const first = await make();
  await first.look([["es", "zh"], ["vi", "zh"]]);
  channel = open();
  const next = await make();
  page.looked = [];
  await next.greet(channel);
  assert.deepEqual(offers(), ["es-zh available,vi-zh downloadable", "es-zh available,vi-zh downloadable"]);
  assert.deepEqual(page.looked, []);
});

test("another version of the browser is asked anew about what was of use before", async () => {
  await (await make()).look([["es", "zh"]]);
  page.states = {};
  await (await make(AGENT.replace("156", "157"))).greet(channel);
  assert.deepEqual(page.looked, ["es-zh", "es-zh"]);
  assert.deepEqual(offers(), ["es-zh available", "es-zh downloadable"]);
});

test("the companion hears of news only", async () => {
  const translator = await make();
  await translator.look([["es", "zh"]]);
  await translator.look([["es", "zh"]]);
  page.states["es-zh"] = "downloading";
  await translator.look([["es", "zh"]]);
  page.has = false;
  await translator.look([["es", "zh"]]);
  assert.deepEqual(offers(), ["es-zh available", "es-zh downloading", ""]);
  assert.equal((sent.at(-1)?.[1] as BrowserOfferParams).has, false);
});

test("a question is carried there and back", async () => {
  const translator = await make();
  await translator.look([["es", "zh"]]);
  await translator.take(asked, channel);
  assert.deepEqual(sent.at(-1), ["browser.answer", { id: "7", texts: ["你好"], problem: "" }]);
  assert.equal(offers().length, 1, "what was known is not told again");
});

test("a direction that turns out not to be there is told of before the answer", async () => {
  const translator = await make();
  await translator.look([["es", "zh"]]);
  page.told = { texts: [], problem: "browser_model" };
  page.states = {};
  await translator.take(asked, channel);
  assert.deepEqual(offers().at(-1), "es-zh downloadable");
  assert.deepEqual(sent.at(-1), ["browser.answer", { id: "7", texts: [], problem: "browser_model" }]);
});

test("one that turns out to be there is told of too", async () => {
  const translator = await make();
  await translator.greet(channel);
  await translator.take(asked, channel);
  assert.deepEqual(offers(), ["", "es-zh available"]);
});

test("without the page, or with an answer that fits no frame, the companion still hears at once", async () => {
  const translator = await make();
  page.away = true;
  await translator.take(asked, channel);
  assert.deepEqual(sent, [["browser.answer", { id: "7", texts: [], problem: "timeout" }]]);
  page.away = false;
  refuse = new CallError("too_large");
  await translator.take(asked, channel);
  assert.deepEqual(sent.at(-1), ["browser.answer", { id: "7", problem: "too_large" }]);
});

test("a store that somebody wrote nonsense into is not believed", async () => {
  fakeStorage().local["browser_translator"] = { agent: AGENT, has: "yes", pairs: [{ source: "<b>" }] };
  await (await make()).greet(channel);
  assert.deepEqual(offers(), [""]);
});

test("browsers by name and version", () => {
  assert.equal(nameOf(AGENT), "Chrome/156");
  assert.equal(nameOf(`${AGENT} Edg/150.0.0.0`), "Edge/150");
  assert.equal(nameOf("Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0"), "");
});

// -- the page itself, made by the browser --------------------------------------------------------------------------

/** chrome.offscreen in memory; `closing` pages do not hear what is sent. */
function browser(): { made: string[]; closing: number; there: boolean } {
  const world = { made: [] as string[], closing: 0, there: false };
  Object.assign(globalThis, {
    chrome: {
      offscreen: {
        createDocument: async ({ url }: { url: string }) => {
          if (world.there) throw new Error("Only a single offscreen document may be created.");
          world.made.push(url);
          world.there = true;
        },
      },
      runtime: {
        getContexts: async () => (world.there ? [{}] : []),
        sendMessage: async () => {
          if (world.closing-- > 0) {
            world.there = false;
            throw new Error("Receiving end does not exist.");
          }
          return { has: true, states: [] };
        },
      },
    },
  });
  return world;
}

test("the page is made once for questions at the same time, and one that is there is used", async () => {
  const world = browser();
  const both = new Offscreen();
  await Promise.all([both.ask("own.translator.states", { ways: [] }, 1_000), both.ask("own.translator.states", { ways: [] }, 1_000)]);
  await new Offscreen().ask("own.translator.states", { ways: [] }, 1_000);
  assert.deepEqual(world.made, ["translator.html"]);
});

test("a page that closed itself just now is made anew, and not for ever", async () => {
  const world = browser();
  world.closing = 1;
  assert.deepEqual(await new Offscreen().ask("own.translator.states", { ways: [] }, 1_000), { has: true, states: [] });
  world.closing = 9;
  assert.equal(await new Offscreen().ask("own.translator.states", { ways: [] }, 1_000), null);
  assert.equal(world.made.length, 3);
});

test("a browser without such pages, or one that refuses, has no answer", async () => {
  browser();
  chrome.offscreen.createDocument = (() => Promise.reject(new Error("no"))) as unknown as typeof chrome.offscreen.createDocument;
  assert.equal(await new Offscreen().ask("own.translator.states", { ways: [] }, 1_000), null);
  Object.assign(globalThis, { chrome: { runtime: {} } });
  assert.equal(await new Offscreen().ask("own.translator.states", { ways: [] }, 1_000), null);
});

test("nobody waits for a page that says nothing", async () => {
  browser();
  chrome.runtime.sendMessage = (() => new Promise(() => undefined)) as unknown as typeof chrome.runtime.sendMessage;
  assert.equal(await new Offscreen().ask("own.translator.states", { ways: [] }, 20), null);
});
