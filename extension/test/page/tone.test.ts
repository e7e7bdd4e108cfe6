import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host, Page } from "../../src/features/kit/types";
import type { ThreadState } from "../../src/shared/protocol.gen";
import { toneChoice } from "../../src/tone/choice";
import { open, soon } from "./dom";

interface Stage {
  select: HTMLSelectElement;
  asked: unknown[];
  said: string[];
  learnt: ThreadState[];
  page: { thread: ThreadState };
  turn: () => void;
}

/** The control in a conversation; `answer` is what the companion says to a choice. */
function stage(thread: Partial<ThreadState>, answer: () => Promise<unknown>, id = "t-1"): Stage {
  open("<main></main>");
  const asked: unknown[] = [];
  const said: string[] = [];
  const learnt: ThreadState[] = [];
  let turn = (): void => undefined;
  const host = {
    settings: { tone: "warm" },
    // a method, as the real one is
    t(this: { settings: object }, key: string, data: { tone?: string } = {}): string {
      return `${key}${data.tone && this.settings ? ` ${data.tone}` : ""}`;
    },
    ask: (request: unknown) => (asked.push(request), answer()),
    onChange: () => undefined,
  } as unknown as Host;
  const page: { thread: ThreadState } & Record<string, unknown> = {
    thread: { id: 1, language: "ko", language_source: "detected", ...thread },
    identity: () => ({ marketplace: "tiktok-shop", region: "US", shop: "1", thread: id, buyer: "Kim" }),
    learn: (_identity: unknown, state: ThreadState) => (learnt.push(state), (page.thread = state)),
    onThread: (hear: () => void) => (turn = hear),
  };
  let select: HTMLElement | null = null;
  toneChoice(host, page as unknown as Page, (control) => (select = control), (text) => said.push(text), new AbortController().signal);
  assert.ok(select);
  return { select: select as unknown as HTMLSelectElement, asked, said, learnt, page, turn: () => turn() };
}

function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change"));
}

test("a conversation without a tone of its own shows which one counts", () => {
  const { select } = stage({}, async () => null);
  assert.equal(select.value, "");
  assert.deepEqual(Array.from(select.options, ({ textContent }) => textContent), ["bar_tone_default tone_warm", "bar_tone_is tone_plain", "bar_tone_is tone_warm", "bar_tone_is tone_formal"]);
});

test("a choice goes to the companion, and the page learns it", async () => {
  const kept: ThreadState = { id: 1, language: "ko", language_source: "detected", tone: "formal" };
  const { select, asked, learnt, said } = stage({}, async () => ({ result: kept }));
  choose(select, "formal");
  await soon();
  assert.deepEqual(asked, [{ type: "call", method: "thread.set_tone", params: { thread: { marketplace: "tiktok-shop", region: "US", shop: "1", thread: "t-1", buyer: "Kim" }, tone: "formal" } }]);
  assert.deepEqual([learnt, said, select.value], [[kept], [], "formal"]);
});

test("another conversation shows its own", () => {
  const { select, page, turn } = stage({ tone: "formal" }, async () => null);
  assert.equal(select.value, "formal");
  page.thread = { ...page.thread, tone: "plain" };
  turn();
  assert.equal(select.value, "plain");
});

test("an answer from before the choice that comes after it does not stand", async () => {
  const kept: ThreadState = { id: 1, language: "ko", language_source: "detected", tone: "formal" };
  const { select, asked, page, turn } = stage({}, async () => ({ result: kept }));
  choose(select, "formal");
  await soon();
  page.thread = { ...kept, tone: "" };
  turn();
  await soon();
  assert.deepEqual((asked as { method: string }[]).map(({ method }) => method), ["thread.set_tone", "thread.get"]);
  assert.equal(page.thread.tone, "formal");
});

test("a choice that could not be kept is said and taken back", async () => {
  const refused = stage({ tone: "plain" }, async () => ({ error: { code: "storage_full", retryable: true, data: {} } }));
  choose(refused.select, "formal");
  await soon();
  assert.deepEqual([refused.said, refused.select.value], [["error_storage_full"], "plain"]);
  const gone = stage({}, () => Promise.reject(new Error("gone")));
  choose(gone.select, "warm");
  await soon();
  assert.deepEqual([gone.said, gone.select.value], [["error_not_running"], ""]);
  const nowhere = stage({}, async () => null, "");
  choose(nowhere.select, "warm");
  await soon();
  assert.deepEqual([nowhere.said, nowhere.asked, nowhere.select.value], [["bar_refused_thread_unknown"], [], ""]);
});
