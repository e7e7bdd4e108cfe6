import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { findingCard, type CardActs } from "../../src/check/card";
import type { CheckFinding } from "../../src/check/finding";
import { open, soon } from "../page/dom";

const finding: CheckFinding = {
  part: 0,
  rule: "trademark/toys",
  version: 1,
  level: "warning",
  start: 4,
  end: 8,
  text: "Lego",
  message: "A registered mark.",
  fix: "Write “building blocks”.",
  source: "https://sellercentral.amazon.com/help?id=1",
  as_of: "2026-11-22",
  alternatives: ["building blocks"],
  waiver: "",
  reason: "",
};
const SOURCE = "Source: {source}, seen {day}";
const t = (key: string, data: Record<string, unknown> = {}): string => (key === "finding_source" ? SOURCE.replace("{day}", String(data["day"])) : [key, ...Object.values(data)].join(" "));

let done: unknown[];
let answer: string;
const acts: CardActs = {
  repair: async (text) => (done.push(["repair", text]), answer),
  waive: async (reason, everywhere) => (done.push(["waive", reason, everywhere]), answer),
  here: "this listing",
};

function card(more: Partial<CheckFinding> = {}, can: CardActs = acts): HTMLElement {
  const made = findingCard(t, { ...finding, ...more }, can);
  document.body.replaceChildren(made);
  return made;
}
const part = <E extends HTMLElement>(of: HTMLElement, name: string): E => of.querySelector<E>(`[part=${name}]`)!;

beforeEach(() => {
  open("");
  [done, answer] = [[], ""];
});

test("it says how grave, why, what to change, and the source with its day as a link", () => {
  const made = card();
  assert.equal(part(made, "level").textContent, "check_level_warning");
  assert.equal(part(made, "why").textContent, "A registered mark.");
  assert.match(part(made, "fix").textContent!, /Write “building blocks”/);
  assert.equal(part(made, "source").textContent, "Source: sellercentral.amazon.com, seen 2026-11-22");
  assert.equal(made.querySelector("a")!.getAttribute("rel"), "noopener noreferrer");
});

test("a source that is no address of the web is words, not a link", () => {
  for (const source of ["general knowledge", "javascript:alert(1)"]) {
    const made = card({ source });
    assert.equal(made.querySelector("a"), null);
    assert.match(part(made, "source").textContent!, new RegExp(source.slice(0, 7)));
  }
});

test("an alternative is put in, or the words taken out, once", async () => {
  const made = card();
  const press = part(made, "repair");
  press.click();
  press.click();
  await soon();
  assert.deepEqual(done, [["repair", "building blocks"]]);
  assert.equal(part(made, "said").textContent, "finding_repaired");
  part(card(), "remove").click();
  await soon();
  assert.deepEqual(done[1], ["repair", ""]);
});

test("what was refused is said, and can be tried again", async () => {
  answer = "changed meanwhile";
  const made = card();
  part(made, "repair").click();
  await soon();
  assert.equal(part(made, "said").textContent, "changed meanwhile");
  part(made, "repair").click();
  await soon();
  assert.equal(done.length, 2);
});

test("a field as a whole cannot be replaced by words", () => {
  const made = card({ start: 0, end: 0, text: "", alternatives: ["shorter"] });
  assert.deepEqual([part(made, "repair"), part(made, "remove"), made.querySelector("q")], [null, null, null]);
});

test("“not for me” wants a reason, here or everywhere", async () => {
  const made = card();
  part(made, "waive").click();
  const reason = part<HTMLTextAreaElement>(made, "because");
  const keep = (): boolean => made.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  reason.value = "  ";
  keep();
  await soon();
  assert.deepEqual(done, []);
  reason.value = " we hold the authorisation ";
  made.querySelector<HTMLInputElement>("[value=everywhere]")!.click();
  keep();
  await soon();
  assert.deepEqual(done, [["waive", "we hold the authorisation", true]]);
  assert.equal(part(made, "said").textContent, "finding_waived");
});

test("the form goes back to what was offered", () => {
  const made = card();
  part(made, "waive").click();
  part(made, "back").click();
  assert.ok(part(made, "repair"));
});

test("what the seller excused already shows the reason and asks for none", () => {
  const made = card({ waiver: "w1", reason: "own brand" });
  assert.equal(part(made, "waive"), null);
  assert.equal(part(made, "reason").textContent, "finding_reason own brand");
});
