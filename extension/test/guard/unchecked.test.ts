import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../../src/features/kit/types";
import { Unchecked } from "../../src/guard/unchecked";
import type { Identity } from "../../src/sites/identity";
import { open } from "../page/dom";

const identity = (thread: string): Identity => ({ host: "a.test", marketplace: "m", shop: "s", region: "US", thread, buyer: thread });

test("what went out unchecked is said in its own conversation, until a checked message left it", () => {
  open("<main></main>");
  let grown = 0;
  const line = new Unchecked({ t: (key: string) => key } as unknown as Host, () => (grown += 1));
  const shown = (): string | null => (line.node.hidden ? null : line.node.textContent);
  line.look(identity("a"));
  assert.deepEqual([shown(), grown], [null, 0]);
  line.left(identity("a"), false);
  assert.equal(shown(), "guard_unchecked");
  line.look(identity("b"));
  assert.equal(shown(), null);
  line.look(identity("a"));
  line.look(identity("a"));
  assert.deepEqual([shown(), grown], ["guard_unchecked", 3]);
  line.left(identity("a"), true);
  assert.equal(shown(), null);
});
