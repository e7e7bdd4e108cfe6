import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { init } from "../../src/features/archive-thread";
import type { Host, Page, Snapshot } from "../../src/features/kit/types";
import { open, spec } from "./dom";

test("what may have been read wrong is not archived; once it is clear, it is", async () => {
  open("<main></main>");
  mock.timers.enable({ apis: ["setTimeout"] });
  const life = new AbortController();
  let doubtful = true;
  const sent: string[] = [];
  const host = {
    part: async () => ({ look: async () => ({ missing: [], doubtful }) }),
    ask: async ({ type }: { type: string }) => (sent.push(type), { queued: true }),
  } as unknown as Host;
  const identity = { host: "h", marketplace: "m", shop: "s", region: "", thread: "t", buyer: "b" };
  const row = { element: document.body, direction: "buyer", text: "hi", time: "", key: "1", order: "", images: [] };
  const snapshot = { identity, rows: [row], stale: false } as unknown as Snapshot;
  const page = { document, spec: spec(), learn: () => undefined, onRows: (hear: (now: Snapshot) => void) => hear(snapshot) } as unknown as Page;
  try {
    init(host, page, life.signal);
    const pass = async (): Promise<void> => {
      mock.timers.tick(3_000);
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (let turn = 0; turn < 3; turn += 1) await pass();
    assert.deepEqual(sent, []);
    doubtful = false;
    for (let turn = 0; turn < 8; turn += 1) await pass();
    assert.deepEqual(sent, ["seen"]);
  } finally {
    life.abort();
    mock.timers.reset();
  }
});
