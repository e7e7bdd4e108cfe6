// Findings in one text or listing, as a list.

import { fieldOf, source, why } from "./check_table.js";
import { waiving } from "./check_waive.js";
import { h, icon } from "./dom.js";
import { t } from "./texts.js";

/** `again` is called when what excuses one of them changed; `target`: a listing's or a message's. */
export function findingList(rows, again, target) {
  if (rows.length === 0) return h("p", { class: "clean" }, icon("ok"), t("bulk_clean"));
  return h("ul", { class: "rows pasted" }, rows.map((row) => line(row, again, target)));
}

/** What of a file or a text was not checked, or not by all rules, as sentences. */
export const noted = (notes) => (notes ?? []).map(({ kind, data }) => h("p", { class: "warned small" }, t(`bulk_note_${kind}`, data)));

function line(row, again, target) {
  const one = row.finding;
  return h("li", { class: row.waiver ? "excused" : "" }, h("span", { class: `level ${one.level}` }, t(`check_level_${one.level}`)),
    h("div", { class: "grow" }, h("p", { class: "lines", dir: "auto" }, h("span", { class: "soft small" }, fieldOf(one), " "), row.before, one.text && h("mark", {}, one.text), row.after),
      why(one), h("p", { class: "soft small" }, h("code", {}, one.rule), " ", source(one)), waiving(row, again, target)));
}
