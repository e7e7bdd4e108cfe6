import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "../../src/shared/check";
import { matches } from "../../src/sites/query";
import { learnChat, learnConversation, learnListing, withChange, type ChatSamples } from "../../src/teach/learn";
import { reach, unique } from "../../src/teach/select";
import { textElementAt } from "../../src/teach/tree";
import { readRows, tryChat, tryListing } from "../../src/teach/tryout";
import { open } from "../page/dom";

const CHAT = "https://mall.example/im?cid=840017";
const doc = (): Document => document as unknown as Document;
const el = (css: string): Element => {
  const found = doc().querySelector(css);
  assert.ok(found, css);
  return found;
};
const holding = (text: string): Element => {
  const found = Array.from(doc().querySelectorAll("*")).find((each) => each.textContent?.trim() === text && each.children.length === 0);
  assert.ok(found, text);
  return found;
};
const samples = (more: Partial<ChatSamples>): ChatSamples => ({ buyer: null, seller: null, field: null, send: null, name: null, time: null, shop: null, ...more });

/** Teach with two messages and the only text field; what is read by the description. */
function taught(buyer: string, seller: string, html: string, more: Partial<ChatSamples> = {}) {
  if (html) open(html, CHAT);
  const field = el("textarea");
  const lesson = learnChat(samples({ buyer: textElementAt(holding(buyer)), seller: textElementAt(holding(seller)), field, ...more }), new URL(CHAT), "2026-11-22");
  assert.ok(lesson);
  assert.equal(problemOf("pages.teach", "params", { host: "mall.example", title: "Mall", page: lesson.page }), "");
  return { ...lesson, read: readRows(lesson.page, doc()).map(({ direction, text, time }) => [direction, text, time]) };
}

const rest = "<textarea name=reply></textarea>";

test("named rows: attribute, class by side, time of the row; notices are neither side's", () => {
  const row = (side: string, text: string, time: string): string => `<div data-testid="msg" class="row ${side}"><div class=bubble><p>${text}</p></div><time>${time}</time></div>`;
  const { page, read } = taught("one", "two", `<main class=list>${row("from-buyer", "one", "9:01")}${row("from-shop", "two", "9:02")}<div data-testid="msg" class="row notice"><p>joined</p></div>${row("from-buyer", "three", "9:03")}</main>${rest}`);
  assert.equal(page.messages.row[0]?.css, '[data-testid="msg"]');
  assert.equal(page.messages.row[0]?.trust, "high");
  assert.deepEqual(read, [["buyer", "one", "9:01"], ["seller", "two", "9:02"], ["system", "joined", "9:02"], ["buyer", "three", "9:03"]]);
});

test("made-up class names are the last resort, and say so", () => {
  const row = (side: string, text: string): string => `<div class="css-1q8k2z ${side}"><div class="css-9x8y7z"><span>${text}</span></div></div>`;
  const { page, doubts, read } = taught("one", "two", `<div><div class="css-4v5b6n">${row("css-k3j4h5", "one")}${row("css-l0p9o8", "two")}${row("css-k3j4h5", "three")}</div></div>${rest}`);
  assert.ok(doubts.includes("hashed"));
  assert.deepEqual(read.map(([who]) => who), ["buyer", "seller", "buyer"]);
  const hashed = page.messages.row.findIndex(({ css }) => css.includes("css-"));
  assert.ok(hashed !== 0, "structure stands before made-up names");
});

test("the words before a checksum are used rather than the checksum", () => {
  const row = (side: string, text: string): string => `<div class="Msg_row__aB3xZ Msg_${side}__kD92x"><span class="Msg_text__Zz81q">${text}</span></div>`;
  const { page, read } = taught("one", "two", `<div class=pane>${row("buyer", "one")}${row("shop", "two")}${row("buyer", "three")}</div>${rest}`);
  assert.ok(page.messages.buyer.some(({ css }) => css === '[class*="Msg_buyer__"]'));
  assert.deepEqual(read.map(([who, text]) => `${who} ${text}`), ["buyer one", "seller two", "buyer three"]);
});

test("messages in groups: every bubble is a row of its own", () => {
  const group = (side: string, ...texts: string[]): string => `<section class="group ${side}"><img alt="">${texts.map((text) => `<div class=bubble><p class=words>${text}</p></div>`).join("")}</section>`;
  const { read } = taught("two", "three", `<main>${group("theirs", "one", "two")}${group("ours", "three")}${group("theirs", "four", "five", "six")}</main>${rest}`);
  assert.deepEqual(read.map(([who, text]) => `${who} ${text}`), ["buyer one", "buyer two", "seller three", "buyer four", "buyer five", "buyer six"]);
});

test("only one side has a mark: the other is who has none", () => {
  const row = (own: boolean, text: string): string => `<li class="line"><div class="${own ? "bubble mine" : "bubble"}"><span class=words>${text}</span></div></li>`;
  const { read } = taught("one", "two", `<ul>${row(false, "one")}${row(true, "two")}${row(false, "three")}${row(true, "four")}</ul>${rest}`);
  assert.deepEqual(read.map(([who]) => who), ["buyer", "seller", "buyer", "seller"]);
});

test("two sides that nothing tells apart are not guessed", () => {
  open(`<ul><li><p>one</p></li><li><p>two</p></li></ul>`, CHAT);
  assert.equal(learnConversation(holding("one"), holding("two")), null);
  assert.equal(learnConversation(holding("one"), holding("one")), null);
});

