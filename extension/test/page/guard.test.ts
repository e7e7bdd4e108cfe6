import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { listen } from "../../src/features/send-guard";
import type { Host, Page } from "../../src/features/kit/types";
import { open } from "./dom";

test("the guard is asked for again where it could not be had; until then, and when it breaks, sending passes", async () => {
  const window = open(`<textarea class="field">hola</textarea>`);
  const life = new AbortController();
  mock.timers.enable({ apis: ["setTimeout"] });
  const said = mock.method(console, "error", () => undefined);
  try {
    const field = document.querySelector(".field") as HTMLTextAreaElement;
    const asked: string[] = [];
    const heard: string[] = [];
    let hear = (event: Event): void => {
      heard.push(event.type);
      event.preventDefault();
    };
    const part = async (name: string) => {
      asked.push(name);
      if (asked.length === 1) throw new Error("the background is starting over");
      return () => (event: Event) => hear(event);
    };
    const visit = new AbortController();
    listen(window as never, life.signal).arm({ part } as unknown as Host, {} as Page, visit.signal);
    const enter = (): boolean => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, composed: true }));
    await new Promise(setImmediate);
    assert.equal(enter(), true, "what cannot say why it keeps something back keeps nothing back");
    mock.timers.tick(1_000);
    await new Promise(setImmediate);
    assert.deepEqual(asked, ["guard", "guard"]);
    assert.equal(enter(), false);
    assert.deepEqual(heard, ["keydown"]);
    hear = () => {
      throw new Error("broken");
    };
    assert.equal(enter(), true);
    hear = (event) => event.preventDefault();
    assert.equal(enter(), true, "what broke once is not asked again");
    const ours = said.mock.calls.filter(({ arguments: [first] }) => String(first).startsWith("Seabridge"));
    assert.equal(ours.length, 1);
  } finally {
    life.abort();
    mock.timers.reset();
    said.mock.restore();
  }
});

test("a page that was left is no longer guarded", async () => {
  const window = open(`<textarea class="field">hola</textarea>`);
  const [life, visit] = [new AbortController(), new AbortController()];
  const host = { part: async () => () => (event: Event) => event.preventDefault() } as unknown as Host;
  listen(window as never, life.signal).arm(host, {} as Page, visit.signal);
  await new Promise(setImmediate);
  const enter = (): boolean => document.querySelector(".field")!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  assert.equal(enter(), false);
  visit.abort();
  assert.equal(enter(), true);
  life.abort();
});
