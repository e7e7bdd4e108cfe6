// What the seller decides himself: forbidden words, brands he may use, findings that are none for this shop.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { brands } from "./own_brands.js";
import { waivers } from "./own_waivers.js";
import { words } from "./own_words.js";
import { t } from "./texts.js";

const PARTS = { words, brands, waivers };

export async function ownRules(part = "words", signal) {
  const chosen = part in PARTS ? part : "words";
  const markets = await call("marketplaces");
  const link = (name) => h("a", { class: "pill", href: `#own/${name}`, "aria-current": name === chosen ? "page" : null }, t(`ownrules_${name}`));
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#check", "aria-label": t("ownrules_back") }, icon("back")),
      h("h1", { class: "grow", tabindex: "-1" }, t("ownrules_title"))),
    h("p", { class: "lead" }, t("ownrules_lead")),
    h("div", { class: "parts", role: "group", "aria-label": t("ownrules_parts") }, Object.keys(PARTS).map(link)),
    h("section", { class: "card" }, h("h2", {}, t(`ownrules_${chosen}`)), h("p", { class: "soft" }, t(`ownrules_${chosen}_lead`)), await PARTS[chosen](markets, signal)),
  ];
}
