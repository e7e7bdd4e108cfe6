import assert from "node:assert/strict";
import { test } from "node:test";
import { portsIn } from "../../src/background/ports";

test("ports are a few numbers, whoever wrote them; an address in one would lead elsewhere", () => {
  assert.deepEqual(portsIn([8765, 18765]), [8765, 18765]);
  assert.deepEqual(portsIn([]), []);
  const nine = Array.from({ length: 9 }, (_, n) => 8000 + n);
  for (const bad of [undefined, null, "8765", { length: 1, 0: 8765 }, ["8765"], ["80@evil.example:9"], [80], [65_536], [8765.5], [NaN], [[8765]], nine])
    assert.equal(portsIn(bad), null, JSON.stringify(bad));
});
