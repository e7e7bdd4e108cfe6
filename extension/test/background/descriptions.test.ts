import assert from "node:assert/strict";
import { test } from "node:test";
import { alike } from "../../src/background/descriptions";

const page = { id: "chat", trust: "medium", root: [{ css: "main", trust: "high" }], health: [{ field: "root", min: 1 }], messages: { sequence: "document", strip: "" } };

test("a description is the same in another order and without what is usual", () => {
  const bare = { health: [{ field: "root" }], root: [{ css: "main" }], id: "chat", trust: "medium", messages: {}, shapes: [] };
  assert.equal(alike([page], [bare]), true);
  assert.equal(alike([{ ...page, account: {} }], [page]), true);
});

test("what differs is another description", () => {
  for (const other of [
    { ...page, root: [{ css: "body" }] },
    { ...page, root: [...page.root, { css: "body" }] },
    { ...page, health: [{ field: "root", min: 0 }] },
    { ...page, messages: { sequence: "reverse" } },
    { ...page, trust: "high" },
    { ...page, paths: ["^/chat"] },
  ])
    assert.equal(alike([page], [other]), false, JSON.stringify(other));
});
