// What a file of messages holds as it was read: its columns, some of its messages, and how many an import would take.

import { h } from "./dom.js";
import { exactly, has, number, t, when } from "./texts.js";

/** What a column can be taken for; Seabridge's own tables know some more. */
const FIELDS = ["time", "date", "text", "direction", "buyer", "thread", "order", "marketplace", "shop", "region", "key", "language", "translation", "translation_language"];
/** Characters of a header the companion takes. */
const LONGEST_HEADER = 200;

/** What is wrong with a file, in words of this page where it has its own. */
export function wrong({ key, data }) {
  const own = key.replace(/^error_/, "dash_import_wrong_");
  return t(has(own) ? own : has(key) ? key : "error_internal", { report: key, ...data });
}

/** The columns to be chosen anew; `change` gets a header and its field, "" = leave it out. */
export function columns(found, change) {
  if (found.length === 0) return null;
  const line = ({ header, field }, at) => {
    const known = !field || FIELDS.includes(field) ? FIELDS : [...FIELDS, field];
    const select = h("select", { id: `import-column-${at}`, "data-column": header, disabled: !header || header.length > LONGEST_HEADER, onchange: (event) => change(header, event.currentTarget.value) },
      ["", ...known].map((name) => h("option", { value: name, selected: name === field }, t(name ? `dash_import_field_${name}` : "dash_import_field_none"))));
    return h("li", {}, h("label", { for: select.id, dir: "auto" }, header || t("dash_import_no_header")), select);
  };
  return h("section", { class: "mapped" }, h("h3", {}, t("dash_import_columns")), h("p", { class: "soft small" }, t("dash_import_columns_more")), h("ul", {}, found.map(line)));
}

/** Some messages as they were read. */
export function samples({ samples: some, zone, encoding }) {
  if (some.length === 0) return null;
  const line = (one) => h("li", {},
    h("p", { class: "soft small" }, h("span", { class: "strong", dir: "auto" }, one.buyer || t("dash_buyer_unknown")), ` · ${t(`dash_import_by_${one.direction}`)}`,
      one.at !== null && [" · ", h("time", { title: exactly(one.at) }, when(one.at))], !one.new && ` · ${t("dash_import_known")}`),
    h("p", { class: "cut", dir: "auto" }, one.text || t("dash_no_text")));
  return h("section", { class: "samples" }, h("h3", {}, t("dash_import_samples")), h("ul", {}, some.map(line)),
    h("p", { class: "soft small" }, t("dash_import_zone", { zone }), encoding && ` ${t("dash_import_encoding", { encoding: encoding.toUpperCase() })}`));
}

/** How many are new, known, and left out, and why. */
export function counts(report) {
  const data = Object.fromEntries(Object.entries(report).filter(([, value]) => typeof value === "number").map(([name, value]) => [name, number(value)]));
  const why = [
    ...Object.entries(report.left_out_mails).map(([reason, count]) => t(`dash_import_left_out_${reason}`, { count: number(count) })),
    report.left_out > 0 && report.kind !== "mail" && t("dash_import_left_out_rows", data),
    report.sheets.length > 0 && t("dash_import_sheets", { sheets: report.sheets.join(", ") }),
    report.erased > 0 && t("dash_import_erased", data),
    report.shortened > 0 && t("dash_import_shortened", data),
  ].filter(Boolean);
  return h("div", { class: "tally" }, h("p", { class: "strong" }, t("dash_import_holds", data)),
    h("p", {}, t(report.dry_run ? "dash_import_would" : "dash_import_took", data)), why.length > 0 && h("ul", {}, why.map((words) => h("li", {}, words))));
}
