import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host, Page } from "../../src/features/kit/types";
import { Checks } from "../../src/guard/checks";
import { soon } from "../page/dom";
import { finding } from "./shop";

/** A companion whose answers are given by hand. */
function desk() {
  const asked: { text: string; language: string; answer: (answer: unknown) => void }[] = [];
  const state = { link: "ready" };
  const identity = { host: "a.test", marketplace: "m", shop: "s", region: "US", thread: "t", buyer: "b" };
  const host = { state, ask: ({ params }: { params: { text: string; language: string } }) => new Promise((answer) => asked.push({ ...params, answer })) } as unknown as Host;
  const life = new AbortController();
  const checks = new Checks(host, { identity: () => identity } as unknown as Page, life.signal);
  const found = (at: number, ...findings: unknown[]): Promise<void> => (asked[at]!.answer({ result: { findings, pack: "p" } }), soon());
  return { asked, state, identity, checks, found, texts: () => asked.map(({ text }) => text) };
}

test("one question at a time, and of what was typed meanwhile only the newest", async () => {
  const { checks, found, texts } = desk();
  for (const text of ["h", "ho", "hol", "hola"]) checks.want("field", text, "");
  assert.deepEqual(texts(), ["h"]);
  await found(0);
  assert.deepEqual(texts(), ["h", "hola"]);
  checks.want("preview", "hello", "en");
  checks.want("field", "", "");
  await found(1, finding("hola"));
  assert.deepEqual(texts(), ["h", "hola", "hello"]);
  assert.equal(checks.known("hola")?.length, 1);
  assert.equal(checks.known("hol"), null);
});

test("what is known is not asked again; when rules change it is", async () => {
  const { checks, found, texts } = desk();
  let heard = 0;
  checks.onChange(() => (heard += 1));
  checks.want("field", "hola", "es");
  await found(0);
  checks.want("preview", "hola", "");
  assert.deepEqual([texts(), heard], [["hola"], 1]);
  checks.forget();
  assert.deepEqual([checks.known("hola"), heard], [null, 2]);
  checks.want("field", "hola", "es");
  assert.deepEqual(texts(), ["hola", "hola"]);
  checks.forget();
  await found(1, finding("hola"));
  assert.equal(checks.known("hola"), null, "an answer by the rules before");
});

test("what is about to be sent does not wait behind another question, nor is it asked twice", async () => {
  const { checks, found, texts } = desk();
  checks.want("field", "h", "");
  checks.want("field", "hola", "");
  const answer = checks.answer("hola", "", 1_000);
  assert.deepEqual(texts(), ["h", "hola"]);
  await found(0);
  assert.deepEqual(texts(), ["h", "hola"]);
  await found(1, finding("hola"));
  assert.equal((await answer)?.length, 1);
});

test("who did not answer in time is waited for again only after the next answer", async () => {
  const { asked, checks, found } = desk();
  assert.equal(checks.answering, true);
  assert.equal(await checks.answer("hola", "", 5), null);
  assert.equal(checks.answering, false);
  await found(0);
  assert.equal(checks.answering, true);
  const refused = checks.answer("otra", "", 1_000);
  asked[1]!.answer({ error: { code: "method_unknown", retryable: false, data: {} } });
  assert.equal(await refused, null);
  assert.equal(checks.answering, false);
});

test("the same words to another buyer are checked for that buyer; without a conversation nothing is", async () => {
  const { asked, state, identity, checks, found, texts } = desk();
  checks.want("field", "hola", "");
  await found(0);
  identity.thread = "t2";
  assert.equal(checks.known("hola"), null);
  identity.thread = "";
  checks.want("field", "hola", "");
  assert.equal(checks.answering, false);
  identity.thread = "t2";
  state.link = "no_companion";
  checks.want("field", "hola", "");
  assert.equal(await checks.answer("hola", "", 1_000), null);
  assert.deepEqual(texts(), ["hola"]);
  assert.equal(asked.length, 1);
});
