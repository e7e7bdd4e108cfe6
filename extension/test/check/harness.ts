// A listing editor of fields built in every way, checked by a stand-in companion: `begin(words)` marks these words.

import { checkListing } from "../../src/check/editor";
import type { Host, ListingAtHand } from "../../src/features/kit/types";

interface Sent {
  field: string;
  index: number;
  name: string;
  text: string;
}

const asked: { texts: Sent[]; settled: boolean; item: string }[] = [];
const waivers: { rule: string; text: string; item: string; reason: string }[] = [];
const pushed: ((push: object) => void)[] = [];
const changed: (() => void)[] = [];
const state = { link: "ready" };
let words: string[] = [];
let texts: Record<string, string> = {};

function findings(sent: readonly Sent[]): object[] {
  return sent.flatMap(({ text }, part) =>
    words.flatMap((word, number) => {
      const paired = /[\ud800-\udbff]/.test(text);
      const points = (units: number): number => (paired ? [...text.slice(0, units)].length : units);
      const rule = `promotion/word-${number}`;
      const waiver = waivers.find((each) => each.rule === rule && each.text.toLowerCase() === word);
      return Array.from(text.toLowerCase().matchAll(new RegExp(word, "gu")), ({ index }) => ({
        part,
        rule,
        version: 1,
        level: ["error", "warning", "suggestion"][number % 3],
        start: points(index),
        end: points(index + word.length),
        text: text.slice(index, index + word.length),
        message: `“${word}” is not allowed here.`,
        fix: "Say what it is.",
        source: "https://sellercentral.amazon.com/help",
        as_of: "2026-11-22",
        alternatives: number === 0 ? ["one-off price"] : [],
        waiver: waiver ? "w1" : "",
        reason: waiver?.reason ?? "",
      }));
    }),
  );
}

const host = {
  locale: "en",
  settings: { seller_language: "zh" },
  state,
  t: (key: string, data: Record<string, unknown> = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (slot, name: string) => (name in data ? String(data[name]) : slot)),
  onPush: (hear: (push: object) => void) => pushed.push(hear),
  onChange: (hear: () => void) => changed.push(hear),
  ask: async ({ method, params }: { method: string; params: { texts: Sent[]; settled: boolean; item: string; waiver: (typeof waivers)[number] } }) => {
    if (method === "waivers.put") {
      waivers.push(params.waiver);
      return { result: params };
    }
    asked.push(params);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { result: { findings: findings(params.texts), pack: "2026-11-22.test" } };
  },
} as unknown as Host;

function begin(spec: object, listed: string[], catalogue: Record<string, string> = {}): void {
  words = listed;
  texts = catalogue;
  const fields = { title: "", bullets: [], description: "", brand: "", keywords: "", price: "", stock: "", category: "", images: [], sku: "A-1", item: "" };
  const listing = { marketplace: { name: "amazon" }, spec: { page: "listing", ...spec }, document, host: location.host, snapshot: { shop: "", region: "US", lost: [], fields }, onChange: (hear: () => void) => hear() };
  checkListing(host, listing as unknown as ListingAtHand, new AbortController().signal);
}

Object.assign(window, { begin, asked, waivers, push: (push: object) => pushed.forEach((hear) => hear(push)), link: (now: string) => ((state.link = now), changed.forEach((hear) => hear())) });
