import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { badgeFor } from "../../src/background/badge";
import type { Channel } from "../../src/background/channel";
import { CallError } from "../../src/background/failure";
import { DEFAULTS, SettingsCopy } from "../../src/background/settings";
import type { State } from "../../src/shared/messages";
import { fakeStorage } from "../chrome";

let areas: ReturnType<typeof fakeStorage>;
beforeEach(() => {
  areas = fakeStorage();
});

function desk(has: Record<string, unknown>): { channel: Channel; asked: [string, unknown][] } {
  const asked: [string, unknown][] = [];
  const request = async (method: string, params: Record<string, unknown>): Promise<unknown> => {
    asked.push([method, params]);
    if (method === "settings.set") Object.assign(has, params);
    return { ...has };
  };
  return { channel: { request } as unknown as Channel, asked };
}

test("woken up: this session's value, else the kept one, else the default; nonsense is not taken", async () => {
  const woken = async (): Promise<string> => {
    const copy = new SettingsCopy();
    await copy.load();
    return copy.current.locale;
  };
  assert.equal(await woken(), "auto");
  areas.local["settings"] = { locale: "en" };
  assert.equal(await woken(), "en");
  areas.session["settings"] = { locale: "zh_CN" };
  assert.equal(await woken(), "zh_CN");
  areas.session["settings"] = { locale: "klingon" };
  assert.equal(await woken(), "auto");
});

test("a change while the companion is away holds here at once, survives the worker, and is handed over", async () => {
  const copy = new SettingsCopy();
  await copy.load();
  await copy.change({ guard_sending: false }, null);
  assert.equal(copy.current.guard_sending, false);
  areas.session = {}; // the browser was closed in between
  const next = new SettingsCopy();
  await next.load();
  const { channel, asked } = desk({ ...DEFAULTS, locale: "en" });
  await next.sync(channel);
  assert.deepEqual(asked, [["settings.set", { guard_sending: false }]]);
  assert.deepEqual(next.current, { ...DEFAULTS, locale: "en", guard_sending: false });
  await next.sync(channel);
  assert.deepEqual(asked[1], ["settings.get", {}], "handed over once");
});

test("a hand-over that fails is tried again at the next connection", async () => {
  const copy = new SettingsCopy();
  await copy.load();
  const broken = { request: () => Promise.reject(new CallError("closed")) } as unknown as Channel;
  await assert.rejects(copy.change({ locale: "en" }, broken));
  assert.equal(copy.current.locale, "en");
  const { channel, asked } = desk({ ...DEFAULTS });
  await copy.sync(channel);
  assert.deepEqual(asked, [["settings.set", { locale: "en" }]]);
});

test("the badge is silent while all is well and names every trouble", () => {
  const queue = { waiting: 0, parked: 0, full: false, trouble: "" };
  const state = (patch: Partial<State>): State => ({ link: "ready", detail: "", practice: false, queue, ...patch });
  assert.equal(badgeFor(state({})).text, "");
  assert.equal(badgeFor(state({ queue: { ...queue, full: true } })).key, "popup_state_queue_full");
  assert.equal(badgeFor(state({ queue: { ...queue, parked: 3 } })).text, "3");
  assert.equal(badgeFor(state({ queue: { ...queue, trouble: "storage_full" } })).key, "popup_state_trouble");
  assert.equal(badgeFor(state({ link: "unpaired", detail: "foreign" })).key, "popup_state_unpaired_foreign");
  assert.equal(badgeFor(state({ link: "version", detail: "update_companion" })).key, "popup_state_update_companion");
  assert.notEqual(badgeFor(state({ link: "no_companion" })).text, "");
});
