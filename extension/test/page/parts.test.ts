import assert from "node:assert/strict";
import { test } from "node:test";
import { ContentHost } from "../../src/content/host";
import type { PageHello } from "../../src/shared/messages";
import { dropParts, parts } from "../../src/shared/parts";

const hello = { locale: "en", texts: {}, settings: {}, state: {} } as unknown as PageHello;

test("a part that is wished for many times at once is fetched once, and again after a failure", async () => {
  let fetched = 0;
  let there = false;
  const sendMessage = async (): Promise<unknown> => {
    fetched += 1;
    if (!there) return { refused: "part" };
    parts().engines = async () => undefined;
    return { ok: null };
  };
  Object.assign(globalThis, { chrome: { runtime: { id: "me", sendMessage, onMessage: { addListener: () => undefined } } } });
  const host = new ContentHost(hello, new AbortController().signal);
  try {
    const refused = await Promise.allSettled([host.part("engines"), host.part("engines")]);
    assert.deepEqual([fetched, ...refused.map(({ status }) => status)], [1, "rejected", "rejected"]);
    there = true;
    const got = await Promise.all([host.part("engines"), host.part("engines"), host.part("engines")]);
    assert.equal(fetched, 2);
    assert.equal(got[0], got[2]);
  } finally {
    dropParts();
  }
});
