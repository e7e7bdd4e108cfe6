import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { webcrypto } from "node:crypto";
import type { Channel } from "../../src/background/channel";
import type { Keys, Pairing } from "../../src/background/keys";
import { backoff, CompanionLink } from "../../src/background/link";
import { PairingStory } from "../../src/background/pairing";
import { FakeCompanion, until } from "./fake";

const ORIGIN = "chrome-extension://abc";
const started: CompanionLink[] = [];
afterEach(() => {
  for (const link of started.splice(0)) {
    link.channel?.close();
    (link as unknown as { ensure: () => void }).ensure = () => undefined;
    clearTimeout((link as unknown as { timer: ReturnType<typeof setTimeout> }).timer);
  }
});

function keyRing(): Keys & { held: Pairing[] } {
  const held: Pairing[] = [];
  return {
    held,
    all: () => Promise.resolve([...held]),
    put: async (pairing) => void held.push(pairing),
    remove: async (instance) => void held.splice(0, held.length, ...held.filter((each) => each.instance !== instance)),
  };
}

function world(...companions: FakeCompanion[]): { link: CompanionLink; story: PairingStory; ring: ReturnType<typeof keyRing>; ports: number[] } {
  const ring = keyRing();
  const ports = companions.map((each) => each.port);
  const dial = (port: number): Promise<Channel> => {
    const there = companions.find((each) => each.port === port);
    return there ? there.dial() : Promise.reject(new Error("refused"));
  };
  const deps = { dial, keys: ring, ports: async () => ports, version: "0.1.0", origin: ORIGIN };
  const link = new CompanionLink({ ...deps, random: () => 0 });
  started.push(link);
  return { link, story: new PairingStory({ ...deps, name: "test" }), ring, ports };
}

async function pair(companion: FakeCompanion, story: PairingStory): Promise<string> {
  const running = story.start();
  await until(() => story.view.step === "compare" || story.view.step === "failed", "digits");
  const digits = story.view.step === "compare" ? story.view.digits : "";
  story.same();
  companion.decide(true);
  await running;
  return digits;
}

test("both sides show the same digits; after the seller's yes the session is proven both ways", async () => {
  const companion = new FakeCompanion(8765);
  const { link, story, ring } = world(companion);
  const digits = await pair(companion, story);
  assert.match(digits, /^\d{6}$/);
  assert.equal(digits, companion.digits);
  assert.equal(story.view.step, "done");
  assert.equal(ring.held[0]?.instance, companion.instance);
  link.ensure();
  assert.ok(await link.ready(1000));
  assert.equal(link.view.link, "ready");
});

test("whoever sits on the port cannot confirm itself: without the seller's yes here no key is kept", async () => {
  const companion = new FakeCompanion(8765);
  const { story, ring } = world(companion);
  const running = story.start();
  await until(() => story.view.step === "compare");
  companion.decide(true);
  await new Promise((later) => setTimeout(later, 50));
  assert.equal(story.view.step, "compare");
  assert.equal(ring.held.length, 0);
  story.same();
  await running;
  assert.equal(ring.held.length, 1);
});

test("the seller's no ends in a failure with its code, and no key is kept", async () => {
  const companion = new FakeCompanion(8765);
  const { story, ring } = world(companion);
  const running = story.start();
  await until(() => story.view.step === "compare");
  companion.decide(false);
  await running;
  assert.deepEqual(story.view.step === "failed" && story.view.failure.code, "pairing_refused");
  assert.equal(ring.held.length, 0);
});

test("a relay on another port leads to other digits and no usable key", async () => {
  // the real companion believes it was dialled on its own port; the extension dialled the squatter's
  const real = new FakeCompanion(18765);
  const squatter = new FakeCompanion(8765);
  squatter.dial = async () => {
    const channel = await real.dial();
    Object.defineProperty(channel, "port", { value: 8765 });
    return channel;
  };
  const { story, ring } = world(squatter);
  const running = story.start();
  await until(() => story.view.step === "compare");
  assert.notEqual(story.view.step === "compare" && story.view.digits, real.digits);
  real.decide(true); // even if the seller does not look
  await running;
  assert.deepEqual(story.view.step === "failed" && story.view.failure.code, "pairing_broken");
  assert.equal(ring.held.length, 0);
});

test("cancelling hangs up; a late yes changes nothing", async () => {
  const companion = new FakeCompanion(8765);
  const { story, ring } = world(companion);
  const running = story.start();
  await until(() => story.view.step === "compare");
  story.cancel();
  companion.decide(true);
  await running;
  assert.equal(story.view.step, "none");
  assert.equal(ring.held.length, 0);
});

