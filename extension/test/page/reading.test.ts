import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldText, readComposer, sameText } from "../../src/sites/composer";
import { missing } from "../../src/sites/health";
import { candidates, drawn } from "../../src/sites/page";
import { find, findAll, matches } from "../../src/sites/query";
import { readPage, readRow } from "../../src/sites/read";
import { inherit, readOne, rowElements, scroller } from "../../src/sites/rows";
import { clip, tidy, words } from "../../src/sites/text";
import { writtenOffset } from "../../src/sites/order";
import { marketplace, open, spec } from "./dom";

const doc = (): Document => document as unknown as Document;
const all = (page = spec()) => inherit(rowElements(doc(), page).map((element) => ({ ...readOne(element, page), element })), page);

test("the first selector that finds something wins, one the browser cannot parse is passed over", () => {
  open("<p class=a>1</p><p class=b>2</p><p class=b>3</p>");
  const chosen = findAll(doc(), [{ css: "p[[" }, { css: ".none" }, { css: ".b" }, { css: ".a" }] as never);
  assert.deepEqual(chosen.map((element) => element.textContent), ["2", "3"]);
  assert.equal(find(doc(), [{ css: ".none" }] as never), null);
});

test("open shadow roots are entered only where the description says so", () => {
  open("<div id=outer></div>");
  const root = doc().getElementById("outer")!.attachShadow({ mode: "open" });
  root.innerHTML = "<textarea class=in></textarea><span id=deep></span>";
  root.getElementById("deep")!.attachShadow({ mode: "open" }).innerHTML = "<i class=in></i>";
  assert.equal(matches(doc(), ".in").length, 0);
  assert.deepEqual(matches(doc(), "#outer >>> .in").map((e) => e.tagName), ["TEXTAREA"]);
  assert.deepEqual(matches(doc(), "#outer >>> #deep >>> .in").map((e) => e.tagName), ["I"]);
});

test("words keep line breaks and emoji pictures and leave our own nodes out", () => {
  open('<pre>Hola<br>a <img alt="🎁"> <img alt="a long description of a picture"><b data-seabridge="bubble">译文</b><script>x</script></pre>');
  assert.equal(tidy(words(doc().querySelector("pre")!)), "Hola\na 🎁");
});

test("paragraphs are lines, and the gaps of formatted markup are not", () => {
  const read = (html: string): string => (open(`<div id=t>${html}</div>`), tidy(words(doc().getElementById("t")!)));
  assert.equal(read("<p>USB-C.</p><p>A plug</p>"), "USB-C.\nA plug");
  assert.equal(read("\n  <div>one</div>\n  <div>two <b>and</b> more</div>\n  tail\n"), "one\ntwo and more\n\n  tail");
  assert.equal(read("<span>a</span>\n<span>b</span>"), "a b");
  assert.equal(read("<pre>a\n\n<i>b</i></pre>"), "a\n\nb");
  assert.equal(read("<ul><li>x</li><li>y<br></li></ul>z"), "x\ny\nz");
  assert.equal(read("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"), "1 2\n3");
});

test("texts are bounded and never cut through a pair", () => {
  assert.equal(clip("a😀", 2), "a");
  open(`<pre>${"x".repeat(30_000)}</pre>`);
  assert.equal(words(doc().querySelector("pre")!).length, 20_000);
});

test("a conversation that the page keeps hidden is not read", () => {
  open(`<div class=list style="display: none"><div class="row in"><pre>of somebody else</pre></div></div>
    <div class=list><div class="row in"><pre>shown</pre></div><div class="row in" style="display: none"><pre>a twin</pre></div></div>`);
  assert.deepEqual(all().map(({ text }) => text), ["shown"]);
});

test("direction, words and inherited times of rows", () => {
  open(`<div class=list>
    <div class="row notice"><pre>Buyer joined</pre></div>
    <div class="row in"><time>14:23</time><pre>one</pre></div>
    <div class="row"><span class=in><pre>two</pre></span></div>
    <div class="row out"><time>14:30</time><pre>three</pre></div>
    <div class="row odd"><pre>neither</pre></div></div>`);
  assert.deepEqual(
    all().map(({ direction, text, time }) => [direction, text, time]),
    [
      ["system", "Buyer joined", ""],
      ["buyer", "one", "14:23"],
      ["buyer", "two", "14:23"],
      ["seller", "three", "14:30"],
      ["system", "neither", "14:30"],
    ],
  );
});

test("a notice drawn like a buyer's bubble stays a notice", () => {
  open("<div class='row in notice'><pre>Your account …</pre></div>");
  assert.equal(all()[0]?.direction, "system");
});

test("a clock glued to the words goes, the words' own clock and digits stay", () => {
  const strip = { ...spec().messages, strip: "\\s*\\d{1,2}:\\d{2}\\s*$" };
  open(`<div class="row in"><pre>Boa noite<span>21:47</span></pre></div>
    <div class="row in"><pre>Boa noite21:47</pre></div>
    <div class="row in"><pre>Tem 9<div>9:05</div></pre></div>
    <div class="row in"><pre>12:30<span>21:47</span></pre></div>
    <div class="row in"><pre>até 21:30<span>21:47</span></pre></div>`);
  assert.deepEqual(all(spec({ messages: strip })).map((row) => row.text), ["Boa noite", "Boa noite", "Tem 9", "12:30", "até 21:30"]);
});

