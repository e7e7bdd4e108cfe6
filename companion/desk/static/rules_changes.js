// What the last update of the rules changed, and which of the shop's own texts that hits.

import { h } from "./dom.js";
import { listingAt } from "./lines.js";
import { t } from "./texts.js";

/** Shown at first; the others behind a button. */
const SHOWN = 12;

/** The parts of the card. */
export function changeList(list) {
  const label = ({ title, version }) => (version ? t("dash_rules_title", { title, version }) : t("dash_rules_shipped"));
  const same = list.before.version === list.after.version && list.changes.length === 0;
  return [
    h("h2", {}, t("dash_rules_changes")),
    h("p", { class: "soft" }, same ? t("dash_rules_no_changes") : t("dash_rules_between", { before: label(list.before), after: label(list.after) })),
    !same && list.changes.length === 0 && h("p", {}, t("dash_rules_same")),
    folded(list.changes.map(change), "versions"),
    list.more > 0 && h("p", { class: "soft" }, t("dash_rules_more", { count: list.more })),
    ...hits(list),
  ].filter(Boolean);
}

function change({ line, details }) {
  return h("li", {}, h("p", { class: "strong", dir: "auto" }, line), details.length > 0 && h("ul", { class: "points" }, details.map((each) => h("li", { class: "soft", dir: "auto" }, each))));
}

function hits({ hits: found, looked, cut }) {
  if (looked === 0) return [];
  return [
    h("h3", {}, t("dash_rules_hits")),
    h("p", { class: found.length > 0 ? "warned" : "soft" }, t(found.length > 0 ? "dash_rules_hit" : "dash_rules_not_hit", { count: found.length, looked })),
    folded(found.map(hit), "rows"),
    cut && h("p", { class: "soft" }, t("dash_rules_cut")),
  ];
}

function hit({ kind, key, line, fix, level }) {
  const [marketplace, shop, id] = key;
  const words = kind === "listing" ? h("a", { href: listingAt({ marketplace, shop, key: id }), dir: "auto" }, line) : h("span", { dir: "auto" }, line);
  return h("li", {}, h("div", { class: "grow" }, h("p", { class: level === "error" ? "strong" : "" }, words), h("p", { class: "soft small" }, fix)));
}

/** A list of which only the beginning shows until somebody asks for all of it. */
function folded(items, kind) {
  const list = h("ul", { class: kind }, items.slice(0, SHOWN));
  if (items.length <= SHOWN) return items.length > 0 && list;
  const all = h("button", { type: "button", class: "quiet", onclick: () => (list.append(...items.slice(SHOWN)), all.remove()) }, t("dash_recent_all"));
  return h("div", {}, list, all);
}
