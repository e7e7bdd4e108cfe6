// Conversations: the list, and the search through them.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { exporting } from "./export.js";
import { chips, help, sorting } from "./filters.js";
import { hitLine, noteLine, threadLine } from "./lines.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

/** Pause after the last key before the archive is asked, in ms. */
const PAUSE_MS = 220;

/** A list that grows by pages. */
function growing(line, ask, counted) {
  const list = h("ul", { class: "threads" });
  const more = h("button", { type: "button", class: "wide", hidden: true }, t("dash_more"));
  let next = "";
  const load = async () => {
    more.disabled = true;
    try {
      const { rows, more: following } = await ask(next);
      const lines = await Promise.all(rows.map((row) => line(row)));
      list.append(...lines);
      if (next) lines[0]?.querySelector("a")?.focus();
      next = following;
    } finally {
      more.disabled = false;
    }
    more.hidden = !next;
    counted(list.children.length, Boolean(next));
    return list.children.length;
  };
  more.addEventListener("click", () => load().catch((error) => say(sorry(error), true)));
  return { list, more, load };
}

const remembered = { query: "", sort: "newest" };
/** What is searched. */
export const searched = () => remembered.query;

export async function conversations(signal) {
  const field = h("input", { type: "search", id: "query", placeholder: t("dash_search_hint"), value: remembered.query, maxlength: 500, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const count = h("p", { class: "soft", role: "status" });
  const place = h("div", {});
  let turn = 0;
  let timer = 0;

  const fill = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    const sort = remembered.sort;
    remembered.query = query;
    let filters = [];
    let told = "";
    let noted = [];
    const counted = (found, more) => {
      const onlyNotes = found === 0 && noted.length > 0;
      told = query && !onlyNotes ? t(more ? "dash_search_found_more" : "dash_search_found", { count: found }) : "";
      if (mine === turn) count.textContent = told;
    };
    const ask = async (before) => {
      if (!query) {
        const { threads, more } = await call("thread.list", { before, limit: 30 });
        return { rows: threads, more };
      }
      const result = await call("search", { query, before, limit: 20, sort });
      filters = result.filters;
      if (!before) noted = await Promise.all(result.notes.map(noteLine));
      return { rows: result.hits, more: result.more };
    };
    const found = growing(query ? hitLine : threadLine, ask, counted);
    let content;
    try {
      const any = await found.load();
      const notes = noted.length > 0 && h("section", { class: "card flush" }, h("ul", { class: "threads" }, noted));
      content = [notes, any ? [h("section", { class: "card flush" }, found.list), found.more] : !notes && nothing(query)].flat().filter(Boolean);
    } catch (error) {
      if (!error.code?.startsWith("search_")) throw error;
      // an operator that is still being typed, or was mistyped: what to write instead
      content = [h("section", { class: "card empty" }, h("p", {}, sorry(error)))];
    }
    if (mine !== turn || signal.aborted) return;
    const focused = place.contains(document.activeElement) && document.activeElement.hash;
    place.replaceChildren(...content);
    // the lines are made anew; whoever went on with the arrow keys meanwhile stays there
    if (focused !== false) ([...place.querySelectorAll("li a")].find((line) => line.hash === focused) ?? field).focus();
    count.textContent = told;
    narrow.show(query, filters);
    above.hidden = !query;
    files.show(Boolean(query) && found.list.children.length > 0);
  };
  const again = () => {
    clearTimeout(timer);
    return fill().catch((error) => say(sorry(error), true));
  };
  const narrow = chips((query) => {
    field.value = query;
    void again();
  });
  const order = sorting(remembered.sort, (sort) => {
    remembered.sort = sort;
    void again();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(again, PAUSE_MS);
  });
  const files = exporting(t("dash_export_found"), () => ({ query: remembered.query }), signal);
  const above = h("div", { class: "told", hidden: !remembered.query }, count, files.button, order);
  signal.addEventListener("abort", () => clearTimeout(timer));
  const form = h("form", { class: "find", role: "search", onsubmit: (event) => { event.preventDefault(); void again(); } },
    h("label", { for: "query" }, t("dash_search_label")), h("div", { class: "field" }, icon("look"), field), narrow.node, help());
  steps([form, place], field, place);
  await fill();
  const older = h("p", {}, h("a", { class: "pill", href: "#import" }, icon("paper"), t("dash_import_link")));
  return [h("h1", { tabindex: "-1" }, t("dash_search")), older, form, above, files.panel, place];
}

/** The arrow keys lead from the field through the lines and back. */
function steps(nodes, field, place) {
  const step = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [field, ...place.querySelectorAll("li a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  for (const node of nodes) node.addEventListener("keydown", step);
}

function nothing(query) {
  return query
    ? h("section", { class: "card empty" }, h("p", {}, t("dash_search_none", { query })))
    : h("section", { class: "card empty" }, h("span", { class: "badge large" }, icon("search")), h("p", { class: "strong" }, t("dash_search_empty")), h("p", { class: "soft" }, t("dash_search_empty_how")));
}
