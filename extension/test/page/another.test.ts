import assert from "node:assert/strict";
import { test } from "node:test";
import { offered } from "../../src/background/engines";
import { engineLine, notes } from "../../src/features/kit/words";
import { nextOf } from "../../src/live/another";
import type { Host } from "../../src/features/kit/types";
import type { EnginesResult, Translated } from "../../src/shared/protocol.gen";

const host = {
  locale: "en",
  t: (key: string, data: Record<string, string> = {}) => (key === "bubble_engine_mine" ? key : `<${[key, ...Object.values(data)].join(" ")}>`),
} as unknown as Host;
const item: Translated = { ref: "", text: "Hola", source: "", target: "es", sure: true, engine: "argos", match: "machine", doubt: [], missing: [] };

test("a page hears of engines that can be asked, in the seller's order, and nothing about keys, models or money", () => {
  const told: EnginesResult = {
    engines: [
      { name: "argos", kind: "argos", destination: "", ready: true, problem: "" },
      { name: "bergamot", kind: "bergamot", destination: "", ready: false, problem: "engine_missing" },
      { name: "browser", kind: "browser", destination: "", ready: true, problem: "" },
      { name: "mine", kind: "chat", destination: "api.example.com", ready: true, problem: "", model: "m", base_url: "https://api.example.com", has_key: true },
      { name: "deepl", kind: "deepl", destination: "api-free.deepl.com", ready: true, problem: "", has_key: true },
    ],
    order: ["deepl", "argos"],
    pairs: {},
    presets: [{ name: "deepl", title: "DeepL", kind: "deepl", base_url: "", model: "", needs_key: true, price: { per: "characters", price_in: null, price_out: null, currency: "" }, source: "", checked: "" }],
  };
  assert.deepEqual(offered(told), [
    { name: "deepl", title: "DeepL", destination: "api-free.deepl.com" },
    { name: "argos", title: "", destination: "" },
    { name: "browser", title: "", destination: "" },
    { name: "mine", title: "mine", destination: "api.example.com" },
  ]);
});

test("presses go round through all engines, and nobody is offered the one that made it", () => {
  const list = ["argos", "deepl"].map((name) => ({ name, title: "", destination: "" }));
  assert.equal(nextOf(list, "phrasebook")?.name, "argos");
  assert.equal(nextOf(list, "argos")?.name, "deepl");
  assert.equal(nextOf(list, "deepl")?.name, "argos");
  assert.equal(nextOf(list.slice(0, 1), "argos"), null);
  assert.equal(nextOf([], "argos"), null);
});

test("the line says who translated and every host that saw the text", () => {
  assert.equal(engineLine(host, item), "<bubble_engine_argos> · <bubble_stays>");
  assert.equal(engineLine(host, { ...item, engine: "mine", destination: "a.example b.example" }), "mine · <bubble_goes a.example, b.example>");
});

test("doubtful is said once, before the first reason", () => {
  assert.deepEqual(notes(host, item), []);
  assert.deepEqual(
    notes(host, { ...item, match: "near", doubt: ["near_match", "echo"] }).map(({ short }) => short),
    ["<bubble_doubtful> · <bubble_near>", "<doubt_echo>"],
  );
});
