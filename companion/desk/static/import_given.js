// What the seller says of a file of messages, where it does not say it itself.

import { call } from "./api.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const ENCODINGS = [
  "utf-8", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
  "cp1258", "cp874", "iso8859-2", "koi8-r", "cp866", "cp850", "mac-roman",
];

/** As it was said last, while this page of the browser is open. */
let kept = {};

/** `changed` is called when something is said otherwise than before. */
export async function given(changed) {
  const markets = await call("marketplaces");
  const option = (value, label) => h("option", { value }, label);
  const line = (name, most) => h("input", { type: "text", id: `import-${name}`, maxlength: most, autocomplete: "off", spellcheck: "false" });
  const fields = {
    marketplace: h("select", { id: "import-marketplace" }, option("", t("dash_import_marketplace_file")), markets.map((one) => option(one.name, one.title))),
    shop: line("shop", 200),
    region: line("region", 40),
    sellers: line("sellers", 2000),
  };
  const further = {
    zone: line("zone", 100),
    encoding: h("select", { id: "import-encoding" }, option("", t("dash_import_encoding_found")), ENCODINGS.map((name) => option(name, name.toUpperCase()))),
    url: line("url", 4000),
  };
  const labelled = (some) => Object.entries(some).map(([name, field]) => h("div", {}, h("label", { for: field.id }, t(`dash_import_given_${name}`)), field));
  const every = { ...fields, ...further };
  for (const [name, field] of Object.entries(every)) {
    field.value = kept[name] ?? "";
    field.addEventListener("change", () => changed());
  }
  const more = h("details", {}, h("summary", {}, t("dash_import_further")), h("div", { class: "given" }, labelled(further)));
  return {
    node: h("div", { class: "saying" }, h("fieldset", { class: "given" }, h("legend", { class: "soft small" }, t("dash_import_given")), labelled(fields)), more),
    /** Shows time zone, encoding and address: one of them is asked for. */
    unfold() {
      more.open = true;
    },
    /** As the companion takes it; null while it is said wrongly, which the field tells. */
    told() {
      fields.region.setCustomValidity(/^[A-Za-z0-9_.:-]{0,40}$/.test(fields.region.value.trim()) ? "" : t("dash_import_region_wrong"));
      if (!fields.region.reportValidity()) return null;
      kept = Object.fromEntries(Object.entries(every).map(([name, field]) => [name, field.value.trim()]));
      const names = kept.sellers.split(/[,，;；、\n]/).map((name) => name.trim().slice(0, 200)).filter(Boolean);
      return { ...kept, sellers: names.slice(0, 50) };
    },
  };
}
