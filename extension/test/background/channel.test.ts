import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Channel } from "../../src/background/channel";
import { CallError } from "../../src/background/failure";
import { MAX_FRAME } from "../../src/shared/protocol.const.gen";
import { FakeSocket } from "./fake";

const code = (expected: string) => (error: unknown) => error instanceof CallError && error.code === expected;

function channel(): { socket: FakeSocket; open: Channel } {
  const socket = new FakeSocket();
  return { socket, open: new Channel(socket, 8765) };
}

test("answers reach their own request, in any order; errors keep code and data", async () => {
  const { socket, open } = channel();
  const settings = open.request("settings.get", {});
  const ticket = open.request("dashboard.ticket", {}, { idem: "k" });
  const [first, second] = socket.sent;
  assert.equal(second?.idem, "k");
  socket.say({ v: 1, id: second?.id, error: { code: "busy", retryable: true, data: { x: 1 } } });
  socket.say({ v: 1, id: first?.id, result: { locale: "en" } });
  assert.deepEqual(await settings, { locale: "en" });
  await assert.rejects(ticket, (error) => code("busy")(error) && (error as CallError).retryable && (error as CallError).data["x"] === 1);
  open.close();
});

test("a result of the wrong shape is an error, not a value", async () => {
  const { socket, open } = channel();
  const asked = open.request("thread.get", { thread: { marketplace: "m", shop: "s", region: "r", thread: "t" } });
  socket.say({ v: 1, id: "1", result: { id: "one", language: "en", language_source: "detected" } });
  await assert.rejects(asked, code("bad_frame"));
  open.close();
});

test("noise does no harm", async () => {
  const { socket, open } = channel();
  const pushed: string[] = [];
  open.onPush = (topic) => pushed.push(topic);
  for (const noise of ["", "{", "[]", "null", "1", { id: "99", result: 1 }, { topic: "settings", data: { locale: 5 } }, { topic: "__proto__", data: {} }, { id: null, error: { code: "bad_frame" } }]) socket.say(noise);
  socket.say({ v: 1, topic: "pages", data: { version: "7" } });
  assert.deepEqual(pushed, ["pages"]);
  assert.equal(open.open, true);
  open.close();
});

test("progress is heard on the way", async () => {
  const { socket, open } = channel();
  const stages: string[] = [];
  const done = open.request("languages.install", { source: "es", target: "zh" }, { onProgress: (data) => stages.push(data.stage) });
  const progress = { stage: "download", package: { source: "es", target: "en" }, done: 1, total: 2 };
  socket.say({ v: 1, id: "1", event: "progress", data: progress });
  socket.say({ v: 1, id: "1", event: "progress", data: { ...progress, stage: "dance" } });
  socket.say({ v: 1, id: "1", result: { packages: [] } });
  await done;
  assert.deepEqual(stages, ["download"]);
  open.close();
});

test("half a surrogate pair does not spoil the frame; whole ones and escaped text stay", async () => {
  const { socket, open } = channel();
  const raw: string[] = [];
  const send = socket.send.bind(socket);
  socket.send = (text: string) => {
    raw.push(text);
    send(text);
  };
  const texts = ["a\ud83d", "\udca3b", "💣", "\\ud83d is six letters"];
  void open.request("translate", { items: texts.map((text, at) => ({ ref: String(at), text })), purpose: "read" }).catch(() => undefined);
  const { params } = JSON.parse(raw[0] as string) as { params: { items: { text: string }[] } };
  assert.deepEqual(params.items.map(({ text }) => text), ["a\ufffd", "\ufffdb", "💣", "\\ud83d is six letters"]);
  open.close();
});

test("time-out and abort send a cancel; a late answer is ignored", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { socket, open } = channel();
  const slow = open.request("settings.get", {});
  const abort = new AbortController();
  const dropped = open.request("settings.get", {}, { signal: abort.signal });
  abort.abort();
  await assert.rejects(dropped, code("cancelled"));
  t.mock.timers.tick(15_000);
  await assert.rejects(slow, code("timeout"));
  assert.deepEqual(socket.sent.filter((frame) => frame.cancel).map((frame) => frame.cancel), ["2", "1"]);
  socket.say({ v: 1, id: "1", result: {} });
  open.close();
});

test("closing rejects what waits, and nothing more is sent", async () => {
  const { socket, open } = channel();
  let closed = 0;
  open.onClose = () => closed++;
  const waiting = open.request("settings.get", {});
  socket.close();
  await assert.rejects(waiting, code("closed"));
  await assert.rejects(open.request("settings.get", {}), code("closed"));
  assert.equal(closed, 1);
});

test("an oversized request never reaches the socket", async () => {
  const { socket, open } = channel();
  const items = Array.from({ length: 50 }, (_, i) => ({ ref: String(i), text: "译".repeat(5_000) }));
  await assert.rejects(open.request("translate", { items, purpose: "read" }), (error) => code("too_large")(error) && (error as CallError).data["limit"] === MAX_FRAME);
  assert.equal(socket.sent.length, 0);
  open.close();
});

test("a beat every 20 s; without its echo the connection is given up", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { socket, open } = channel();
  t.mock.timers.tick(20_000);
  assert.deepEqual(socket.sent, [{ v: 1, beat: 1 }]);
  socket.say({ v: 1, beat: 1 });
  t.mock.timers.tick(10_000);
  assert.equal(open.open, true, "answered in time");
  t.mock.timers.tick(10_000);
  socket.say({ v: 1, beat: 1 }); // an old echo is no sign of life
  t.mock.timers.tick(10_000);
  assert.equal(open.open, false);
  mock.reset();
});

test("every beat tells the browser that we still need the background", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  let told = 0;
  const socket = new FakeSocket();
  const open = new Channel(socket, 8765, () => (told += 1));
  t.mock.timers.tick(20_000);
  socket.say({ v: 1, beat: 1 });
  t.mock.timers.tick(20_000);
  assert.equal(told, 2);
  open.close();
  t.mock.timers.tick(60_000);
  assert.equal(told, 2, "a closed connection keeps nothing awake");
  mock.reset();
});
