// How the companion is: what works, what does not, and how to mend it.

import { call } from "./api.js";
import { backups } from "./backup.js";
import { h, icon } from "./dom.js";
import { inbox } from "./inbox.js";
import { threadLine } from "./lines.js";
import { has, lasting, number, t } from "./texts.js";

const ORDER = { fail: 0, warn: 1, ok: 2, off: 3 };

function check(found) {
  const mend = found.data.error ? `error_${found.data.error}` : `doctor_${found.id}_mend`;
  return h("li", { class: `check ${found.state}` },
    h("span", { class: "mark", role: "img", "aria-label": t(`dash_state_${found.state}`) }, icon(found.state)),
    h("div", {}, h("p", {}, t(`doctor_${found.id}_${found.state}`, found.data)),
      found.state !== "ok" && has(mend) && h("p", { class: "mend" }, t(mend, found.data))));
}

function summary(checks) {
  const count = (state) => checks.filter((found) => found.state === state).length;
  const state = count("fail") ? "fail" : count("warn") ? "warn" : "ok";
  const more = state === "ok" ? "dash_overview_ok_more" : "dash_overview_mend_below";
  return h("section", { class: `summary ${state}` }, h("span", { class: "mark" }, icon(state)),
    h("div", {}, h("h1", { tabindex: "-1" }, t(`dash_overview_${state}`, { count: count(state) })), h("p", {}, t(more))));
}

const stat = (label, value) => h("div", { class: "stat card" }, h("dt", {}, label), h("dd", {}, value));

export async function overview(signal) {
  const [status, paired, recent, waiting] = await Promise.all([call("status.get"), call("pairing.list"), call("thread.list", { limit: 5 }), inbox()]);
  const checks = [...status.checks].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  const again = h("button", { type: "button", class: "quiet", onclick: () => dispatchEvent(new Event("hashchange")) }, t("dash_checks_again"));
  return [
    summary(checks),
    h("dl", { class: "stats" }, stat(t("dash_stat_threads"), number(status.threads)), stat(t("dash_stat_messages"), number(status.messages)),
      stat(t("dash_stat_paired"), number(paired.keys.length)), stat(t("dash_stat_since"), lasting(Date.now() / 1000 - status.started_at))),
    waiting,
    h("div", { class: "columns" },
      h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, t("dash_checks")), again), h("ul", { class: "checks" }, checks.map(check))),
      h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, t("dash_recent")),
        recent.threads.length > 0 && h("a", { href: "#search" }, t("dash_recent_all"))),
        recent.threads.length
          ? h("ul", { class: "threads" }, await Promise.all(recent.threads.map((thread) => threadLine(thread, recent.answering.find((each) => each.thread === thread.id)?.seat))))
          : h("div", { class: "empty" }, h("p", {}, t("dash_search_empty")), h("p", { class: "soft" }, t("dash_search_empty_how"))))),
    backups(signal, () => {}, true).card,
  ];
}
