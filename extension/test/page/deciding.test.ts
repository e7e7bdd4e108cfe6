import assert from "node:assert/strict";
import { test } from "node:test";
import { isSendKey, mustPause, type Sending } from "../../src/sites/guarding";
import { foreignHan, hasWords, looksUntranslated } from "../../src/sites/han";
import { refusal, sameThread, threadRef, type Identity } from "../../src/sites/identity";
import { afterSettling, combined, lengthOf, type Look } from "../../src/sites/insertion";
import { leftOver } from "../../src/sites/stale";
import { pieces, untold } from "../../src/sites/windows";
import { lieBeside } from "../../src/features/kit/place";
import { Stubborn } from "../../src/features/kit/stubborn";
import { lightness } from "../../src/features/kit/theme";

const identity: Identity = { host: "a.test", marketplace: "m", shop: "s", region: "US", thread: "t", buyer: "b" };

test("Chinese is recognised, and what Seabridge wrote is not held against the seller", () => {
  assert.ok(looksUntranslated("今天发货", "es", []));
  assert.ok(looksUntranslated("今天发货", "", []));
  assert.ok(looksUntranslated("OK 好的", "en", []));
  assert.ok(!looksUntranslated("今天发货", "zh", []));
  assert.ok(!looksUntranslated("今天發貨", "zt", []));
  assert.ok(!looksUntranslated("Hola, ¿qué tal?", "es", []));
  assert.ok(!looksUntranslated("Brand 海桥 ships today", "en", ["Our brand 海桥 ships today."]));
  assert.deepEqual(foreignHan("海桥 今天", ["海桥"]), ["今天"]);
});

test("Japanese: kana makes it Japanese, kanji alone do not", () => {
  assert.ok(!looksUntranslated("本日発送します", "ja", []));
  assert.ok(looksUntranslated("今天发货", "ja", []));
  assert.ok(!looksUntranslated("発送完了", "ja", ["発送完了"]));
});

test("only words need a translation", () => {
  for (const text of ["👍👍", "123-456", "…", "😊!"]) assert.ok(!hasWords(text), text);
  for (const text of ["ok", "好", "لا", "ไหม"]) assert.ok(hasWords(text), text);
});

test("the guard pauses once, and passes in every doubt", () => {
  const base: Sending = { text: "你好", inserted: [], language: "es", sellerLanguage: "zh", ready: true, paused: "" };
  assert.ok(mustPause(base));
  assert.ok(!mustPause({ ...base, paused: "你好" }), "second Enter");
  assert.ok(mustPause({ ...base, paused: "你好吗" }), "another text");
  assert.ok(!mustPause({ ...base, ready: false }));
  assert.ok(!mustPause({ ...base, text: "  " }));
  assert.ok(!mustPause({ ...base, text: "hola" }));
  assert.ok(!mustPause({ ...base, language: "zh" }));
  assert.ok(!mustPause({ ...base, sellerLanguage: "en" }));
  assert.ok(!mustPause({ ...base, inserted: ["你好 "] }));
});

test("keys of an input method and line breaks are not sending", () => {
  const key = { key: "Enter", isComposing: false, keyCode: 13, shiftKey: false, altKey: false };
  assert.ok(isSendKey(key));
  for (const other of [{ isComposing: true }, { keyCode: 229 }, { shiftKey: true }, { key: "a" }]) assert.ok(!isSendKey({ ...key, ...other }));
});

test("insertion is refused for another conversation and for an unknown shop", () => {
  assert.equal(refusal(identity, { ...identity }), "");
  assert.equal(refusal(identity, { ...identity, thread: "x" }), "thread_changed");
  assert.equal(refusal(identity, { ...identity, shop: "x" }), "shop_changed");
  assert.equal(refusal(identity, { ...identity, region: "GB" }), "shop_changed");
  assert.equal(refusal(identity, { ...identity, host: "b.test" }), "shop_changed");
  assert.equal(refusal(identity, { ...identity, buyer: "x" }), "buyer_changed");
  assert.equal(refusal({ ...identity, shop: "" }, { ...identity, shop: "" }), "shop_unknown");
  assert.equal(refusal({ ...identity, thread: "" }, { ...identity, thread: "" }), "thread_unknown");
  assert.ok(sameThread(identity, { ...identity, buyer: "renamed" }));
  assert.equal(threadRef({ ...identity, thread: "" }), null);
});

