import assert from "node:assert/strict";
import { test } from "node:test";
import { findPage } from "../../src/content/finder";
import { marketplace, open, spec } from "./dom";

/** A window whose clock the test turns itself: what is due, in order of asking. */
function clocked(real: Window): { window: Window; turn: (kind: "timeout" | "interval") => void } {
  const timers = new Map<number, { kind: string; work: () => void }>();
  let last = 0;
  const set = (kind: string) => (work: () => void): number => (timers.set(++last, { kind, work }), last);
  const clear = (handle: number): unknown => timers.delete(handle);
  const own = { setTimeout: set("timeout"), setInterval: set("interval"), clearTimeout: clear, clearInterval: clear };
  const window = new Proxy(real, { get: (target, name, self) => (name === "top" ? self : ((own as Record<PropertyKey, unknown>)[name] ?? Reflect.get(target, name))) });
  return {
    window: window as unknown as Window,
    turn: (kind) => {
      for (const [handle, timer] of [...timers]) {
        if (timer.kind !== kind || !timers.has(handle)) continue;
        if (kind === "timeout") timers.delete(handle);
        timer.work();
      }
    },
  };
}

test("a page is found once, though a quick look is on its way when the slow one finds it", async () => {
  const real = open("<main></main>") as unknown as Window;
  const { window, turn } = clocked(real);
  let found = 0;
  const life = new AbortController();
  findPage(window, [{ marketplace, page: spec() }], () => (found += 1), life.signal);
  const room = document.createElement("div");
  room.className = "room";
  document.querySelector("main")!.append(room);
  await new Promise((done) => setTimeout(done, 5)); // the observer asks for a quick look
  turn("interval");
  assert.equal(found, 1);
  turn("timeout");
  assert.equal(found, 1);
});

test("nothing is found after the visit has ended", async () => {
  const { window, turn } = clocked(open("<main></main>") as unknown as Window);
  let found = 0;
  const life = new AbortController();
  findPage(window, [{ marketplace, page: spec() }], () => (found += 1), life.signal);
  life.abort();
  document.querySelector("main")!.innerHTML = "<div class=room></div>";
  await new Promise((done) => setTimeout(done, 5));
  turn("timeout");
  turn("interval");
  assert.equal(found, 0);
});
