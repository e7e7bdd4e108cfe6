import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Bar } from "../../src/features/kit/bar";
import { notes } from "../../src/features/kit/words";
import { watchLost } from "../../src/features/kit/lost";
import { look, watch } from "../../src/live/chat";
import type { Host, Page } from "../../src/features/kit/types";
import type { ThreadState, Translated } from "../../src/shared/protocol.gen";
import { open, spec } from "./dom";

const THREAD: ThreadState = { id: 1, language: "es", language_source: "detected" };
const ITEM: Translated = { ref: "", text: "Hola", source: "zh", target: "es", sure: true, engine: "argos", match: "machine", doubt: [], missing: [] };

/** A host that says its locale with every text, and what it was asked. */
function stranger(): { host: Host; asked: unknown[] } {
  const asked: unknown[] = [];
  const host = {
    locale: "zh_CN",
    settings: { seller_language: "zh" },
    t: (key: string): string => `${host.locale} ${key}`,
    ask: (request: unknown) => Promise.resolve(void asked.push(request)),
    onChange: () => undefined,
    part: () => Promise.resolve({ look, watch }),
  };
  return { host: host as unknown as Host, asked };
}

function bar(host: Host): Bar {
  const nothing = (): void => undefined;
  open("<main></main>");
  return new Bar(document, host, { typed: nothing, submit: nothing, leave: nothing, other: nothing, choose: nothing, another: nothing, resizing: nothing }, new AbortController().signal);
}

/** What toolbar and popup hear of the conversation. */
const sight = (lost: string[]): object => ({ type: "sight", description: "m/chat", read: { lost, counts: { messages: 0 } } });

const shown = (made: Bar): string => made.host.shadowRoot!.querySelector<HTMLElement>(".out:not([hidden])")?.textContent ?? "";

test("a preview changes its language with the interface", () => {
  const { host } = stranger();
  const made = bar(host);
  made.label(THREAD);
  made.preview(ITEM, "你好", 2000);
  assert.match(shown(made), /Hola.*zh_CN bar_back.*zh_CN bar_to/);
  (host as { locale: string }).locale = "en";
  made.label(THREAD);
  assert.match(shown(made), /Hola.*en bar_back.*en bar_to/);
  assert.doesNotMatch(shown(made), /zh_CN/);
});

test("a preview is there again when the companion is, and one that was cleared is not", () => {
  const { host } = stranger();
  const made = bar(host);
  made.label(THREAD);
  made.preview(ITEM, null, 0);
  made.away(true);
  (host as { locale: string }).locale = "en";
  made.label(THREAD);
  assert.equal(shown(made), "", "nothing but the note while the companion is away");
  made.away(false);
  assert.match(shown(made), /Hola/);
  made.clear();
  made.away(true);
  made.away(false);
  assert.equal(shown(made), "");
});

/** Whole turns of the loop: on a busy machine long work breathes between its pieces. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

test("the toolbar hears that a page lost its composer, once, and when it is there again", async () => {
  const life = new AbortController();
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const window = open(`<div class="room"><div class="list"></div></div>`);
    const { host, asked } = stranger();
    const told: string[][] = [];
    const page = { document, marketplace: { name: "m" }, spec: spec({ health: [{ field: "composer.field", min: 1, max: 1 }] }) } as unknown as Page;
    const watched = watchLost(host, page, (lost) => told.push(lost), life.signal);
    const wait = async (): Promise<void> => {
      mock.timers.tick(8_000);
      await turns();
    };
    await turns();
    assert.deepEqual(asked, [sight([])], "a page may take its time");
    await wait();
    await wait();
    assert.deepEqual(told, [["composer.field"]]);
    assert.deepEqual(asked.slice(1), [sight(["composer.field"])]);
    assert.equal(page.doubted, true, "nothing is put into a page that is not understood");
    document.querySelector(".room")!.append(Object.assign(window.document.createElement("textarea") as unknown as HTMLElement, { className: "field" }));
    await wait();
    assert.deepEqual(told.at(-1), []);
    assert.deepEqual(asked.at(-1), sight([]));
    assert.equal(page.doubted, false);
    life.abort();
    await watched;
  } finally {
    life.abort();
    mock.timers.reset();
  }
});

test("a page that was left takes its mark with it", async () => {
  const life = new AbortController();
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    open(`<div class="room"></div>`);
    const { host, asked } = stranger();
    const page = { document, marketplace: { name: "m" }, spec: spec({ health: [{ field: "messages.row", min: 1 }] }) } as unknown as Page;
    const told: string[][] = [];
    const watched = watchLost(host, page, (lost) => told.push(lost), life.signal);
    await turns();
    mock.timers.tick(8_000);
    await turns();
    life.abort();
    await watched;
    assert.deepEqual(asked, [sight([]), sight(["messages.row"]), { ...sight([]), read: null }]);
    assert.equal(told.length, 1, "a page that is gone is told nothing");
  } finally {
    life.abort();
    mock.timers.reset();
  }
});

test("what comes from the seller's memory is told with the stored pair and how alike it is", () => {
  const { host } = stranger();
  (host as { t: Host["t"] }).t = (key, data) => `${key} ${Object.values(data ?? {}).join("|")}`;
  const made = bar(host);
  const memory = { similarity: 0.879, said: "明天发货", told: "We ship tomorrow.", id: 1 };
  made.preview({ ...ITEM, engine: "memory", match: "memory_near", doubt: ["near_memory"], text: "We ship today.", memory }, "", 0);
  assert.match(shown(made), /bubble_pair 87\|明天发货\|We ship tomorrow\./);
  assert.match(shown(made), /doubt_near_memory/);
  made.preview({ ...ITEM, memory }, "", 0);
  assert.match(shown(made), /Hola.*bubble_pair 87/, "an engine's words, with something similar beside them");
  made.preview({ ...ITEM, engine: "memory", match: "memory", text: memory.told, memory: { ...memory, similarity: 1 } }, "", 0);
  assert.doesNotMatch(shown(made), /bubble_pair/, "the very same words are not said twice");
  assert.deepEqual(notes(host, { ...ITEM, match: "memory_near", doubt: ["near_memory"], memory }), [{ short: "bubble_doubtful  · bubble_near_memory 87", full: "doubt_near_memory " }]);
});
