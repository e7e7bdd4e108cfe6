import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf } from "../../src/shared/check";
import type { ChatPage, ListingPage } from "../../src/shared/protocol.gen";
import { misfits } from "../../src/sites/misfits";
import { keeping, recall } from "../../src/teach/known";
import { learnFrom, type Lesson } from "../../src/teach/learn";
import { seekOne, seekRows } from "../../src/teach/seek";
import type { StepId } from "../../src/teach/steps";
import { readRows, tryChat, tryListing } from "../../src/teach/tryout";
import { open } from "../page/dom";

const URL_ = "https://mall.example/im?cid=840017";
const doc = (): Document => document as unknown as Document;
const place = () => ({ document: doc(), url: new URL(URL_) });
const el = (css: string): Element => doc().querySelector(css) as Element;

const ROWS: [string, string][] = [["theirs", "Hola"], ["ours", "Yes."], ["theirs", "Gracias"]];
/** `names`: what the build calls the things; `wrapped`: boxes around rows and fields. */
function chat(names: Record<string, string>, wrapped = false, after = ""): string {
  const n = (name: string): string => names[name] ?? name;
  const box = (html: string): string => (wrapped ? `<div class="${n("box")}"><div>${html}</div></div>` : html);
  const rows = ROWS.map(([side, text]) => box(`<div class="${n("row")} ${n(side)}"><img alt=""><div class="${n("bubble")}">${box(`<span class="${n("words")}">${text}</span>`)}</div><i class="${n("clock")}">9:01</i></div>`)).join("");
  return `<nav><a href="#">Inbox</a><input type="search"></nav><main><header>${box(`<h2 class="${n("name")}">Lucia</h2>`)}</header><div class="${n("list")}">${rows}</div><footer>${box(`<textarea class="${n("field")}"></textarea>`)}<button class="${n("send")}">Go</button></footer></main>${after}`;
}
const BUILD = { row: "css-1a2b3c", theirs: "css-2b3c4d", ours: "css-3c4d5e", bubble: "css-4d5e6f", words: "css-5e6f7a", clock: "css-6f7a8b", name: "css-7a8b9c", list: "css-8b9c1d", field: "css-9c1d2e", send: "css-1d2e3f" };
const NEXT = Object.fromEntries(Object.keys(BUILD).map((name, at) => [name, `css-${at}z9y8x`]));

function learned(pointed: Partial<Record<StepId, Element>>, kind: "chat" | "listing" = "chat", url = URL_): Lesson<ChatPage> | Lesson<ListingPage> {
  const lesson = learnFrom(kind, (id) => pointed[id] ?? null, new URL(url), "2026-11-22");
  assert.ok(lesson);
  assert.equal(problemOf("pages.teach", "params", { host: "mall.example", title: "Mall", page: lesson.page }), "");
  return lesson;
}

function taughtChat(): ChatPage {
  open(chat(BUILD), URL_);
  return learned({ buyer: el(`.${BUILD.theirs} span`), seller: el(`.${BUILD.ours} span`), field: el("textarea"), send: el("button"), name: el("h2") }).page as ChatPage;
}

const states = (page: ChatPage | ListingPage): Record<string, string> => Object.fromEntries(recall(page, place()).map(({ step, state }) => [step, state]));

test("a page as it was taught is found whole, and nothing in it is odd", () => {
  const page = taughtChat();
  assert.deepEqual(states(page), { buyer: "found", seller: "found", field: "found", send: "found", name: "found", shop: "kept", other: "kept" });
  assert.deepEqual(misfits(page, doc()), []);
  assert.deepEqual(page.shapes?.map(({ field, kind, above }) => [field, kind, above?.join(" ")]), [
    ["messages.row", "", "main"],
    ["messages.buyer", "", "main"],
    ["messages.seller", "", "main"],
    ["composer.field", "textarea", "footer main"],
    ["composer.send", "button", "footer main"],
    ["identity.buyer", "h", "header main"],
  ]);
  assert.ok(!/Lucia|Hola|css-/.test(JSON.stringify(page.shapes)), "no words and no class names");
});

for (const [name, html] of Object.entries({ "class names of the next build": chat(NEXT), "boxes around everything": chat(NEXT, true), "the parts of the page in another order": `<div>${chat(NEXT, true).replace(/(<main>)(<header>.*<\/header>)(.*)(<\/main>)/, "$1$3$2$4")}</div>` }))
  test(`what may be meant is found by its shape: ${name}`, () => {
    const page = taughtChat();
    // as if the page had given no better names than those of its build
    const only: ChatPage = { ...page, composer: { ...page.composer, field: [{ css: `.${BUILD.field}` }], send: [{ css: `.${BUILD.send}` }] }, identity: { ...page.identity, buyer: [{ css: `.${BUILD.name}` }] } };
    open(html, URL_);
    const now = recall(only, place());
    const of = (step: StepId) => now.find((each) => each.step === step);
    assert.deepEqual([of("field")?.state, of("field")?.element?.localName], ["alike", "textarea"]);
    assert.deepEqual([of("send")?.state, of("send")?.element?.localName], ["alike", "button"]);
    assert.deepEqual([of("name")?.state, of("name")?.element?.localName], ["alike", "h2"]);
    assert.deepEqual(tryChat(only, place()).good, false, "what is only alike is never read as a fact");
  });

