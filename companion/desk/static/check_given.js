// What is known of listings whose file does not say it.

import { call } from "./api.js";
import { h } from "./dom.js";
import { locale, t } from "./texts.js";

/** As it was chosen last, while this page of the browser is open. */
const kept = { marketplace: "", region: "", category: "", brand: "" };

export async function given() {
  const markets = await call("marketplaces");
  const market = h("select", { id: "given-marketplace" }, h("option", { value: "" }, t("bulk_marketplace_none")),
    markets.map((one) => h("option", { value: one.name, selected: one.name === kept.marketplace }, one.title)));
  const line = (name, most) => h("input", { type: "text", id: `given-${name}`, value: kept[name], maxlength: most, autocomplete: "off", spellcheck: "false" });
  const [region, category, brand] = [line("region", 2), line("category", 200), line("brand", 200)];
  const fields = { marketplace: market, region, category, brand };
  const labelled = Object.entries(fields).map(([name, field]) => h("div", {}, h("label", { for: field.id }, t(`bulk_given_${name}`)), field));
  return {
    node: h("fieldset", { class: "given" }, h("legend", { class: "soft small" }, t("bulk_given")), labelled),
    /** What is known; null while it is said wrongly, which the field tells. */
    told() {
      region.setCustomValidity(/^([A-Za-z]{2})?$/.test(region.value.trim()) ? "" : t("bulk_region_wrong"));
      if (!region.reportValidity()) return null;
      for (const [name, field] of Object.entries(fields)) kept[name] = field.value.trim();
      return { ...kept, region: kept.region.toUpperCase(), locale: locale() };
    },
  };
}
