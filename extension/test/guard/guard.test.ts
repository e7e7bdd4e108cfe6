import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { pressEnter } from "../../src/guard/press";
import { soon } from "../page/dom";
import { finding, KEYS, PRESSES, Shop } from "./shop";

const BAD = "write to me@x.com";
let shop: Shop;
const on = (event: string): Shop => (shop = new Shop(event));
afterEach(() => shop.life.abort());

/** What has to come, however slow the machine is; and a moment more for what must not. */
async function until(came: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000 && !came(); turn += 1) await soon(2);
  await soon(15);
}
const gone = (): Promise<void> => until(() => shop.told().length > 0);
const asked = (): Promise<void> => until(() => shop.questions.length > 0);

for (const event of [...KEYS, ...PRESSES]) {
  test(`${event}: what was checked and is clean goes out by the seller's own press`, async () => {
    on(event);
    await shop.write("hola");
    shop.act(event);
    assert.deepEqual(shop.sent, ["hola"]);
    await gone();
    assert.deepEqual([shop.sent, shop.told(), shop.questions.length], [["hola"], [["hola", false]], 0]);
  });

  test(`${event}: what is not checked yet is held, and goes out once`, async () => {
    on(event);
    shop.slow = 10;
    shop.field.value = "hola";
    shop.act(event);
    assert.deepEqual(shop.sent, []);
    await gone();
    assert.deepEqual([shop.sent, shop.told()], [["hola"], [["hola", false]]]);
  });

  test(`${event}: a press that is longer than the hold is still one`, async () => {
    on(event);
    shop.slow = 5;
    shop.field.value = "hola";
    shop.field.focus();
    const release = (KEYS as readonly string[]).includes(event) ? shop.enterDown() : shop.pressDown();
    await gone();
    assert.deepEqual(shop.sent, ["hola"]);
    shop.field.value = "the next";
    release();
    await soon(15);
    assert.deepEqual([shop.sent, shop.told()], [["hola"], [["hola", false]]]);
  });

  test(`${event}: a blocking finding pauses once; sent anyway, it goes out once and is told so`, async () => {
    on(event);
    await shop.write(BAD);
    shop.act(event);
    await asked();
    assert.deepEqual([shop.sent, shop.told(), shop.questions.length], [[], [], 1]);
    assert.deepEqual(shop.questions[0]!.question.blocking.map(({ rule }) => rule), ["messages/email"]);
    shop.questions[0]!.open = false;
    shop.questions[0]!.choices.sendAnyway();
    await gone();
    assert.deepEqual([shop.sent, shop.told(), shop.questions.length], [[BAD], [[BAD, true]], 1]);
  });

  test(`${event}: pasted and sent at once, a blocking finding still pauses`, async () => {
    on(event);
    shop.slow = 10;
    shop.field.value = BAD;
    shop.act(event);
    await asked();
    assert.deepEqual([shop.sent, shop.questions.length], [[], 1]);
    shop.questions[0]!.open = false;
    shop.act(event);
    await gone();
    assert.deepEqual([shop.sent, shop.told(), shop.questions.length], [[BAD], [[BAD, true]], 1], "the same words pass the second time");
  });
}

test("words that were taken back are asked about again when they are written again", async () => {
  on("click");
  await shop.write(BAD);
  shop.act("click");
  shop.questions[0]!.open = false;
  shop.guard.look();
  shop.field.value = "";
  shop.guard.look();
  await shop.write(BAD);
  shop.act("click");
  assert.deepEqual([shop.sent, shop.questions.length], [[], 2]);
  shop.questions[1]!.open = false;
  shop.guard.look();
  shop.act("click");
  await gone();
  assert.deepEqual([shop.sent, shop.questions.length], [[BAD], 2], "left as they were, they pass");
});

test("an Enter that answers the dialog does not send a second time when it is released", async () => {
  on("keyup");
  await shop.write(BAD);
  shop.enter();
  const [first] = shop.questions;
  const release = shop.enterDown(first!.host);
  first!.open = false;
  first!.choices.sendAnyway();
  assert.deepEqual(shop.sent, [BAD]);
  shop.field.value = BAD;
  shop.field.focus();
  shop.enterDown(shop.field, { repeat: true });
  release();
  await soon(15);
  assert.deepEqual(shop.sent, [BAD]);
});

