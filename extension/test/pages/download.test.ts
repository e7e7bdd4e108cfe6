import assert from "node:assert/strict";
import { test } from "node:test";
import { download, nextWay, stockOf, trialWay, waysOf } from "../../src/pages/options/engines/download";
import type { BrowserPair } from "../../src/shared/protocol.gen";
import { failing, StandIn } from "../offscreen/stand_in";

const pair = (source: string, target: string, state: BrowserPair["state"]): BrowserPair => ({ source, target, state });
const PAIRS = [
  pair("es", "zh", "available"), pair("zh", "es", "available"),
  pair("ja", "zh", "available"), pair("zh", "ja", "downloadable"),
  pair("vi", "zh", "downloadable"), pair("zh", "vi", "downloading"),
  pair("th", "zh", "downloadable"), pair("zh", "th", "unavailable"),
];

test("a language is there when both ways are, and what lacks a way is not offered", () => {
  assert.deepEqual(waysOf(["zh", "es"], "zh"), [["es", "zh"], ["zh", "es"]]);
  assert.deepEqual(stockOf(["zh", "es", "ja", "vi", "th", "ru"], "zh", PAIRS), { ready: ["es"], wanting: ["ja", "vi"], lacking: ["th", "ru"] });
});

test("a press downloads what is missing: first to read the buyer, then to answer", () => {
  assert.deepEqual(nextWay("vi", "zh", PAIRS), ["vi", "zh"]);
  assert.deepEqual(nextWay("ja", "zh", PAIRS), ["zh", "ja"]);
  assert.equal(nextWay("es", "zh", PAIRS), null);
});

test("what is tried is there, has a line of ours, and can be read by the seller where that is possible", () => {
  assert.deepEqual(trialWay(["zh", "en", "es"], "zh", PAIRS), ["zh", "es"]);
  assert.deepEqual(trialWay(["zh", "en", "es"], "zh", [...PAIRS, pair("en", "zh", "available")]), ["en", "zh"]);
  assert.equal(trialWay(["zh", "en", "ja"], "zh", PAIRS), null);
});

test("the browser is asked before anything is awaited, and its progress is told as a share", async () => {
  const api = new StandIn();
  const shares: number[] = [];
  let begun: (() => void) | undefined;
  api.making = () => new Promise((resolve) => (begun = resolve));
  const ended = download(api, ["vi", "zh"], new AbortController().signal, (share) => shares.push(share));
  assert.ok(api.monitored, "within the very press");
  for (const loaded of [0.25, 7, -1, Number.NaN, 1]) api.monitored.dispatchEvent(Object.assign(new Event("downloadprogress"), { loaded }));
  begun?.();
  assert.equal(await ended, "done");
  assert.deepEqual(shares, [0.25, 1, 0, 1]);
  assert.deepEqual(api.destroyed, ["vi-zh"], "nothing stays loaded in the options page");
});

for (const [name, ending] of [["NotAllowedError", "press"], ["NotSupportedError", "unsupported"], ["NetworkError", "failed"]] as const)
  test(`a download that ends with ${name}: ${ending}`, async () => {
    const api = new StandIn();
    api.making = async () => failing(name)();
    assert.equal(await download(api, ["vi", "zh"], new AbortController().signal, () => undefined), ending);
  });

test("a cancelled download is no failure", async () => {
  const api = new StandIn();
  const control = new AbortController();
  api.making = async () => {
    control.abort();
    failing("AbortError")();
  };
  assert.equal(await download(api, ["vi", "zh"], control.signal, () => undefined), "cancelled");
});
