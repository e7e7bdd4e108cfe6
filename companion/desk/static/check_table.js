// The rows of a report as a table; on a narrow screen each row is a card.

import { waiving } from "./check_waive.js";
import { h } from "./dom.js";
import { listed } from "./lines.js";
import { has, t } from "./texts.js";

const COLUMNS = [["level"], ["listing", "marketplace"], ["field", "text"], ["message"], ["rule", "as_of"]];

/** `sort` is called with a column, `again` when what excuses a row changed. */
export function table(rows, wanted, { sort, again }) {
  const body = h("tbody", {}, rows.map((row) => line(row, again)));
  const button = (column) => h("button", { type: "button", class: "sort", "data-sort": column, "aria-pressed": String(wanted.sort === column), onclick: () => sort(column) },
    t(`bulk_column_${column}`), wanted.sort === column && h("span", { "aria-hidden": "true" }, wanted.descending ? " ↑" : " ↓"));
  const heading = (columns) => h("th", { scope: "col", "aria-sort": columns.includes(wanted.sort) ? (wanted.descending ? "descending" : "ascending") : null }, columns.map(button));
  const choice = h("select", { "aria-label": t("bulk_sort"), onchange: () => sort(choice.value) }, COLUMNS.flat().map((column) => h("option", { value: column, selected: column === wanted.sort }, t(`bulk_column_${column}`))));
  const narrow = h("p", { class: "sorting" }, h("span", { class: "soft small" }, t("bulk_sort")), choice, h("button", { type: "button", class: "quiet", onclick: () => sort(wanted.sort) }, t("bulk_down")));
  return {
    node: h("div", {}, narrow, h("table", { class: "found" }, h("thead", {}, h("tr", {}, COLUMNS.map(heading))), body)),
    count: () => body.children.length,
    add(more) {
      body.append(...more.map((row) => line(row, again)));
    },
  };
}

/** One finding with its listing. All of it is the seller's text or ours, and none of it markup. */
export function line(row, again) {
  const one = row.finding;
  return h("tr", { class: one.level },
    h("td", {}, h("span", { class: `level ${one.level}` }, t(`check_level_${one.level}`))),
    h("td", {}, row.title && h("p", { class: "strong", dir: "auto" }, row.title), h("p", { class: "soft small", dir: "auto" }, listed(row.sku, row.file, row.file && t("bulk_row", { row: row.row }), listed(row.market ?? row.marketplace, row.region)))),
    h("td", {}, h("p", { class: "soft small" }, fieldOf(one)), h("p", { class: "lines", dir: "auto" }, shown(row))),
    h("td", {}, why(one), waiving(row, again)),
    h("td", { class: "small" }, h("p", {}, h("code", {}, one.rule), ` v${one.version}`), h("p", { class: "soft" }, source(one))));
}

/** Where a finding stands, as people count. */
export function fieldOf({ field, index }) {
  const name = has(`bulk_field_${field}`) ? t(`bulk_field_${field}`) : field;
  return index === null ? name : `${name} ${typeof index === "number" ? index + 1 : index}`;
}

function shown({ before, after, finding: { text } }) {
  return text ? [before, h("mark", {}, text), after] : h("span", { class: "soft" }, t("bulk_whole"));
}

/** Why, what to do, and what may stand there instead. */
export function why(one) {
  return [h("p", {}, one.message), h("p", { class: "soft" }, one.fix),
    one.alternatives.length > 0 && h("p", { class: "small" }, t("bulk_write"), " ", one.alternatives.flatMap((text, at) => [at > 0 && " / ", h("q", { dir: "auto" }, text)]))];
}

/** Where the rule is known from. Only an address of the web becomes a link. */
export function source({ source: from, as_of: day }) {
  if (from === "seller") return t("bulk_source_own", { day });
  const web = /^https?:\/\//.test(from) && URL.canParse(from);
  return [web ? h("a", { href: from, target: "_blank", rel: "noopener noreferrer", title: from }, new URL(from).hostname.replace(/^www\./, "")) : from, " ", h("span", { class: "soft" }, t("bulk_seen", { day }))];
}