test("a squatter that copied the instance but has no key gets nothing and is named", async () => {
  const companion = new FakeCompanion(8765);
  const { link, story } = world(companion);
  await pair(companion, story);
  const [id, key] = [...companion.keys][0] as [string, Buffer];
  companion.keys.set(id, Buffer.from(key).fill(1));
  companion.calls = [];
  link.ensure();
  assert.equal(await link.ready(1000), null);
  assert.deepEqual([link.view.link, link.view.detail], ["unpaired", "foreign"]);
  assert.deepEqual(companion.calls.map((call) => call.method), ["hello", "auth.begin"], "our proof never left");
});

test("another data folder on our port is foreign; without any pairing it is merely unpaired; a revoked key is said", async () => {
  const companion = new FakeCompanion(8765);
  const { link, story, ring } = world(companion);
  link.ensure();
  assert.equal(await link.ready(1000), null);
  assert.deepEqual([link.view.link, link.view.detail], ["unpaired", ""]);
  await pair(companion, story);
  companion.keys.clear();
  link.ensure("force");
  await until(() => link.view.detail === "revoked");
  companion.instance = "other-folder";
  link.ensure("force");
  await until(() => link.view.detail === "foreign");
  assert.equal(ring.held.length, 1);
});

test("the paired companion is found behind a squatter and behind a port that never answers", async () => {
  const squatter = new FakeCompanion(8765);
  squatter.instance = "evil";
  const mute = new FakeCompanion(18765);
  mute.dial = () => new Promise(() => undefined);
  const real = new FakeCompanion(28765);
  const { link, story, ports } = world(squatter, mute, real);
  ports.splice(0, 2);
  await pair(real, story);
  ports.splice(0, 1, 8765, 18765, 28765);
  link.ensure();
  assert.ok(await link.ready(1000));
  assert.equal(link.view.companion?.port, 28765);
});

test("killed and restarted: connecting at once, ready again by itself", async () => {
  const companion = new FakeCompanion(8765);
  const { link, story } = world(companion);
  await pair(companion, story);
  link.ensure();
  const first = await link.ready(1000);
  const seen: string[] = [];
  link.onView = () => seen.push(link.view.link);
  companion.die();
  assert.equal(link.view.link, "connecting");
  const second = await link.ready(3000);
  assert.ok(second && second !== first);
  assert.deepEqual(seen, ["connecting", "ready"]);
});

test("a companion that was there is looked for every second for a minute, then ever more rarely", async () => {
  const companion = new FakeCompanion(8765);
  const { link, story } = world(companion);
  let clock = 0;
  (link as unknown as { deps: { now: () => number } }).deps.now = () => clock;
  await pair(companion, story);
  link.ensure();
  assert.ok(await link.ready(1000));
  companion.dial = () => Promise.reject(new Error("refused"));
  const waits: number[] = [];
  const later = setTimeout;
  // the link's own waits are noted and cut short; nothing else waits while nobody answers
  mock.method(globalThis, "setTimeout", (act: () => void, ms: number) => {
    if (ms >= 250) waits.push(ms);
    if (waits.length === 6) clock = 60_000;
    return later(act, waits.length < 9 ? 0 : ms);
  });
  companion.die();
  for (let turn = 0; turn < 500 && waits.length < 9; turn += 1) await new Promise((next) => later(next, 1));
  mock.restoreAll();
  assert.deepEqual(waits, [250, 500, 500, 500, 500, 500, 500, 1_000, 2_000]);
});

test("versions that do not fit say which side to update", async () => {
  for (const [protocol, detail] of [
    [{ min: 9, max: 9 }, "update_extension"],
    [{ min: 0, max: 0 }, "update_companion"],
  ] as const) {
    const companion = new FakeCompanion(8765);
    companion.protocol = protocol;
    const { link } = world(companion);
    link.ensure();
    await link.ready(1000);
    assert.deepEqual([link.view.link, link.view.detail], ["version", detail]);
  }
});

test("nobody there: said plainly, and a page's hurry does not hammer", async () => {
  const { link, ports } = world();
  ports.push(8765);
  link.ensure();
  assert.equal(await link.ready(1000), null);
  assert.equal(link.view.link, "no_companion");
  const before = Date.now();
  assert.equal(await link.ready(5000), null, "answered at once while waiting for the next try");
  assert.ok(Date.now() - before < 2500);
});

test("waiting grows from half a second to half a minute, with chance in it", () => {
  assert.equal(backoff(0, 0), 250);
  assert.equal(backoff(0, 0.999999).toFixed(0), "500");
  assert.equal(backoff(3, 0), 2_000);
  assert.equal(backoff(50, 0), 15_000);
  assert.ok(backoff(50, 1) <= 30_000);
});

test("the ring holds CryptoKeys that cannot be exported", async () => {
  const companion = new FakeCompanion(8765);
  const { story, ring } = world(companion);
  await pair(companion, story);
  const [pairing] = ring.held;
  assert.ok(pairing);
  await assert.rejects(webcrypto.subtle.exportKey("raw", pairing.key as webcrypto.CryptoKey));
});
