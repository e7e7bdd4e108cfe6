import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { listen } from "../../src/features/send-guard";
import type { Host, Page } from "../../src/features/kit/types";
import { open } from "./dom";

const CHINESE = "你好，已经发货了";

test("the guard's question is asked for again where it could not be had; until then sending passes", async () => {
  const window = open(`<div class="room"><textarea class="field">${CHINESE}</textarea></div>`);
  const life = new AbortController();
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const field = document.querySelector(".field") as HTMLTextAreaElement;
    const asked: string[] = [];
    const questions: string[] = [];
    const dialog = (_document: Document, _host: Host, text: string) => {
      questions.push(text);
      return { host: document.createElement("div"), isOpen: () => false, close: () => undefined };
    };
    const part = async (name: string) => {
      asked.push(name);
      if (asked.length === 1) throw new Error("the background is starting over");
      return dialog;
    };
    const host = { part, settings: { guard_sending: true, seller_language: "zh" }, state: { link: "ready" } } as unknown as Host;
    const page = { composer: () => ({ field, send: null }), identity: () => ({}), inserted: [], thread: { language: "es" }, services: { insert: () => undefined } } as unknown as Page;
    listen(window as never, life.signal).arm(host, page, life.signal);
    const enter = (): boolean => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, composed: true }));
    await new Promise(setImmediate);
    assert.equal(enter(), true, "a pause that cannot say why would only look broken");
    mock.timers.tick(1_000);
    await new Promise(setImmediate);
    assert.deepEqual(asked, ["dialog", "dialog"]);
    assert.equal(enter(), false);
    assert.deepEqual(questions, [CHINESE]);
    assert.equal(enter(), true, "the same words pass once after a pause");
  } finally {
    life.abort();
    mock.timers.reset();
  }
});