test("a page that presses its own button after Enter is asked about once", async () => {
  on("click");
  shop.field.addEventListener("keydown", (event) => event.key === "Enter" && setTimeout(() => shop.button.click(), 1));
  await shop.write(BAD);
  shop.enter();
  await asked();
  shop.questions[0]!.open = false;
  shop.enter();
  await gone();
  assert.deepEqual([shop.sent, shop.told(), shop.questions.length], [[BAD], [[BAD, true]], 1]);
});

for (const more of [{ ctrlKey: true, metaKey: false }, { ctrlKey: false, metaKey: true }])
  test(`Enter with another key is held and repeated with it: ${JSON.stringify(more)}`, async () => {
    on("nothing");
    const keys: object[] = [];
    shop.field.addEventListener("keydown", ({ ctrlKey, metaKey }) => keys.push({ ctrlKey, metaKey }));
    shop.slow = 5;
    shop.field.value = "hola";
    shop.enterDown(shop.field, more)();
    assert.deepEqual(keys, []);
    await until(() => keys.length > 0);
    assert.deepEqual(keys, [more]);
  });

test("the right button on Send is the page's own business", async () => {
  on("pointerdown");
  shop.slow = 5;
  shop.field.value = BAD;
  const down = new PointerEvent("pointerdown", { button: 2, bubbles: true, cancelable: true, detail: 1 });
  assert.equal(shop.button.dispatchEvent(down), true);
  assert.deepEqual(shop.questions, []);
});

test("where no listener takes Enter, what the browser would have done is done: a line, or a form", async () => {
  on("nothing");
  const did: string[] = [];
  Object.assign(document, { execCommand: (name: string, _: boolean, text: string) => did.push(`${name} ${JSON.stringify(text)}`) });
  shop.slow = 5;
  shop.field.value = "hola";
  shop.enter();
  await until(() => did.length > 0);
  assert.deepEqual(did, [`insertText ${JSON.stringify("\n")}`]);
  const form = document.createElement("form");
  const line = document.createElement("input");
  form.append(line);
  document.body.append(form);
  form.addEventListener("submit", (event) => (event.preventDefault(), did.push("submit")));
  pressEnter(line, { ctrlKey: false, metaKey: false });
  assert.deepEqual(did.slice(1), ["submit"]);
  line.addEventListener("keydown", (event) => event.preventDefault());
  pressEnter(line, { ctrlKey: false, metaKey: false });
  assert.deepEqual(did.slice(1), ["submit"]);
});

test("without an answer in time it goes out, and the next one does not wait", async () => {
  on("keydown");
  shop.slow = null;
  shop.field.value = "hola";
  shop.enter();
  assert.deepEqual(shop.sent, []);
  await gone();
  assert.deepEqual(shop.sent, ["hola"]);
  shop.field.value = "otra vez";
  shop.enter();
  assert.deepEqual(shop.sent, ["hola", "otra vez"]);
});

test("away, switched off, or without a known conversation, everything passes at once", () => {
  on("keydown");
  const ways = [() => (shop.state.link = "no_companion"), () => ([shop.state.link, shop.settings.guard_sending] = ["ready", false]), () => ([shop.settings.guard_sending, shop.identity] = [true, { ...shop.identity, thread: "" }])];
  for (const [at, way] of ways.entries()) {
    way();
    shop.field.value = `${at} ${BAD}`;
    shop.enter();
    assert.equal(shop.sent.at(-1), `${at} ${BAD}`);
  }
  assert.deepEqual(shop.asked.filter(({ method }) => method === "message.check"), []);
});

test("a key pressed while a message is held sends it first; a second Enter changes nothing", async () => {
  on("keydown");
  shop.slow = 200;
  shop.field.value = "hola";
  shop.enter();
  shop.enter();
  assert.deepEqual(shop.sent, []);
  shop.field.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", bubbles: true }));
  assert.deepEqual(shop.sent, []);
  shop.field.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
  assert.deepEqual(shop.sent, ["hola"]);
  shop.field.value = "next";
  await soon(230);
  assert.deepEqual(shop.sent, ["hola"]);
});

test("a conversation left while its message is held gets it before; one that changed under it gets nothing", async () => {
  on("keydown");
  shop.slow = 100;
  shop.field.value = "hola";
  shop.enter();
  document.querySelector("input")!.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  assert.deepEqual(shop.sent, ["hola"]);
  shop.field.value = "otra";
  shop.enter();
  shop.identity = { ...shop.identity, thread: "another" };
  await soon(130);
  assert.deepEqual(shop.sent, ["hola"]);
  assert.equal(shop.field.value, "otra");
});