test("after a write: done, once more, by hand, or the conversation is another", () => {
  const look: Look = { attempt: 1, same: true, wasSame: true, touched: false, thread: true };
  assert.equal(afterSettling(look), "done");
  assert.equal(afterSettling({ ...look, same: false }), "again");
  assert.equal(afterSettling({ ...look, same: false, attempt: 2 }), "clipboard");
  assert.equal(afterSettling({ ...look, same: false, wasSame: false }), "again");
  assert.equal(afterSettling({ ...look, thread: false, same: false }), "moved");
  assert.equal(afterSettling({ ...look, same: false, touched: true }), "done", "the seller may have sent it: never write it again");
  assert.equal(afterSettling({ ...look, same: false, wasSame: false, touched: true }), "clipboard");
});

test("the seller's own words in the field are kept, Seabridge's are replaced", () => {
  assert.equal(combined("", "hola", []), "hola");
  assert.equal(combined("  \n", "hola", []), "hola");
  assert.equal(combined("old text", "hola", ["old text"]), "hola");
  assert.equal(combined("Dear Ana, ", "hola", ["old text"]), "Dear Ana,\nhola");
  assert.equal(lengthOf("a😀é"), 3);
});

test("rows left over from the conversation before are recognised", () => {
  const rows = (...texts: string[]) => texts.map((text) => ({ key: "", direction: "buyer", text, time: "", order: "", images: [], element: null as never }) as never);
  assert.ok(leftOver(rows("a", "b", "c", "d"), rows("a", "b", "c", "d")));
  assert.ok(leftOver(rows("a", "b", "c", "d"), rows("b", "c", "d", "new")));
  assert.ok(!leftOver(rows("a", "b", "c"), rows("x", "y", "z")));
  assert.ok(!leftOver(rows("a", "b", "c"), rows("c")));
  assert.ok(!leftOver(rows("a"), rows()));
});

test("the archive is told what is new, with known rows around it", () => {
  const many = Array.from({ length: 30 }, (_, at) => `m${at}`);
  assert.deepEqual(untold([], many), [0, 30]);
  assert.equal(untold(many, many), null);
  assert.deepEqual(untold(many, [...many, "new"]), [20, 31]);
  assert.deepEqual(untold(many, ["old", ...many]), [0, 11]);
  assert.deepEqual(untold(many, [...many.slice(0, 15), "changed", ...many.slice(16)]), [5, 26]);
  assert.equal(untold(many, many.slice(10)), null, "scrolled away");
  assert.equal(untold(many, []), null);
  assert.deepEqual(untold(["a", "a"], ["a", "a", "a"]), [0, 3], "the same words again are a new message");
});

test("pieces are bounded, contiguous and overlap", () => {
  assert.deepEqual(pieces(Array(30).fill(10), 0, 30), [[0, 30]]);
  assert.deepEqual(pieces(Array(250).fill(10), 0, 250), [[0, 100], [90, 190], [180, 250]]);
  assert.deepEqual(pieces([60_000, 10, 10], 0, 3), [[0, 1], [1, 3]]);
  const big = pieces(Array(40).fill(20_000), 0, 40);
  assert.equal(big.at(-1)?.[1], 40);
  for (const [at, [from]] of big.entries()) if (at) assert.ok(from <= (big[at - 1] as [number, number])[1], "no gap");
});

test("beside a bubble where there is room, a chip where there is not", () => {
  const row = { left: 0, right: 700, top: 100, bottom: 150 };
  const wide = lieBeside(row, { left: 10, right: 300, top: 105, bottom: 145 }, { left: 0, top: 100 });
  assert.deepEqual([wide.chip, wide.left, wide.top], [false, 308, 5]);
  const narrow = lieBeside({ ...row, right: 340 }, { left: 10, right: 320, top: 105, bottom: 145 }, { left: 0, top: 100 });
  assert.ok(narrow.chip);
  assert.ok(narrow.left + narrow.width <= 340);
});

test("a quarrelling page is slowed down, a burst of renderings is not", () => {
  const stubborn = new Stubborn();
  let now = 0;
  for (let at = 0; at < 300; at += 1) assert.equal(stubborn.wait((now += 16)), 0);
  let put = 0;
  for (let at = 0; at < 1_000; at += 1) if (stubborn.wait((now += 16)) === 0) put += 1;
  assert.ok(put < 130, `put back ${put} times in 16 s`);
  assert.equal(stubborn.wait(now + 1_000), 0, "never given up");
  now += 300_000;
  for (let at = 0; at < 300; at += 1) assert.equal(stubborn.wait((now += 16)), 0, "forgiven after calm");
});

test("dark and light grounds", () => {
  assert.ok((lightness("rgb(255, 255, 255)") as number) > 0.9);
  assert.ok((lightness("rgb(20, 22, 28)") as number) < 0.1);
  assert.equal(lightness("rgba(0, 0, 0, 0)"), null);
  assert.equal(lightness("transparent"), null);
});
