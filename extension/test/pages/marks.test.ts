// Marks of a conversation set faster than the companion answers: each counts, and what is being typed stays.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { ThreadMarkParams, ThreadMarks } from "../../src/shared/protocol.gen";
import type { Frame } from "../../src/pages/frame";
import { open, soon } from "../page/dom";

test("two tags and a star, each before the answer to the one before", async () => {
  open("<main></main>");
  let kept: ThreadMarks = { star: false, tags: [], note: "", noted_at: null };
  const asked: (() => void)[] = [];
  const sendMessage = ({ params }: { params: ThreadMarkParams }): Promise<unknown> =>
    new Promise((answer) =>
      asked.push(() => {
        kept = { ...kept, star: params.star ?? kept.star, tags: params.tags ?? kept.tags };
        answer({ ok: { result: kept } });
      }),
    );
  Object.assign(globalThis, { chrome: { runtime: { id: "x", sendMessage } } });
  const { Marks } = await import("../../src/pages/panel/marks");
  const marks = new Marks({ t: (key: string) => key, tag: "en" } as unknown as Frame, 1, kept, () => undefined);
  document.querySelector("main")?.append(marks.star, marks.node);
  const field = marks.node.querySelector<HTMLInputElement>("input") as HTMLInputElement;
  const form = marks.node.querySelector("form") as HTMLFormElement;
  for (const tag of ["VIP", "late"]) {
    field.value = tag;
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    assert.equal(field.value, "", "free for the next one");
  }
  marks.star.click();
  field.value = "half a wo";
  for (let turn = 0; turn < 3; turn += 1) {
    while (asked.length === 0) await soon();
    assert.equal(asked.length, 1, "one after the other");
    asked.pop()?.();
  }
  while (marks.star.getAttribute("aria-pressed") === "false") await soon();
  assert.deepEqual([kept.tags, kept.star], [["VIP", "late"], true]);
  assert.deepEqual([...marks.node.querySelectorAll(".chip [dir]")].map((chip) => chip.textContent), ["VIP", "late"]);
  assert.equal(field.value, "half a wo");
});
