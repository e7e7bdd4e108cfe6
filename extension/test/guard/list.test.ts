import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { FindingList } from "../../src/guard/list";
import { open } from "../page/dom";
import { finding } from "./shop";

let list: FindingList;
let grew: number;
const t = (key: string, data: Record<string, unknown> = {}): string => [key, ...Object.values(data)].join(" ");
const part = (name: string): HTMLElement | null => list.host.shadowRoot!.querySelector(`[part=${name}]`);

beforeEach(() => {
  open("");
  grew = 0;
  list = new FindingList(document, { locale: "en", t } as unknown as Host, "found_in_field", { repair: async () => "", waive: async () => "", growing: () => (grew += 1) });
});

test("one line says how many of each level there are, and what the gravest is about", () => {
  list.show([finding("a", { level: "suggestion", message: "a hint" }), finding("b", { message: "grave" }), finding("c"), finding("d", { waiver: "w" })], "sb dark");
  assert.match(part("found")!.textContent!, /check_level_error 2.*check_level_suggestion 1.*found_in_field grave/);
  assert.equal(part("findings"), null, "opened when asked for");
  list.show([], "sb dark");
  assert.equal(list.host.hidden, true);
});

test("what is excused counts no more, and is listed apart", () => {
  list.show([finding("a", { waiver: "w", reason: "ours" })], "sb light");
  assert.match(part("found")!.textContent!, /found_waived 1/);
  assert.doesNotMatch(part("found")!.textContent!, /check_level/);
  list.show([finding("a", { waiver: "w", reason: "ours" }), finding("b")], "sb light");
  list.open();
  const rows = [...part("findings")!.children].map((node) => node.className);
  assert.deepEqual(rows, ["finding error", "apart", "finding error"]);
});

test("of a pasted list of forbidden words only the first are drawn, and how many follow", () => {
  list.show(Array.from({ length: 500 }, (_, at) => finding(`word ${at}`)), "sb light");
  list.open();
  assert.equal(part("findings")!.children.length, 31);
  assert.match(part("findings")!.textContent!, /found_more 470/);
});

test("the same findings again change nothing: a reason being written stays", () => {
  list.show([finding("a")], "sb light");
  list.open();
  const card = part("findings")!.firstElementChild;
  const before = grew;
  list.show([finding("a")], "sb dark");
  assert.equal(part("findings")!.firstElementChild, card);
  assert.equal(grew, before);
  list.show([finding("a"), finding("b")], "sb dark");
  assert.equal(part("findings")!.children.length, 2, "still open");
});