test("where two could be meant nothing is offered", () => {
  const page = taughtChat();
  const field = page.shapes?.find((shape) => shape.field === "composer.field");
  const rows = page.shapes?.find((shape) => shape.field === "messages.row");
  assert.ok(field && rows);
  open(chat(NEXT, false, ""), URL_);
  assert.equal(seekOne(field, doc())?.className, NEXT["field"]);
  assert.equal(seekRows(rows, doc())?.length, 3);
  open(chat(NEXT, false, `<main><footer><textarea></textarea></footer>${chat(NEXT)}</main>`), URL_);
  assert.equal(seekOne(field, doc()), null);
  assert.equal(seekRows(rows, doc()), null);
});

test("selectors that find something of another build say so, field by field", () => {
  const page = taughtChat();
  open(chat({ ...BUILD, field: "x" }).replace("<nav>", `<nav><input type="checkbox" class="${BUILD.field}">`).replace("<textarea", "<p").replace("</textarea>", "</p>"), URL_);
  const odd: ChatPage = { ...page, composer: { ...page.composer, field: [{ css: `.${BUILD.field}` }] } };
  assert.deepEqual(misfits(odd, doc()), ["composer.field"]);
  assert.equal(recall(odd, place()).find(({ step }) => step === "field")?.state, "lost");
  open(chat(BUILD).replaceAll("<img", "<b").replaceAll(/<i class=[^>]*>9:01<\/i>/g, ""), URL_);
  assert.deepEqual(misfits(page, doc()), ["messages.row"]);
});

test("mending one thing keeps everything else as it was", () => {
  const page: ChatPage = { ...taughtChat(), paths: ["^/im"], identity: { thread: [{ query: "cid", trust: "high" }], shop: [{ css: "h2", trust: "low" }], buyer: [{ css: "h2" }] } };
  const { length } = page.messages.row;
  open(chat({ ...BUILD, send: "css-9x9x9x" }), URL_);
  const pointed = { buyer: el(`.${BUILD.theirs} span`), seller: el(`.${BUILD.ours} span`), field: el("textarea"), send: el("button"), name: el("h2") };
  const mended = keeping(page, learned(pointed), (step) => step === "send");
  const chatPage = mended.page as ChatPage;
  assert.deepEqual([chatPage.messages, chatPage.identity, chatPage.paths, chatPage.composer.field], [page.messages, page.identity, page.paths, page.composer.field]);
  assert.ok(chatPage.composer.send?.some(({ css }) => doc().querySelector(css) === el("button")));
  assert.ok(!mended.doubts.some((doubt) => doubt.startsWith("thread") || doubt === "host_shop"), "what stays is not doubted anew");
  assert.equal(chatPage.root.length, page.composer.field.length + length);
  assert.deepEqual(readRows(chatPage, doc()).map(({ direction }) => direction), ["buyer", "seller", "buyer"]);
});

test("conversations that the buyer's name told apart are told apart by it where it stands now", () => {
  const page = taughtChat();
  const named: ChatPage = { ...page, identity: { ...page.identity, thread: [{ css: ".gone" }], buyer: [{ css: ".gone" }] } };
  const lesson = learned({ buyer: el(`.${BUILD.theirs} span`), seller: el(`.${BUILD.ours} span`), field: el("textarea"), name: el("h2") }, "chat", "https://mall.example/im");
  const mended = keeping(named, lesson, (step) => step === "name").page as ChatPage;
  assert.equal(tryChat(mended, { document: doc(), url: new URL("https://mall.example/im") }).thread, "Lucia");
});

test("a listing editor: the field that moved is offered, the others stay", () => {
  const form = (title: string): string => `<header><input type="search"></header><form><h3>Name</h3><input ${title} value="Backpack"><fieldset><input name="p0" value="Light"><input name="p1" value="Dry"></fieldset><div contenteditable class="ed"><p>Two pockets</p></div></form>`;
  const at = "https://mall.example/goods/edit/5520981";
  open(form('class="css-1q8k2z"'), at);
  const page = learned({ title: el(".css-1q8k2z"), bullet: el("[name=p0]"), bullet2: el("[name=p1]"), description: el(".ed") }, "listing", at).page as ListingPage;
  assert.deepEqual(states(page), { title: "found", bullet: "found", bullet2: "found", description: "found" });
  open(form('class="css-9z9z9z"').replace("contenteditable", "contenteditable role=textbox").replace("class=\"ed\"", ""), at);
  const only: ListingPage = { ...page, listing: { ...page.listing, title: [{ css: ".css-1q8k2z" }], description: [{ css: ".ed" }], price: [{ css: ".price" }] } };
  const { title, description } = Object.fromEntries(recall(only, place()).map((each) => [each.step, each]));
  assert.equal(description?.element, el("[role=textbox]"));
  assert.equal(title?.state, "lost", "three fields are built like the title");
  const lesson = learned({ title: el(".css-9z9z9z"), bullet: el("[name=p0]"), bullet2: el("[name=p1]"), description: el("[role=textbox]") }, "listing", at);
  const mended = keeping(only, lesson, (step) => step === "title" || step === "description").page as ListingPage;
  assert.equal(tryListing(mended, doc()).title, "Backpack");
  assert.equal(tryListing(mended, doc()).description, "Two pockets");
  assert.deepEqual([mended.listing.bullets, mended.listing.price], [page.listing.bullets, [{ css: ".price" }]]);
});
