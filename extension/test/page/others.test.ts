import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { around, Others } from "../../src/others/others";
import type { Translated } from "../../src/shared/protocol.gen";

const item = (text: string, engine = "argos"): Translated => ({ ref: "", text, source: "zh", target: "es", sure: true, engine, match: "machine", doubt: [], missing: [] });

/** A companion that knows these answers, and what it was asked. */
function companion(answers: Translated[]): { host: Host; asked: unknown[] } {
  const asked: unknown[] = [];
  const ask = async ({ params }: { params: unknown }): Promise<unknown> => (asked.push(params), { result: { items: answers } });
  return { host: { settings: { seller_language: "zh" }, ask } as unknown as Host, asked };
}

test("the answers are asked for once and walked through in a circle", async () => {
  const { host, asked } = companion([item("Hola"), item("Buenas", "deepl")]);
  const others = new Others();
  const first = await others.after(host, null, "你好", item("Hola"));
  assert.deepEqual([first?.item.text, first?.at, first?.of], ["Buenas", 2, 2]);
  const second = await others.after(host, null, "你好", item("Buenas"));
  assert.deepEqual([second?.item.text, second?.at], ["Hola", 1]);
  assert.deepEqual(asked, [{ item: { ref: "0", text: "你好" }, source: "zh", target: "es", tone: "" }]);
  await others.after(host, null, "您好", item("Hola"));
  assert.equal(asked.length, 2, "other words have other answers");
  await others.after(host, null, "您好", { ...item("Hola"), tone: "formal" });
  assert.equal(asked.length, 3, "and so has another tone");
});

test("where all say the same there is no other, and a failure is one", async () => {
  const { host } = companion([item("Hola ")]);
  assert.equal(await new Others().after(host, null, "你好", item("Hola")), null);
  const broken = { settings: {}, ask: async () => ({ error: { code: "timeout", retryable: true, data: {} } }) } as unknown as Host;
  await assert.rejects(new Others().after(broken, null, "你好", item("Hola")));
  assert.deepEqual(around(item("a"), [item("b"), item("a"), item("c")]).map(({ text }) => text), ["a", "b", "c"]);
});
