// What narrows a search: buttons that write an operator into the field, the operators as understood, and the help.

import { h, icon } from "./dom.js";
import { has, language, t } from "./texts.js";

const QUICK = ["buyer", "seller", "unanswered", "starred", "image", "note", "edit", "week"];
const HELP = ["words", "phrase", "without", "from", "buyer", "shop", "order", "tag", "note", "has", "thread", "lang", "dates", "in"];

/** The query without a piece of it. */
export function without(query, piece) {
  const at = ` ${query} `.indexOf(` ${piece} `);
  const [begin, end] = at < 0 ? [query.indexOf(piece), query.indexOf(piece) + piece.length] : [at, at + piece.length];
  return begin < 0 ? query : `${query.slice(0, begin)} ${query.slice(end)}`.replace(/\s+/g, " ").trim();
}

function label(filter) {
  const known = `search_value_${filter.value}`;
  let value = has(known) ? t(known) : filter.value;
  if (filter.kind === "lang") value = language(filter.value);
  return t(filter.without ? "search_chip_without" : "search_chip", { name: t(`search_kind_${filter.kind}`), value });
}

/** The row of chips; ``change`` gets the query that a press makes. */
export function chips(change) {
  const node = h("div", { class: "chips", role: "group", "aria-label": t("search_filters") });
  const show = (query, filters) => {
    const quick = QUICK.map((name) => ({ name, text: t(`search_quick_${name}_text`) }));
    const pressed = (text) => filters.some((filter) => filter.text === text);
    const focused = document.activeElement?.dataset?.chip;
    node.replaceChildren(
      ...filters.filter((filter) => !quick.some(({ text }) => text === filter.text)).map((filter) =>
        h("button", { type: "button", class: "chip", "data-chip": filter.text, "aria-label": t("search_remove", { filter: label(filter) }), onclick: () => change(without(query, filter.text)) },
          label(filter), icon("fail"))),
      ...quick.map(({ name, text }) =>
        h("button", { type: "button", class: "chip", "data-chip": text, "aria-pressed": String(pressed(text)), onclick: () => change(pressed(text) ? without(query, text) : `${query} ${text}`.trim()) },
          t(`search_quick_${name}`))),
    );
    // the row is made anew after each press; whoever uses keys stays where they were
    if (focused !== undefined) [...node.children].find((chip) => chip.dataset.chip === focused)?.focus();
  };
  return { node, show };
}

/** Newest or best first. */
export function sorting(chosen, change) {
  const choose = (name) => h("button", { type: "button", "aria-pressed": String(name === chosen), onclick: (event) => {
    for (const button of event.currentTarget.parentNode.children) button.setAttribute("aria-pressed", String(button === event.currentTarget));
    change(name);
  } }, t(`search_sort_${name}`));
  return h("div", { class: "switch", role: "group", "aria-label": t("search_sort") }, choose("newest"), choose("best"));
}

/** All there is to type. */
export function help() {
  return h("details", { class: "help" }, h("summary", {}, t("search_help")),
    h("dl", {}, HELP.map((name) => [h("dt", {}, h("code", {}, t(`search_help_${name}`))), h("dd", { class: "soft" }, t(`search_help_${name}_means`))])));
}
