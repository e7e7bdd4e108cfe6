import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { CheckFinding } from "../../src/check/finding";
import { Panel } from "../../src/check/panel";
import type { View } from "../../src/check/view";
import { open } from "../page/dom";

const t = (key: string, data: object = {}): string => [key, ...Object.values(data)].join(" ");
const finding = (rule: string, level: CheckFinding["level"], more: Partial<CheckFinding> = {}): CheckFinding => ({ part: 0, rule, version: 1, level, start: 1, end: 5, text: "free", message: "why", fix: "fix", source: "law", as_of: "2026-11-22", alternatives: [], waiver: "", reason: "", ...more });
const view = (more: Partial<View> = {}): View => ({ found: [], trouble: "", waiting: false, pack: "p1", cut: false, ...more });

let jumped: string[];
let panel: Panel;
const part = <E extends HTMLElement>(name: string): E => panel.node.querySelector<E>(`[part=${name}]`)!;

beforeEach(() => {
  open("");
  jumped = [];
  panel = new Panel(t, { card: () => ({ waive: async () => "" }), jump: (key) => jumped.push(key) });
  document.body.append(panel.node);
});

const FOUND = [
  { key: "title\na", name: "Title", finding: finding("a", "suggestion") },
  { key: "title\nb", name: "Title", finding: finding("b", "error") },
  { key: "title\nb2", name: "Title", finding: finding("b", "error", { start: 9, end: 13 }) },
  { key: "bullets\nc", name: "Bullet", finding: finding("c", "error", { waiver: "w1", reason: "own" }) },
];

test("the button says how many of which level, never a score", () => {
  assert.match(part("chip").textContent!, /editor_chip_waiting/);
  panel.show(view({ found: FOUND }));
  assert.match(part("chip").textContent!, /check_level_error 2.*check_level_suggestion 1/);
  panel.show(view());
  assert.match(part("chip").textContent!, /editor_chip_clean/);
});

test("the list is grouped by level, with the place of each, what is excused apart, and the same words once", () => {
  panel.show(view({ found: FOUND }));
  part("chip").click();
  const groups = [...panel.node.querySelectorAll("section.group")].map((group) => [group.getAttribute("data-level"), group.querySelectorAll("article").length]);
  assert.deepEqual(groups, [["error", 1], ["suggestion", 1]]);
  assert.equal(part("jump").textContent, "editor_times Title 2");
  assert.match(part("excused").textContent!, /editor_excused 1.*finding_reason own/);
  part("jump").click();
  assert.deepEqual(jumped, ["title\nb"]);
});

test("a reason that is being written stays while the page is checked again", () => {
  panel.show(view({ found: FOUND }));
  part("chip").click();
  part("waive").click();
  part<HTMLTextAreaElement>("because").value = "we hold";
  panel.show(view({ found: FOUND.map((each) => ({ ...each, finding: { ...each.finding, start: 30, end: 34 } })), pack: "p2" }));
  assert.equal(part<HTMLTextAreaElement>("because").value, "we hold");
  assert.match(part("summary").textContent!, /p2/);
});

test("trouble is said in the list and on the button; Escape closes", () => {
  panel.show(view({ trouble: "not running" }));
  assert.match(part("chip").textContent!, /editor_chip_trouble/);
  part("chip").click();
  assert.equal(part("summary").textContent, "not running");
  part("panel").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.ok(part("chip"));
});

test("text that was left out is said", () => {
  panel.show(view({ cut: true }));
  part("chip").click();
  assert.match(part("list").textContent!, /editor_cut/);
});