test("recycled rows are read top to bottom, by top or by shift", () => {
  const messages = { ...spec().messages, sequence: "offset" };
  open(`<div class=list>
    <div style="position:absolute;top:120px"><div class="row in"><pre>three</pre></div></div>
    <div style="position:absolute;top:0px"><div class="row in"><pre>one</pre></div></div>
    <div style="position:absolute;transform:translateY(60px)"><div class="row in"><pre>two</pre></div></div></div>`);
  assert.deepEqual(all(spec({ messages })).map((row) => row.text), ["one", "two", "three"]);
  const shifted = doc().createElement("div");
  shifted.style.transform = "translate3d(5px, 70px, 0)";
  assert.equal(writtenOffset(shifted, null), 70);
});

test("a document with the newest row first is read oldest first", () => {
  open("<div class='row in'><pre>three</pre></div><div class='row out'><pre>two</pre></div><div class='row in'><pre>one</pre></div>");
  const messages = { ...spec().messages, sequence: "reverse" };
  assert.deepEqual(all(spec({ messages })).map((row) => row.text), ["one", "two", "three"]);
});

test("rows inside rows count once", () => {
  open("<div class='row in'><pre>a</pre><div class='row in'><pre>b</pre></div></div><div class='row in'><pre>c</pre></div>");
  assert.equal(rowElements(doc(), spec()).length, 2);
});

test("without a described list the nearest element around all rows is watched", () => {
  open("<main><section id=s><div><div class='row in'></div></div><div class='row in'></div></section></main>");
  const page = spec({ messages: { ...spec().messages, scroller: [] } });
  assert.equal(scroller(doc(), page, rowElements(doc(), page))?.id, "s");
});

test("only pictures that can be fetched are named", () => {
  const messages = { ...spec().messages, images: [{ css: "img" }] };
  open("<div class='row in'><img src='https://cdn.test/a.jpg'><img src='data:image/png;base64,AA'><img src='blob:https://x/1'><img src='https://cdn.test/a.jpg'></div>");
  assert.deepEqual(all(spec({ messages }))[0]?.images, ["https://cdn.test/a.jpg"]);
});

test("values of the page: address, element, attribute, pattern", () => {
  open("<b title='full name'>full…</b>");
  const place = { document: doc(), url: new URL("https://seller-uk.tiktok.com/chat/inbox?shop=7&x=#/a?thread=9") };
  const read = (...reads: object[]): string => readPage(place, reads as never);
  assert.equal(read({ query: "x" }, { query: "shop" }), "7");
  assert.equal(read({ hash: "thread" }), "9");
  assert.equal(read({ host: true, pattern: "^seller-([a-z]{2})\\." }), "uk");
  assert.equal(read({ path: true }), "/chat/inbox");
  assert.equal(read({ css: "b", attr: "title" }), "full name");
  assert.equal(read({ css: "b", pattern: "^\\d+$" }, { css: "b" }), "full…");
  assert.equal(read({ css: "i" }), "");
});

test("a row may carry its own value", () => {
  open("<div class=row data-id=77><i>x</i></div>");
  assert.equal(readRow(doc().querySelector(".row")!, [{ css: "[data-id]", attr: "data-id" }] as never), "77");
});

test("a page is recognised by host, path, frame and root", () => {
  open("<div class=room></div>");
  const markets = [{ ...marketplace, pages: [spec()] }] as never;
  const at = (address: string, top = true): number => candidates(markets, new URL(address), top).length;
  assert.equal(at("https://seller-us.tiktok.com/chat/inbox/current"), 1);
  assert.equal(at("https://seller-us.tiktok.com/chat/inboxes"), 0);
  assert.equal(at("https://seller-us.tiktok.com.evil.test/chat/inbox"), 0);
  assert.equal(at("http://seller-us.tiktok.com/chat/inbox"), 0);
  assert.equal(at("https://seller-us.tiktok.com/chat/inbox", false), 0);
  const options = candidates(markets, new URL("https://seller-us.tiktok.com/chat/inbox"), true);
  assert.ok(drawn(options, doc()));
  doc().querySelector(".room")!.remove();
  assert.equal(drawn(options, doc()), null);
});

test("a page that only its query tells from another is recognised by it", () => {
  const markets = [{ ...marketplace, pages: [{ ...spec(), queries: ["[?&]group=buyers(&|$)", "("] }] }] as never;
  const at = (query: string): number => candidates(markets, new URL(`https://seller-us.tiktok.com/chat/inbox${query}`), true).length;
  assert.equal(at("?id=7&group=buyers"), 1);
  for (const query of ["", "?group=support", "?group=buyers2", "#?group=buyers"]) assert.equal(at(query), 0, query);
});

test("the composer: hidden twins and our own field are passed over, the last send button is it", () => {
  open("<textarea class=field hidden></textarea><div data-seabridge=bar><textarea class=field></textarea></div><div class=field contenteditable=true><p>a</p><p>b</p></div><i class=send id=1></i><i class=send id=2></i>");
  const composer = readComposer(doc(), spec())!;
  assert.equal(composer.kind, "editable");
  assert.equal(composer.send?.id, "2");
  assert.equal(composer.limit, 2000);
  assert.equal(fieldText(composer.field), "a\nb");
  assert.ok(sameText("a\u00a0b\r\n", "a b"));
  assert.ok(!sameText("ab", "a b"));
});

test("health names what is missing and what there is too much of", () => {
  open("<div class=room><div class='row in'><pre>a</pre></div><textarea class=field></textarea><textarea class=field></textarea></div>");
  const health = [
    { field: "messages.row", min: 1 },
    { field: "messages.time", min: 1 },
    { field: "composer.field", min: 1, max: 1 },
    { field: "identity.shop", min: 1 },
    { field: "root", min: 1 },
  ];
  const place = { document: doc(), url: new URL("https://seller-us.tiktok.com/chat/inbox") };
  assert.deepEqual(missing(spec({ health }), place).map(({ field, found }) => [field, found]), [["messages.time", 0], ["composer.field", 2], ["identity.shop", 0]]);
});
