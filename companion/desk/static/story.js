// A buyer's whole story: conversations and orders of everybody of one name, marketplace by marketplace.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { held } from "./hold.js";
import { face, listed, listingAt, market } from "./lines.js";
import { starred, tagged } from "./marks.js";
import { exactly, language, t, when } from "./texts.js";

const clock = (at) => h("time", { class: "soft small", title: exactly(at) }, when(at));

/** The story of the buyer of conversation `id`. */
export async function story(id) {
  const { thread } = await call("thread.messages", { thread_id: id, limit: 1 });
  const { stories, more } = await call("buyer.story", { buyer: thread.buyer || "?" });
  const cards = await Promise.all(stories.map(card));
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: `#thread/${id}`, "aria-label": t("dash_back") }, icon("back")), face(thread.buyer),
      h("div", { class: "grow" }, h("h1", { tabindex: "-1", dir: "auto" }, thread.buyer || t("dash_buyer_unknown")), h("p", { class: "soft" }, t("dash_story")))),
    cards.length > 0 ? cards : h("section", { class: "card empty" }, h("p", {}, t("dash_story_none"))),
    more && h("p", { class: "soft centre" }, t("dash_story_more")),
  ].flat().filter(Boolean);
}

async function card(one) {
  const parts = [...one.conversations.map((each) => [each.first_at, conversation(each)]), ...one.orders.map((each) => [each.at, order(each, one.marketplace)])];
  parts.sort((a, b) => a[0] - b[0]);
  return h("section", { class: "card story" }, h("h2", {}, await market(one.marketplace)),
    h("p", { class: "soft" }, listed(t("dash_story_span", { first: when(one.first_at), last: when(one.last_at) }), one.languages.map(language).join(" / "))),
    one.accounts > 1 && h("p", { class: "soft" }, t("buyer_same_name", { count: one.accounts })),
    h("ol", {}, parts.map(([, node]) => node)));
}

function conversation({ thread, first_at: first, open, open_since: since }) {
  const { marks } = thread;
  return h("li", {}, clock(first),
    h("p", {}, h("a", { href: `#thread/${thread.id}` }, listed(thread.region, thread.shop && t("dash_shop", { shop: thread.shop }), t("dash_messages", { count: thread.messages }))), starred(marks)),
    tagged(marks),
    thread.hold && h("p", {}, held(thread.hold)),
    since !== null && h("p", {}, h("span", { class: "strong" }, t("buyer_open", { time: when(since) })), " ", h("span", { dir: "auto" }, open)),
    marks.noted_at !== null && h("p", { class: "noted" }, h("span", { class: "soft small" }, t("buyer_note", { time: when(marks.noted_at) })), " ", h("span", { dir: "auto" }, marks.note)));
}

function order(one, marketplace) {
  const stale = one.stale && t("dash_story_stale", { time: when(one.seen_at) });
  return h("li", {}, clock(one.at),
    h("p", {}, h("span", { class: "strong" }, t("dash_story_order", { order: one.order })), " ", listed(one.amount, one.status, stale, one.seen_at === null && t("buyer_order_named"))),
    one.items.map((item) => h("p", { class: "soft small", dir: "auto" }, item)),
    one.listings.map((each) => h("p", { class: "small" }, h("a", { href: listingAt({ ...each, marketplace }), dir: "auto" }, each.title || each.sku))));
}
