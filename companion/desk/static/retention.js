// How long conversations stay: what a new rule would take is shown before it is switched on.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { holdings } from "./holdings.js";
import { threadLine } from "./lines.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

const MONTHS = [0, 6, 12, 18, 24, 36, 48, 60, 84, 120];

const told = (months) => (months ? t("dash_retention_months", { months }) : t("dash_retention_forever"));

/** Conversations that the seller keeps longer; nothing where there are none. */
async function kept() {
  const { threads } = await call("keeping.held");
  return threads.length > 0 && h("details", {}, h("summary", {}, t("dash_retention_kept", { count: threads.length })), h("ul", { class: "threads" }, await Promise.all(threads.map((each) => threadLine(each)))));
}

export async function retention({ plan }) {
  let rule = plan.months;
  const options = [...new Set([...MONTHS, rule])].sort((a, b) => a - b);
  const select = h("select", { id: "retention" }, options.map((months) => h("option", { value: months, selected: months === rule }, told(months))));
  const place = h("div", { role: "status", class: "outcome" });

  async function save(months) {
    try {
      await call("keeping.change", { changes: { months } });
      rule = months;
      say(t("dash_settings_saved"));
    } catch (error) {
      select.value = String(rule);
      say(sorry(error), true);
    }
    await look();
  }

  /** What the chosen rule would take, and what is to be decided about it. */
  async function look() {
    const months = Number(select.value);
    if (!months) {
      place.replaceChildren();
      return;
    }
    const due = await call("keeping.due", { months }).catch((error) => say(sorry(error), true));
    if (!due || months !== Number(select.value)) return;
    const fresh = months !== rule;
    const parts = [h("p", { class: due.count ? "warned" : "soft" }, t(due.count === 0 ? "dash_retention_nothing" : fresh ? "dash_retention_would" : "dash_retention_due", { count: due.count }))];
    if (due.count) parts.push(h("details", {}, h("summary", {}, t("dash_retention_which")), holdings(due.threads), due.count > due.threads.length && h("p", { class: "soft small" }, t("dash_retention_more", { count: due.count - due.threads.length }))));
    if (fresh) {
      parts.push(h("div", { class: "acts" }, due.count ? twice(t("dash_retention_on"), t("dash_retention_on_sure", { count: due.count }), () => save(months), "") : h("button", { type: "button", onclick: () => save(months) }, t("dash_retention_on")),
        h("button", { type: "button", class: "quiet", onclick: back }, t("dash_cancel"))));
    } else if (due.count) {
      parts.push(h("div", { class: "acts" }, twice(t("dash_retention_now"), t("dash_sure"), sweep, "")));
    }
    place.replaceChildren(...parts);
  }

  function back() {
    select.value = String(rule);
    void look();
    select.focus();
  }

  async function sweep() {
    for (const button of place.querySelectorAll("button")) button.disabled = true;
    try {
      const { count } = await call("keeping.sweep");
      say(t("dash_retention_done", { count }));
    } catch (error) {
      say(sorry(error), true);
    }
    await look();
  }

  select.addEventListener("change", () => (Number(select.value) ? look() : save(0)));
  void look();
  return h("section", { class: "card" }, h("h2", {}, t("dash_retention")), h("p", { class: "soft" }, t("dash_retention_lead")),
    h("div", { class: "asked" }, h("label", { for: "retention", class: "strong" }, t("dash_retention_rule")), select), place, await kept());
}
