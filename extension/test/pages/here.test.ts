import assert from "node:assert/strict";
import { test } from "node:test";
import { readOf } from "../../src/pages/popup/here";

const t = (key: string, data: Record<string, string | number> = {}): string => (key === "popup_read_and" ? ", " : `${key.replace("popup_read_", "")} ${data["count"] ?? ""}`.trim());

test("what was read is said in a fixed order, one thing as one, nothing of what there is none of", () => {
  assert.equal(readOf(t, { description: 169, bullets: 5, title: 78 }), "title 78, bullets 5, description 169");
  assert.equal(readOf(t, { notices: 1 }), "notices_one 1");
  assert.equal(readOf(t, { bullets: 0, title: 4 }), "title 4");
  assert.equal(readOf(t, { somethingElse: 3 }), "");
  assert.equal(readOf(t, {}), "");
});