test("a clock inside the bubble is not part of the message", () => {
  const row = (side: string, text: string, time: string): string => `<div class="row ${side}"><div class=bubble>${text}<span class=clock>${time}</span></div></div>`;
  open(`<main>${row("in", "one", "9:01")}${row("out", "two", "9:02")}${row("in", "at 12:30", "9:03")}</main>${rest}`, CHAT);
  const lesson = learnChat(samples({ buyer: el(".in .bubble"), seller: el(".out .bubble"), field: el("textarea") }), new URL(CHAT), "2026-11-22");
  assert.deepEqual(readRows(lesson!.page, doc()).map(({ text, time }) => [text, time]), [["one", "9:01"], ["two", "9:02"], ["at 12:30", "9:03"]]);
});

test("messages whose words are in shadow roots of their own", () => {
  open(`<main>${["in", "out", "in"].map((side, at) => `<div class="line ${side}"><chat-line id=l${at}></chat-line></div>`).join("")}</main>${rest}`, CHAT);
  const texts = ["one", "two", "three"].map((text, at) => {
    const root = doc().getElementById(`l${at}`)!.attachShadow({ mode: "open" });
    root.innerHTML = `<div class=bubble><p>${text}</p></div>`;
    return root.querySelector("p")!;
  });
  const lesson = learnChat(samples({ buyer: texts[0]!, seller: texts[1]!, field: el("textarea") }), new URL(CHAT), "2026-11-22");
  assert.deepEqual(readRows(lesson!.page, doc()).map(({ direction, text }) => [direction, text]), [["buyer", "one"], ["seller", "two"], ["buyer", "three"]]);
});

test("a field in an open shadow root is reached from the document, by several names", () => {
  open("<div><my-composer></my-composer></div><textarea></textarea>");
  const root = el("my-composer").attachShadow({ mode: "open" });
  root.innerHTML = `<div class=wrap><textarea placeholder="Write"></textarea></div>`;
  const ways = reach(root.querySelector("textarea")!);
  assert.ok(ways.length > 1);
  for (const { css } of ways) assert.deepEqual(matches(doc(), css), [root.querySelector("textarea")], css);
});

test("unique names rest on different things, best first", () => {
  open(`<form id=reply><div class=box><textarea data-testid=reply name=text placeholder="Write here" class="css-1q8k2z"></textarea></div></form><textarea placeholder="Write here"></textarea>`);
  const ways = unique(el("#reply textarea"));
  assert.equal(ways[0]?.css, '[data-testid="reply"]');
  assert.ok(ways.length >= 3);
  assert.ok(!ways.slice(0, 2).some(({ css }) => css.includes("css-1q8k2z")));
});

test("what stands in the page today only is not kept in selectors", () => {
  const row = (side: string, text: string): string => `<div class="row ${side}"><p>${text}</p></div>`;
  open(`<header><b aria-label="Chat with Lucia">Lucia</b></header><main>${row("in", "one")}${row("out", "two")}</main><textarea placeholder="Write to Lucia"></textarea>`, CHAT);
  const { page } = taught("one", "two", "", { name: el("b") });
  assert.ok(page.identity.buyer?.length && page.composer.field.length);
  assert.ok(!/lucia/i.test(JSON.stringify(page)));
});

test("a second conversation decides what tells them apart; without one it is said to be a guess", () => {
  const row = (side: string, text: string): string => `<div class="row ${side}"><p>${text}</p></div>`;
  const lesson = taught("one", "two", `<h1 class=name>Lucia</h1><main>${row("in", "one")}${row("out", "two")}</main>${rest}`, {});
  assert.ok(lesson.doubts.includes("thread_unsure") && lesson.doubts.includes("host_shop"));
  const change = { before: new URL(CHAT), after: new URL("https://mall.example/im?cid=840018") };
  const sure = withChange(lesson, change);
  assert.deepEqual(sure.page.identity.thread, [{ query: "cid", trust: "high" }]);
  assert.ok(!sure.doubts.includes("thread_unsure"));
  assert.deepEqual(tryChat(sure.page, { document: doc(), url: change.after }).thread, "840018");
});

test("a page that changed is not read and says what is missing", () => {
  const row = (side: string, text: string): string => `<div class="row ${side}"><p>${text}</p></div>`;
  const { page } = taught("one", "two", `<main>${row("in", "one")}${row("out", "two")}</main>${rest}`);
  const place = { document: doc(), url: new URL(CHAT) };
  assert.equal(tryChat(page, place).good, true);
  for (const each of Array.from(doc().querySelectorAll(".in"))) each.remove();
  assert.deepEqual(tryChat(page, place).missing, ["messages.buyer"]);
  el("textarea").remove();
  assert.equal(tryChat(page, place).good, false);
});

test("a listing: title by its own name, bullets by what two of them share, an editor's text", () => {
  open(`<input name=search><form><input name="title" value="Backpack"><input name="point_0" value="Light"><input name="point_1" value="Dry"><input name="point_2" value=""><div contenteditable=true class=ed><p>Two pockets</p><p>Washable</p></div></form>`, "https://mall.example/goods/edit/5520981");
  const lesson = learnListing({ title: el("[name=title]"), bullet: el("[name=point_0]"), otherBullet: el("[name=point_1]"), description: el(".ed p") }, new URL("https://mall.example/goods/edit/5520981"), "2026-11-22");
  assert.ok(lesson);
  assert.equal(problemOf("pages.teach", "params", { host: "mall.example", title: "Mall", page: lesson.page }), "");
  const tried = tryListing(lesson.page, doc());
  assert.deepEqual([tried.title, tried.bullets, tried.description, tried.good], ["Backpack", ["Light", "Dry"], "Two pockets\nWashable", true]);
  assert.deepEqual(lesson.page.paths, ["^/goods/edit/[^/]+(/|$)"]);
});
