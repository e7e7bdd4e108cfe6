import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { IDLE_MS, Translating } from "../../src/offscreen/translate";
import { translatorApi } from "../../src/shared/translator";
import { failing, StandIn } from "./stand_in";

let api: StandIn;
let closed: number;
let translating: Translating;
const ask = (...texts: string[]): ReturnType<Translating["translate"]> => translating.translate({ source: "es", target: "zh", texts, within_ms: 1_000 });
const never = (): Promise<never> => new Promise(() => undefined);
/** Lets what was promised so far happen. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  api = new StandIn();
  closed = 0;
  translating = new Translating({ api: () => api, close: () => (closed += 1) });
});
afterEach(() => mock.timers.reset());

test("texts come back in order, and the model is loaded once", async () => {
  assert.deepEqual(await ask("hola", " ", "adiós"), { texts: ["译：hola", " ", "译：adiós"], problem: "" });
  await ask("otra vez");
  assert.deepEqual(api.made, ["es-zh"]);
  assert.deepEqual(api.asked, ["hola", "adiós", "otra vez"], "blanks are not asked about");
});

test("what would have to be downloaded first is not begun: nobody pressed", async () => {
  for (const state of ["downloadable", "downloading", "unavailable", "throws", "a word of the future"]) {
    api.states["es-zh"] = state;
    assert.deepEqual(await ask("hola"), { texts: [], problem: "browser_model" }, state);
  }
  assert.deepEqual(api.made, []);
  api.states["es-zh"] = "available";
  assert.equal((await ask("hola")).problem, "", "and once it is there it is used");
});

test("how directions stand, in the browser's own names of languages", async () => {
  api.states = { "es-zh": "available", "zh-Hant-en": "downloading", "vi-zh": "downloadable", "xx-zh": "throws" };
  const ways = [["es", "zh"], ["zt", "en"], ["vi", "zh"], ["xx", "zh"], ["la", "zh"]] as const;
  assert.deepEqual(await translating.states(ways), { has: true, states: ["available", "downloading", "downloadable", "unavailable", "unavailable"] });
});

test("a browser without a translator says so", async () => {
  translating = new Translating({ api: translatorApi, close: () => undefined });
  assert.deepEqual(await translating.states([["es", "zh"]]), { has: false, states: [] });
  assert.deepEqual(await ask("hola"), { texts: [], problem: "browser_model" });
});

test("a translator that hangs is left behind in time, and the next question gets a fresh one", async () => {
  api.translate = never;
  const answer = ask("hola");
  await settle();
  mock.timers.tick(1_000);
  assert.deepEqual(await answer, { texts: [], problem: "timeout" });
  await settle();
  assert.deepEqual(api.destroyed, ["es-zh"]);
  api.translate = (text) => text;
  assert.deepEqual((await ask("hola")).texts, ["hola"]);
});

test("a model that loads for ever is left behind too, and let go when it is there after all", async () => {
  let loaded: (() => void) | undefined;
  api.making = () => new Promise((resolve) => (loaded = resolve));
  const answer = ask("hola");
  await settle();
  mock.timers.tick(1_000);
  assert.equal((await answer).problem, "timeout");
  loaded?.();
  await settle();
  assert.deepEqual(api.destroyed, ["es-zh"]);
});

for (const [name, problem] of [["QuotaExceededError", "too_large"], ["NotAllowedError", "browser_model"], ["NotSupportedError", "browser_model"], ["UnknownError", "engine_failed"]] as const)
  test(`${name} is ${problem}`, async () => {
    api.translate = failing(name);
    assert.deepEqual(await ask("hola"), { texts: [], problem });
  });

test("what is no text, or one without end, is no translation", async () => {
  for (const wrong of [undefined, null, 7, { toString: () => "x" }]) {
    api.translate = () => wrong;
    assert.equal((await ask("hola")).problem, "engine_failed", String(wrong));
  }
  api.translate = () => "字".repeat(20_001);
  assert.equal((await ask("hola")).problem, "too_large");
  api.translate = () => "😀".repeat(20_000);
  assert.equal((await ask("hola")).problem, "", "counted as the wire counts");
});

test("hostile text passes through as text", async () => {
  const hostile = "<script>alert(1)</script> ${x} \u202e";
  assert.deepEqual((await ask(hostile)).texts, [`译：${hostile}`]);
});

test("too many questions at a time are turned away", async () => {
  api.translate = never;
  const waiting = Array.from({ length: 8 }, () => ask("hola"));
  assert.equal((await ask("one more")).problem, "busy");
  await settle();
  mock.timers.tick(1_000);
  for (const { problem } of await Promise.all(waiting)) assert.equal(problem, "timeout");
});

test("few models stay loaded: the one not used for longest goes", async () => {
  for (const code of ["es", "fr", "de", "ja", "ko"]) {
    api.states[`${code}-zh`] = "available";
    await translating.translate({ source: code, target: "zh", texts: ["x"], within_ms: 1_000 });
    await ask("x");
  }
  await settle();
  assert.deepEqual(api.destroyed, ["fr-zh"]);
});

test("unused for a while the page closes, and never over a question", async () => {
  await ask("hola");
  mock.timers.tick(IDLE_MS - 1);
  assert.equal(closed, 0);
  let done: ((text: string) => void) | undefined;
  api.translate = () => new Promise((resolve) => (done = resolve));
  const answer = translating.translate({ source: "es", target: "zh", texts: ["x"], within_ms: 10 * IDLE_MS });
  await settle();
  mock.timers.tick(IDLE_MS);
  assert.equal(closed, 0);
  done?.("y");
  assert.deepEqual((await answer).texts, ["y"]);
  await settle();
  mock.timers.tick(IDLE_MS);
  assert.equal(closed, 1);
});
