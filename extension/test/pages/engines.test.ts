import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, inTheClear, saving } from "../../src/pages/options/engines/form";
import { firstChoice, forPair, moved, placed, preferring, shown, without } from "../../src/pages/options/engines/order";
import { NO_PRICE, priceIn, typedOf } from "../../src/pages/options/engines/price";
import { nameOf, priceOf, todayOf, troubleOf } from "../../src/pages/options/engines/words";
import type { EngineInfo, EnginePreset, EnginesResult, LanguagePackage } from "../../src/shared/protocol.gen";

const t = (key: string, data: Record<string, string | number> = {}): string => [key, ...Object.entries(data).map(([name, value]) => `${name}=${value}`)].join(" ");
const engine = (name: string, kind: EngineInfo["kind"], more: Partial<EngineInfo> = {}): EngineInfo => ({ name, kind, destination: "", ready: true, problem: "", ...more });
const DEEPSEEK: EnginePreset = {
  name: "deepseek", title: "DeepSeek", kind: "chat", base_url: "https://api.deepseek.com", model: "deepseek-flash", needs_key: true,
  price: { per: "tokens", price_in: 0.3, price_out: 1.2, currency: "USD" }, source: "https://api-docs.deepseek.com/x", checked: "2026-11-30",
};
const OFFLINE = [engine("argos", "argos"), engine("bergamot", "bergamot"), engine("browser", "browser", { ready: false })];
const REMOTE = engine("deepseek", "chat", { destination: "api.deepseek.com", needs_key: true, has_key: true, base_url: DEEPSEEK.base_url, model: DEEPSEEK.model, price: DEEPSEEK.price });
const all = (order: string[], engines = [...OFFLINE, REMOTE]): EnginesResult => ({ engines, order, pairs: {}, presets: [DEEPSEEK] });
const names = (engines: EngineInfo[]): string[] => engines.map(({ name }) => name);

test("engines are listed as they are asked, the others after them", () => {
  assert.deepEqual(names(shown(all(["deepseek", "browser", "argos"]))), ["deepseek", "browser", "argos", "bergamot"]);
  assert.deepEqual(names(shown(all(["deepseek"]))), ["deepseek", "argos", "bergamot", "browser"]);
});

test("a move passes what the seller does not see and stops at the ends", () => {
  const seen = ["argos", "deepseek"];
  assert.deepEqual(moved(["argos", "browser", "deepseek"], seen, "deepseek", -1), ["deepseek", "browser", "argos"]);
  assert.deepEqual(moved(["argos", "deepseek"], seen, "argos", -1), ["argos", "deepseek"]);
  assert.deepEqual(moved(["argos"], ["argos"], "bergamot", 1), ["argos"]);
});

test("when an engine is asked: first, last, or only by a press", () => {
  assert.deepEqual(placed(["argos", "deepseek"], "deepseek", "first"), ["deepseek", "argos"]);
  assert.deepEqual(placed(["deepseek", "argos"], "deepseek", "last"), ["argos", "deepseek"]);
  assert.deepEqual(placed(["deepseek", "argos"], "deepseek", "press"), ["argos"]);
  assert.deepEqual(forPair(["argos", "deepseek"], "bergamot"), ["bergamot", "argos", "deepseek"]);
});

test("the first choice is what stands first, and choosing one kind keeps the order within it", () => {
  assert.equal(firstChoice(all(["argos", "deepseek"])), "offline");
  assert.equal(firstChoice(all(["deepseek", "argos"])), "own");
  assert.deepEqual(preferring(all(["bergamot", "deepseek", "argos"]), "offline"), ["bergamot", "argos", "deepseek"]);
  assert.deepEqual(preferring(all(["bergamot", "argos"]), "own"), ["deepseek", "bergamot", "argos"], "one that was off is switched on");
  assert.equal(preferring(all(["argos"], OFFLINE), "own"), null, "nothing is set up: the order stays");
  assert.equal(preferring(all(["argos"], [...OFFLINE, { ...REMOTE, ready: false }]), "own"), null, "without its key it cannot be asked");
});

test("languages without a way are named, and nothing is claimed of a list that was never fetched", () => {
  const both = (code: string): LanguagePackage[] =>
    [[code, "en"], ["en", code]].map(([source = "", target = ""]) => ({ source, target, source_name: "", target_name: "", version: "1", engine: "argos", installed: false, size: 0, checksum: "" }));
  const packages = [...both("zh"), ...both("ja")];
  const listed = { packages, index_at: 1, index_error: "" };
  assert.deepEqual(without(["zh", "en", "ja", "vi"], "zh", listed, ["vi"]), ["vi"]);
  assert.deepEqual(without(["zh", "en", "ja", "vi", "th"], "zh", { ...listed, packages: [], index_at: 0 }, ["vi"]), ["vi"]);
  assert.deepEqual(without(["ja"], "zh", { ...listed, packages: [] }, null), []);
  assert.deepEqual(without(["ja"], "zh", { ...listed, packages: packages.slice(0, 3) }, null), ["ja"], "reading alone is half a conversation");
});

