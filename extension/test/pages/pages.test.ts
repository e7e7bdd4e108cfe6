import assert from "node:assert/strict";
import { test } from "node:test";
import { stateKey } from "../../src/pages/frame";
import { day, direction, megabytes, sentTime, when } from "../../src/pages/format";
import { canTranslate, lacking } from "../../src/pages/panel/languages";
import { readPorts } from "../../src/pages/options/ports";
import { makeT, pickLocale, languageName } from "../../src/shared/i18n";
import type { LanguagePackage, ThreadSummary } from "../../src/shared/protocol.gen";

const pack = (source: string, target: string, installed: boolean): LanguagePackage => ({ source, target, source_name: source, target_name: target, version: "1", engine: "argos", installed, size: 1, checksum: "" });
const thread = (language: string): ThreadSummary => ({ language }) as ThreadSummary;

test("a language is offered when conversations need it, the index has it, and a way is missing", () => {
  const packages = [pack("es", "en", true), pack("en", "zh", true), pack("zh", "en", true), pack("en", "es", false), pack("de", "en", false), pack("en", "de", false)];
  assert.equal(canTranslate("es", "zh", packages), true, "through English");
  assert.equal(canTranslate("zh", "es", packages), false);
  assert.deepEqual(lacking([thread("es"), thread("de"), thread("de"), thread("zh"), thread(""), thread("th")], "zh", packages), ["de", "es"]);
});

test("ports as people write them", () => {
  assert.deepEqual(readPorts("8765, 18765"), [8765, 18765]);
  assert.deepEqual(readPorts(" 8765，8765 "), [8765]);
  assert.deepEqual(readPorts(""), []);
  for (const bad of ["80", "70000", "8765x", "1e4", "1024 1025 1026 1027 1028 1029 1030 1031 1032"]) assert.equal(readPorts(bad), null, bad);
});

test("texts: placeholders, unknown keys shown, nothing inherited", () => {
  const t = makeT({ hello: "你好 {name}，{n} {other}" });
  assert.equal(t("hello", { name: "$1 {n}", n: 2 }), "你好 $1 {n}，2 {other}");
  assert.equal(t("toString"), "toString");
  assert.equal(pickLocale("auto", "zh-TW"), "zh_CN");
  assert.equal(pickLocale("auto", "de"), "en");
  assert.equal(pickLocale("en", "zh"), "en");
  assert.equal(languageName("es", "zh_CN"), "西班牙语");
  assert.equal(languageName("!", "en"), "!");
});

test("days are calendar days, not twenty-four hours", () => {
  const words = { t: (key: string) => key, tag: "en" };
  const now = new Date(2026, 2, 1, 0, 5);
  const at = (date: Date): number => date.getTime() / 1000;
  assert.equal(when(at(new Date(2026, 1, 28, 23, 59)), words, now), "panel_yesterday");
  assert.equal(day(at(new Date(2026, 2, 1, 0, 1)), words, now), "panel_today");
  assert.match(when(at(new Date(2025, 11, 31)), words, now), /2025/);
  assert.equal(direction("ar"), "rtl");
  assert.equal(direction("art"), "auto");
  assert.equal(megabytes(91_234_567), "91 MB");
});

test("one clock in a conversation; the page's own words only where the instant is not known", () => {
  const at = new Date(2026, 2, 1, 19, 0).getTime() / 1000;
  const words = (tag: string) => ({ t: (key: string) => key, tag });
  const known = { sent_at: at, observed_at: at + 90, time: "19:00" };
  assert.match(sentTime(known, words("en")).text, /^7:00\sPM$/);
  assert.equal(sentTime(known, words("zh-CN")).text, "19:00");
  assert.equal(sentTime(known, words("en")).vague, false);
  const unknown = { sent_at: null, observed_at: at, time: "Sun 18:40" };
  assert.deepEqual(sentTime(unknown, words("en")), { text: "Sun 18:40", title: "panel_time_written", vague: true });
  assert.deepEqual(sentTime({ ...unknown, time: "" }, words("zh-CN")), { text: "19:00", title: "panel_time_seen", vague: true });
});

test("the state's sentence: trouble with the queue comes before a mere connection", () => {
  const queue = { waiting: 0, parked: 0, full: false, trouble: "" };
  assert.equal(stateKey({ link: "ready", detail: "", practice: true, queue }), "practice");
  assert.equal(stateKey({ link: "ready", detail: "", practice: false, queue: { ...queue, parked: 1 } }), "parked");
  assert.equal(stateKey({ link: "ready", detail: "", practice: true, queue: { ...queue, trouble: "storage_full" } }), "trouble");
  assert.equal(stateKey({ link: "no_companion", detail: "", practice: false, queue: { ...queue, full: true } }), "queue_full");
  assert.equal(stateKey({ link: "unpaired", detail: "foreign", practice: false, queue }), "unpaired_foreign");
});
