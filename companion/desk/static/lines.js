// Conversations and hits as lines of a list.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { held } from "./hold.js";
import { starred, tagged } from "./marks.js";
import { exactly, language, lasting, t, when } from "./texts.js";

let titles = null;

/** A marketplace's own name. */
export async function market(name) {
  titles ??= call("marketplaces").then((all) => new Map(all.map((one) => [one.name, one.title]))).catch(() => new Map());
  return (await titles).get(name) ?? name;
}

/** Another shop may have been opened since; so long an answer holds, in ms. */
const HOLDS_MS = 30_000;
let accounts = { at: -Infinity, several: Promise.resolve(false) };

/** The shop account's name, "" where there is only one. */
async function account(shop) {
  if (performance.now() - accounts.at > HOLDS_MS) {
    accounts = { at: performance.now(), several: call("shops.count").then(({ count }) => count > 1).catch(() => false) };
  }
  return shop && (await accounts.several) ? t("dash_shop", { shop }) : "";
}

export const listed = (...parts) => parts.filter(Boolean).join(" · ");

const initial = (buyer) => [...(buyer || "?")][0].toUpperCase();

function hue(text) {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + char.codePointAt(0)) % 360;
  return sum;
}

export function face(buyer) {
  const mark = h("span", { class: "face", "aria-hidden": "true" }, initial(buyer));
  mark.style.setProperty("--hue", hue(buyer));
  return mark;
}

/** ``seat``: a colleague's, who is answering. */
export async function threadLine(thread, seat = "") {
  const buyer = thread.buyer || t("dash_buyer_unknown");
  const last = thread.last_translation || thread.last_text || t("dash_no_text");
  return h("li", {}, h("a", { href: `#thread/${thread.id}` }, face(buyer),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong" }, buyer, starred(thread.marks)), h("time", { class: "soft", title: exactly(thread.last_at) }, when(thread.last_at))),
      h("p", { class: "cut", dir: "auto" }, thread.last_direction === "seller" && h("span", { class: "soft" }, `${t("dash_you")}：`), last),
      h("p", { class: "soft small" }, listed(await market(thread.marketplace), await account(thread.shop), thread.language && language(thread.language), t("dash_messages", { count: thread.messages }))), seat && h("p", { class: "small warned" }, t("dash_answering", { seat })), tagged(thread.marks), held(thread.hold))));
}

/** Where the page of a listing stands. */
export const listingAt = ({ marketplace, shop, key }) => `#listing/${[marketplace, shop, key].map(encodeURIComponent).join("/")}`;

export async function listingLine(one) {
  const old = one.stale && h("span", { class: "old" }, t("dash_catalogue_stale", { age: lasting(Date.now() / 1000 - one.seen_at) }));
  return h("li", {}, h("a", { href: listingAt(one) }, h("span", { class: "badge" }, icon("catalogue")),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong", dir: "auto" }, one.title || t("dash_catalogue_untitled")), h("time", { class: "soft", title: exactly(one.seen_at) }, when(one.seen_at))),
      h("p", { class: "soft small" }, listed(await market(one.marketplace), one.region, one.shop && t("dash_shop", { shop: one.shop }), one.sku || one.item, one.versions > 1 && t("dash_catalogue_versions", { count: one.versions }))),
      old && h("p", { class: "small" }, old))));
}

const spans = (found) => found.map((span) => (span.hit ? h("mark", {}, span.text) : span.text));

/** A note stands for its conversation. */
export async function noteLine(found) {
  const buyer = found.buyer || t("dash_buyer_unknown");
  return h("li", {}, h("a", { href: `#thread/${found.thread_id}` }, face(buyer),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong" }, buyer), h("span", { class: "soft", title: exactly(found.at) }, t("talk_hit_note", { time: when(found.at) }))),
      h("p", { dir: "auto" }, spans(found.note)), h("p", { class: "soft small" }, listed(await market(found.marketplace), await account(found.shop))))));
}

export async function hitLine(found) {
  const buyer = found.buyer || t("dash_buyer_unknown");
  const who = { buyer: t("dash_buyer"), seller: t("dash_you"), system: t("dash_system") }[found.direction];
  return h("li", {}, h("a", { href: `#thread/${found.thread_id}/${found.message_id}` }, face(buyer),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong" }, found.name.length > 0 ? spans(found.name) : buyer), h("time", { class: "soft", title: exactly(found.at) }, when(found.at))),
      h("p", { dir: "auto" }, spans(found.text)), found.translation.length > 0 && h("p", { class: "translated", dir: "auto" }, spans(found.translation)),
      found.later.length > 0 && h("p", { class: "became", dir: "auto" }, h("span", { class: "soft small" }, t("talk_hit_later"), ": "), spans(found.later)),
      h("p", { class: "soft small" }, listed(await market(found.marketplace), await account(found.shop), who, found.language && language(found.language)), found.order.length > 0 && [` · ${t("search_order")} `, spans(found.order)]))));
}