test("a guard that goes away while it holds a message lets it go", async () => {
  on("keydown");
  shop.slow = null;
  shop.field.value = "hola";
  shop.enter();
  assert.deepEqual(shop.sent, []);
  shop.life.abort();
  await soon(15);
  assert.deepEqual(shop.sent, ["hola"]);
});

test("what was agreed to is these words in this conversation", async () => {
  on("keydown");
  await shop.write(BAD);
  shop.enter();
  const [first] = shop.questions;
  first!.open = false;
  shop.field.value = `${BAD} or call`;
  first!.choices.sendAnyway();
  shop.field.value = BAD;
  shop.identity = { ...shop.identity, thread: "another" };
  first!.choices.sendAnyway();
  await soon(15);
  assert.deepEqual(shop.sent, []);
});

test("a question goes with its conversation", async () => {
  on("keydown");
  await shop.write(BAD);
  shop.enter();
  shop.guard.look();
  assert.equal(shop.questions[0]!.open, true);
  shop.identity = { ...shop.identity, thread: "another" };
  shop.guard.look();
  assert.equal(shop.questions[0]!.open, false);
});

test("an excused finding and a warning keep nothing back", async () => {
  on("keydown");
  shop.rules = (text) => [finding(text, { waiver: "w1", reason: "our own address" }), finding(text, { level: "warning" })];
  await shop.write(BAD);
  shop.enter();
  assert.deepEqual([shop.sent, shop.questions.length], [[BAD], 0]);
});

test("Chinese with a blocking finding is one question; what is found late is added to it", async () => {
  on("keydown");
  shop.settings.seller_language = "zh";
  shop.slow = 10;
  shop.field.value = "请发到 me@x.com";
  shop.enter();
  assert.deepEqual(shop.questions.map(({ question }) => [question.untranslated, question.blocking.length]), [[true, 0]]);
  await until(() => shop.questions[0]!.shown.length > 0);
  assert.deepEqual([shop.questions.length, shop.questions[0]!.shown.length], [1, 1]);
  shop.questions[0]!.open = false;
  shop.enter();
  await gone();
  assert.deepEqual([shop.sent, shop.told()], [["请发到 me@x.com"], [["请发到 me@x.com", true]]]);
});

test("an Enter that only breaks a line is not told as sent", async () => {
  on("nothing");
  await shop.write("hola");
  shop.enter();
  await soon(15);
  assert.deepEqual(shop.told(), []);
});

test("a message that leaves while the companion is away is told as unchecked; the next one that was checked is not", async () => {
  on("keydown");
  shop.state.link = "connecting";
  shop.field.value = "hola";
  shop.enter();
  await until(() => shop.left.length === 1);
  shop.state.link = "ready";
  await shop.write("buenos dias");
  shop.enter();
  await until(() => shop.left.length === 2);
  assert.deepEqual([shop.sent, shop.left], [["hola", "buenos dias"], [false, true]]);
});

test("a companion that does not answer in time leaves a message unchecked, and a break of a line sends none", async () => {
  on("keydown");
  shop.slow = null;
  shop.field.value = "hola";
  shop.enter();
  await until(() => shop.left.length === 1);
  assert.deepEqual([shop.sent, shop.left], [["hola"], [false]]);
  on("click");
  shop.state.link = "no_companion";
  shop.field.value = "a line";
  shop.enter();
  await soon(100);
  assert.deepEqual([shop.sent, shop.left], [[], []]);
});

test("with the guard switched off, or nothing ever paired, no message is called unchecked", async () => {
  for (const change of [() => (shop.settings.guard_sending = false), () => (shop.state.link = "unpaired")]) {
    on("keydown");
    shop.state.link = "no_companion";
    change();
    shop.field.value = "hola";
    shop.enter();
    await until(() => shop.left.length === 1);
    assert.deepEqual(shop.left, [true]);
    shop.life.abort();
  }
});

test("once the companion is back the first message is held for its answer, though the companion before kept silent", async () => {
  on("keydown");
  shop.slow = null;
  await shop.checks.answer("before", "", 1);
  assert.equal(shop.checks.answering, false);
  shop.state.link = "connecting";
  shop.checks.want("field", BAD, "");
  shop.state.link = "ready";
  shop.slow = 10;
  shop.field.value = BAD;
  shop.enter();
  await asked();
  assert.deepEqual([shop.sent, shop.questions.length], [[], 1]);
});
