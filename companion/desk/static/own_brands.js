// Marks the seller owns, and those he may use for as long as an authorisation says.

import { call } from "./api.js";
import { entering, entries, labelled, marketplaces, titles } from "./own_entries.js";
import { h } from "./dom.js";
import { listed } from "./lines.js";
import { t } from "./texts.js";

/** An authorisation that ends within so many days is told. */
const SOON_DAYS = 30;
const DAY_MS = 86_400_000;
const KINDS = ["own", "licensed"];

/** How many authorisations have ended, or end soon. */
export const ending = ({ brands, lapsed }) => brands.filter((one) => lapsed.includes(one.id) || (one.until && daysTo(one.until) <= SOON_DAYS)).length;

export function brands(markets, signal) {
  let lapsed = [];
  return entries({
    load: async () => {
      const found = await call("brands.list");
      lapsed = found.lapsed;
      return found.brands;
    },
    line: (one) => said(one, lapsed.includes(one.id), markets),
    form: (one, save, close) => form(one, markets, save, close),
    named: (one) => one.name,
    kind: "brand",
    remove: "brands.remove",
    signal,
  });
}

function said(one, over, markets) {
  return [
    h("p", { class: "strong", dir: "auto" }, one.name, " ", h("span", { class: "level suggestion" }, t(`ownrules_kind_${one.kind}`))),
    h("p", { class: "soft small", dir: "auto" }, listed(one.holder, one.number, titles(markets, one.marketplaces))),
    one.until && until(one.until, over),
    one.note && h("p", { class: "soft", dir: "auto" }, one.note),
  ];
}

/** Whole days from today on to a day, both as the seller's calendar has them. */
export function daysTo(day, now = new Date()) {
  const [year, month, date] = day.split("-").map(Number);
  return Math.round((Date.UTC(year, month - 1, date) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / DAY_MS);
}

function until(day, over) {
  if (over) return h("p", { class: "bad" }, t("ownrules_lapsed", { day }));
  const days = daysTo(day);
  if (days > SOON_DAYS) return h("p", { class: "soft small" }, t("ownrules_until", { day }));
  return h("p", { class: "warned" }, days > 0 ? t("ownrules_due", { day, days }) : t("ownrules_due_today", { day }));
}

function form(one, markets, save, close) {
  const now = one ?? { id: "", name: "", kind: "licensed", marketplaces: [], holder: "", number: "", until: "", note: "" };
  const line = (value, most) => h("input", { type: "text", maxlength: most, value, autocomplete: "off", dir: "auto" });
  const [name, holder, number, note] = [line(now.name, 200), line(now.holder, 200), line(now.number, 200), line(now.note, 300)];
  const end = h("input", { type: "date", value: now.until, min: "2000-01-01", max: "2199-12-31" });
  const kind = h("select", {}, KINDS.map((each) => h("option", { value: each, selected: each === now.kind }, t(`ownrules_kind_${each}`))));
  const on = marketplaces(markets, now.marketplaces);
  const by = labelled("holder", holder);
  const owned = () => (by.hidden = kind.value === "own");
  kind.addEventListener("change", owned);
  owned();
  const submit = () => {
    if (!/[\p{L}\p{N}]/u.test(name.value)) return t("ownrules_problem_name");
    if (!end.validity.valid) return t("ownrules_problem_until");
    const brand = { id: now.id, name: name.value.trim(), kind: kind.value, marketplaces: on.chosen(), holder: kind.value === "own" ? "" : holder.value.trim(), number: number.value.trim(), until: end.value, note: note.value.trim() };
    return save("brands.put", { brand });
  };
  return entering(t(one ? "ownrules_change_brand" : "ownrules_add_brand"), [labelled("name", name), labelled("kind", kind), by, labelled("number", number), labelled("until", end), labelled("note", note), on.node], submit, close);
}
