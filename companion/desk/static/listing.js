// One listing: as it was seen last, what changed from version to version, and what else is about it.

import { call } from "./api.js";
import { checkedCard } from "./check_listing.js";
import { h, icon } from "./dom.js";
import { listed, market, threadLine } from "./lines.js";
import { manualLine } from "./manuals.js";
import { exactly, lasting, t, when } from "./texts.js";

const ago = (seconds) => lasting(Date.now() / 1000 - seconds);

export async function listing(marketplace, shop, key) {
  const { listing: one, changes, conversations, manuals } = await call("catalogue.show", { marketplace, shop, key });
  const threads = await Promise.all(conversations.map((each) => threadLine(each)));
  const seen = one.stale ? h("span", { class: "old" }, t("dash_catalogue_stale", { age: ago(one.seen_at) })) : t("dash_catalogue_seen", { time: when(one.seen_at) });
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#catalogue", "aria-label": t("dash_catalogue_back") }, icon("back")),
      h("div", { class: "grow" }, h("h1", { tabindex: "-1", dir: "auto" }, one.title || t("dash_catalogue_untitled")),
        h("p", { class: "soft" }, listed(await market(one.marketplace), one.region, one.shop && t("dash_shop", { shop: one.shop }))),
        h("p", { class: "soft", title: exactly(one.seen_at) }, seen))),
    h("section", { class: "card" }, h("h2", {}, t("dash_catalogue_now")), h("dl", { class: "facts" }, Object.entries(one.facts).map(([field, fact]) => known(field, fact, one.stale)))),
    await checkedCard({ marketplace, shop, key }),
    h("section", { class: "card" }, h("h2", {}, t("dash_catalogue_history")), changes.length > 0 ? h("ol", { class: "versions" }, changes.map(change), first(one)) : h("p", { class: "soft" }, t("dash_catalogue_one"))),
    h("section", { class: "card" }, h("h2", {}, t("dash_catalogue_threads")), threads.length > 0 ? h("ul", { class: "threads" }, threads) : h("p", { class: "soft" }, t("dash_catalogue_no_threads"))),
    manuals.length > 0 && h("section", { class: "card" }, h("h2", {}, t("dash_manuals")), h("ul", { class: "rows" }, manuals.map((each) => manualLine(each)))),
  ].filter(Boolean);
}

/** What a field is called; an attribute as the editor calls it. */
const named = (field) => field.startsWith("attributes.") ? field.slice("attributes.".length) : t(field === "sku" || field === "item" ? `dash_catalogue_${field}` : `quality_field_${field}`);

/** A field as seen last. One that cannot be relied on says so, unless the whole listing does. */
function known(field, fact, allStale) {
  const old = fact.stale && !allStale && h("p", { class: "small" }, h("span", { class: "old", title: exactly(fact.seen_at) }, t("dash_catalogue_stale", { age: ago(fact.seen_at) })));
  return [h("dt", { class: "soft", dir: "auto" }, named(field)), h("dd", {}, value(field, fact.value), old)];
}

function value(field, said) {
  if (field === "images") return t("dash_catalogue_images", { count: said.length });
  if (Array.isArray(said)) return h("ul", { class: "points" }, said.map((each) => h("li", { dir: "auto" }, each)));
  return h("p", { class: "lines", dir: "auto" }, said);
}

/** What one version changed of the one before. */
function change({ newer, newer_seen: [since, until], changes }) {
  return h("li", {}, h("p", { class: "strong", title: exactly(since) }, t("dash_catalogue_span", { number: newer, first: when(since), last: when(until) })),
    changes.map((each) => h("div", { class: "change" }, h("p", { class: "soft small", dir: "auto" }, named(each.field)), each.lines.map(line))));
}

const SIGNS = { "-": ["del", "dash_catalogue_removed"], "+": ["ins", "dash_catalogue_added"] };

/** A line that both have shows where the others stand. */
function line({ sign, text }) {
  if (sign === " ") return h("p", { class: "soft", dir: "auto" }, text);
  const [name, word] = SIGNS[sign];
  return h(name, { dir: "auto" }, h("span", { class: "unseen" }, `${t(word)}: `), text);
}

function first({ first_seen_at: at }) {
  return h("li", {}, h("p", { class: "soft", title: exactly(at) }, t("dash_catalogue_first", { first: when(at) })));
}
