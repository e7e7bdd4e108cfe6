import assert from "node:assert/strict";
import { test } from "node:test";
import type { Translated } from "../../src/shared/protocol.gen";
import { Translations } from "../../src/features/kit/requests";
import type { Host } from "../../src/features/kit/types";
import { soon } from "./dom";

const REF = { marketplace: "m", shop: "s", region: "US", thread: "t" };

interface Asked {
  texts: string[];
  answer: (value: unknown) => void;
  fail: () => void;
}

/** A host whose answers are given by hand. */
function stand(): { host: Host; asked: Asked[]; link: (link: string) => void } {
  const asked: Asked[] = [];
  const hearers: (() => void)[] = [];
  const state = { link: "ready", detail: "", practice: false, queue: { waiting: 0, parked: 0, full: false } };
  const host = {
    state,
    locale: "zh_CN",
    settings: { seller_language: "zh" },
    t: (key: string) => key,
    ask: (request: { params: { items: { text: string }[] } }) =>
      new Promise((answer, reject) => asked.push({ texts: request.params.items.map(({ text }) => text), answer, fail: () => reject(new Error("gone")) })),
    onChange: (hear: () => void) => hearers.push(hear),
    onPush: () => undefined,
  };
  const link = (now: string): void => {
    state.link = now;
    for (const hear of hearers) hear();
  };
  return { host: host as unknown as Host, asked, link };
}

const done = (texts: string[]): unknown => ({
  result: { items: texts.map((text, at): Translated => ({ ref: String(at), text: `zh ${text}`, source: "es", target: "zh", sure: true, engine: "x", match: "machine", doubt: [], missing: [] })) },
});
const refused = (retryable: boolean): unknown => ({ error: { code: "engine_failed", retryable, data: {} } });

test("each text is asked for once, the newest first, in small batches", async () => {
  const { host, asked } = stand();
  const translations = new Translations(host, new AbortController().signal);
  const texts = Array.from({ length: 20 }, (_, at) => `m${at}`);
  translations.want("t", REF, texts);
  translations.want("t", REF, texts);
  assert.deepEqual(asked.map((one) => one.texts.length), [8, 8], "two under way");
  assert.equal(asked[0]?.texts[0], "m19");
  asked[0]!.answer(done(asked[0]!.texts));
  await soon();
  assert.equal(asked.length, 3);
  assert.equal(translations.get("t", "m19")?.text, "zh m19");
  assert.equal(translations.get("other", "m19"), undefined, "another conversation, another context");
  translations.want("t", REF, ["m19"]);
  await soon();
  assert.equal(asked.length, 3);
});

test("nothing is asked while the companion is away, everything when it is back", async () => {
  const { host, asked, link } = stand();
  link("no_companion");
  const translations = new Translations(host, new AbortController().signal);
  translations.want("t", REF, ["hola"]);
  assert.equal(asked.length, 0);
  link("ready");
  assert.deepEqual(asked.map((one) => one.texts), [["hola"]]);
});

test("a text that fails is tried again alone and takes no other down", async () => {
  const { host, asked } = stand();
  const translations = new Translations(host, new AbortController().signal);
  translations.want("t", REF, ["good", "bad"]);
  asked[0]!.answer(refused(true));
  await soon(1_100);
  assert.deepEqual(asked.slice(1).map((one) => one.texts.length), [1, 1]);
  for (const one of asked.slice(1)) one.answer(one.texts[0] === "good" ? done(one.texts) : refused(true));
  await soon();
  assert.equal(translations.get("t", "good")?.text, "zh good");
  assert.equal(translations.get("t", "bad"), undefined);
});

test("what cannot be helped is not asked again: the original stands", async () => {
  const { host, asked } = stand();
  const translations = new Translations(host, new AbortController().signal);
  translations.want("t", REF, ["bad"]);
  asked[0]!.answer(refused(false));
  await soon();
  assert.equal(translations.get("t", "bad")?.match, "none");
  translations.want("t", REF, ["bad"]);
  assert.equal(asked.length, 1);
  translations.forget((thread, item) => thread === "t" && item.match === "none");
  translations.want("t", REF, ["bad"]);
  assert.equal(asked.length, 2);
});

test("a background that vanished is asked again after a pause", async () => {
  const { host, asked } = stand();
  const translations = new Translations(host, new AbortController().signal);
  translations.want("t", REF, ["hola"]);
  asked[0]!.fail();
  await soon(50);
  assert.equal(asked.length, 1, "not at once");
  await soon(1_100);
  assert.deepEqual(asked[1]?.texts, ["hola"]);
});
