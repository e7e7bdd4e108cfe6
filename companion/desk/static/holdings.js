// What is kept of conversations, a line each: before something is erased.

import { h } from "./dom.js";
import { listed, market } from "./lines.js";
import { t, when } from "./texts.js";

/** The list, filled as soon as the marketplaces' names are known. */
export function holdings(threads) {
  const list = h("ul", { class: "rows holdings" });
  void Promise.all(threads.map(row)).then((rows) => list.replaceChildren(...rows));
  return list;
}

async function row(one) {
  const counts = t("dash_holding", { messages: one.messages, translations: one.translations, drafts: one.drafts, pictures: one.pictures });
  return h("li", {}, h("div", { class: "grow" },
    h("p", { class: "line" }, h("a", { class: "strong", href: `#thread/${one.thread}`, dir: "auto" }, one.buyer || t("dash_buyer_unknown")), h("span", { class: "soft small" }, one.last_at > 0 && `${when(one.first_at)} – ${when(one.last_at)}`)),
    h("p", { class: "soft small" }, listed(await market(one.marketplace), one.shop && t("dash_shop", { shop: one.shop }), counts)),
    one.held && h("p", { class: "small warned" }, t("dash_hold_on"))));
}