test("a saved form sends what was changed, and no key where none was typed", () => {
  const price = typedOf(DEEPSEEK.price);
  const typed = { base_url: DEEPSEEK.base_url, model: DEEPSEEK.model, key: "", daily: "", price, facts: "" };
  assert.deepEqual(saving("deepseek", undefined, DEEPSEEK, { ...typed, key: " sk-1 " }), { name: "deepseek", preset: "deepseek", key: "sk-1" });
  assert.deepEqual(saving("deepseek", REMOTE, undefined, typed), { name: "deepseek" });
  assert.deepEqual(saving("deepseek", REMOTE, undefined, { ...typed, model: "deepseek-pro", daily: "5000" }), { name: "deepseek", model: "deepseek-pro", daily_characters: 5000 });
  assert.deepEqual(saving("own-service", undefined, undefined, { ...typed, daily: "many", price: typedOf(NO_PRICE) }), { name: "own-service", kind: "chat", base_url: DEEPSEEK.base_url, model: DEEPSEEK.model });
});

test("price and words about the shop are sent when they were changed, an amount that is not known as none", () => {
  const typed = { base_url: DEEPSEEK.base_url, model: DEEPSEEK.model, key: "", daily: "", price: typedOf(DEEPSEEK.price), facts: "" };
  const had = { ...REMOTE, price: DEEPSEEK.price, shop_facts: "女鞋" };
  assert.deepEqual(saving("deepseek", had, undefined, { ...typed, facts: " 女鞋 " }), { name: "deepseek" });
  assert.deepEqual(saving("deepseek", had, undefined, typed), { name: "deepseek", shop_facts: "" }, "taken away");
  assert.deepEqual(saving("deepseek", undefined, DEEPSEEK, { ...typed, price: { per: "characters", price_in: "0,5", price_out: "", currency: " cny" }, facts: "女鞋" }), {
    name: "deepseek",
    preset: "deepseek",
    price: { per: "characters", price_in: 0.5, price_out: null, currency: "CNY" },
    shop_facts: "女鞋",
  });
  const read = (price_in: string, currency = ""): unknown => priceIn({ per: "tokens", price_in, price_out: "", currency })?.price_in;
  assert.deepEqual(["", "0", "12.5", "1e3", "-1", "free"].map((each) => read(each)), [null, 0, 12.5, undefined, undefined, undefined]);
  assert.equal(read("1", "EURO"), undefined);
});

test("the host that will see the texts is told from the address", () => {
  assert.equal(hostOf("https://api.deepseek.com/v1"), "api.deepseek.com");
  for (const here of ["http://127.0.0.1:5000", "http://localhost:11434/v1", "http://[::1]:5000"]) assert.equal(hostOf(here), "", here);
  assert.equal(hostOf("http://127.0.0.1.example.com"), "127.0.0.1.example.com");
  assert.equal(inTheClear(" HTTP://192.168.1.20:8000"), true);
  for (const sealed of ["https://192.168.1.20", "http://localhost:5000", "http:", ""]) assert.equal(inTheClear(sealed), false, sealed);
  assert.equal(hostOf("nonsense"), "");
});

test("names, prices, the day's use, and why an engine rests", () => {
  assert.equal(nameOf(t, REMOTE, [DEEPSEEK]), "DeepSeek");
  assert.equal(nameOf(t, engine("mine", "chat"), [DEEPSEEK]), "mine");
  assert.equal(priceOf(t, DEEPSEEK.price), "options_engine_price_tokens price=0.3 / 1.2 currency=USD");
  assert.equal(priceOf(t, { ...DEEPSEEK.price, price_in: null }), "options_engine_price_unknown");
  assert.equal(priceOf(t, { ...DEEPSEEK.price, price_in: 0, price_out: 0 }), "");
  const today = { characters: 120, limit: 1000, tokens_in: 0, tokens_out: 0, requests: 1, estimated: true, cost: 0.00151, currency: "USD" };
  assert.equal(todayOf(t, today, false), "options_engine_today characters=120 limit=1000 · options_engine_cost cost=≈ 0.0015 USD");
  assert.equal(todayOf(t, { ...today, limit: 0, cost: null }, false), "options_engine_today_unlimited characters=120 limit=0 · options_engine_cost_unknown");
  assert.equal(todayOf(t, today, true), "options_engine_today characters=120 limit=1000");
  assert.equal(troubleOf(t, { ...REMOTE, has_key: false, ready: false }, "DeepSeek"), "options_engine_no_key");
  assert.equal(troubleOf(t, engine("argos", "argos", { ready: false }), "Argos"), "options_engine_no_package");
  assert.equal(troubleOf(t, engine("browser", "browser", { ready: false }), "B"), "options_browser_none");
  assert.equal(troubleOf(t, { ...REMOTE, problem: "engine_budget", today }, "DeepSeek"), "error_engine_budget engine=DeepSeek used=120 limit=1000 problem=deepseek-flash");
  assert.equal(troubleOf(t, REMOTE, "DeepSeek"), "");
});
