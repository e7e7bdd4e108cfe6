// The report: what was found, filtered and sorted by the companion, a page at a time.

import { call } from "./api.js";
import { filters } from "./check_filters.js";
import { table } from "./check_table.js";
import { h, icon } from "./dom.js";
import { market } from "./lines.js";
import { say } from "./notice.js";
import { save } from "./saving.js";
import { locale, number, sorry, t } from "./texts.js";

const PAGE = 50;
const FORMATS = ["xlsx", "csv", "json", "sarif"];

export function report(signal) {
  const wanted = { level: "", marketplace: "", rule: "", words: "", waived: false, sort: "level", descending: false };
  const head = h("p", { class: "soft small" });
  const cut = h("p", { class: "warned", hidden: true });
  const other = h("p", { class: "warned", hidden: true }, t("bulk_other_language"));
  const count = h("p", { class: "soft small", role: "status" });
  const place = h("div", {});
  const more = h("button", { type: "button", class: "quiet centre", hidden: true });
  const choice = filters(wanted, () => again());
  const node = h("section", { class: "card report", hidden: true }, h("div", { class: "head" }, h("h2", {}, t("bulk_report")), exporting()), head, other, cut, choice.node, count, place, more);
  let turn = 0;
  let lines = null;
  let seen = "";

  function exporting() {
    const one = (format) => h("button", { type: "button", class: "quiet", "data-format": format, onclick: (event) => out(format, event.currentTarget) }, format.toUpperCase());
    return h("div", { class: "exporting" }, h("span", { class: "soft small" }, t("bulk_export")), FORMATS.map(one));
  }

  async function out(format, button) {
    button.disabled = true;
    // a large workbook takes a while
    const slow = setTimeout(() => say(t("bulk_exporting")), 400);
    try {
      const file = await call("check.export", { format, locale: locale(), wanted });
      clearTimeout(slow);
      save(file);
      say(t("bulk_exported", { name: file.name }));
    } catch (error) {
      say(sorry(error), true);
    } finally {
      clearTimeout(slow);
      button.disabled = false;
    }
  }

  async function ask(offset) {
    const mine = ++turn;
    const found = await call("check.rows", { wanted, offset, limit: PAGE });
    const rows = await Promise.all(found.rows.map(async (row) => ({ ...row, market: await market(row.marketplace) })));
    return mine === turn && !signal.aborted ? { ...found, rows } : null;
  }

  async function draw() {
    const found = await ask(0);
    if (found === null) return;
    choice.draw(found.totals);
    const focused = document.activeElement?.dataset?.sort;
    lines = table(found.rows, wanted, { sort, again });
    const none = found.totals.waived === 0 && !filtered();
    place.replaceChildren(found.count > 0 ? lines.node : empty(none));
    // the headings are made anew; whoever uses keys stays where they were
    if (focused) place.querySelector(`[data-sort="${focused}"]`)?.focus();
    offer(found);
  }

  function offer(found) {
    const left = found.count - lines.count();
    count.textContent = found.count > 0 ? t("bulk_shown", { count: number(found.count) }) : "";
    more.hidden = left <= 0;
    more.textContent = t("bulk_more", { count: number(left) });
  }

  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const found = await ask(lines.count());
      if (found !== null) {
        lines.add(found.rows);
        offer(found);
      }
    } catch (error) {
      say(sorry(error), true);
    }
    more.disabled = false;
  });

  const again = () => draw().catch((error) => say(sorry(error), true));
  const filtered = () => Boolean(wanted.level || wanted.marketplace || wanted.rule || wanted.words || wanted.waived);

  function sort(column) {
    wanted.descending = wanted.sort === column && !wanted.descending;
    wanted.sort = column;
    return again();
  }

  return {
    node,
    clear() {
      Object.assign(wanted, { level: "", marketplace: "", rule: "", words: "", waived: false });
      choice.reset();
      node.hidden = true;
      seen = "";
    },
    /** What the companion has by now; while it is at work, the rows are fetched once it is through. */
    async fill(state) {
      if (state.listings === 0) return;
      node.hidden = false;
      head.textContent = t("bulk_report_pack", { count: number(state.listings), pack: state.pack });
      other.hidden = state.locale === locale();
      cut.hidden = !state.cut;
      cut.textContent = t("bulk_cut", { limit: number(state.rows) });
      const working = state.state === "checking";
      const now = `${state.pack} ${state.rows} ${working}`;
      // rows that move while somebody reads them are no help: the first ones are shown, the rest at the end
      if (now === seen || (working && seen)) return;
      seen = working && state.rows === 0 ? "" : now;
      if (seen) await draw();
    },
  };
}

function empty(clean) {
  return clean
    ? h("div", { class: "empty" }, h("span", { class: "badge installed large" }, icon("ok")), h("p", { class: "strong" }, t("bulk_clean")), h("p", { class: "soft" }, t("bulk_clean_more")))
    : h("p", { class: "soft" }, t("bulk_none"));
}
