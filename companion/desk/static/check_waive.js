// "Not for me, because …": a finding is excused from now on, with the reason, and can be taken back.

import { call } from "./api.js";
import { h } from "./dom.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

/** Longest words a waiver names; longer ones are excused by their rule alone. */
const LONGEST = 300;
/** What the companion takes as the name of a marketplace, and longest number of a listing; a file may say anything. */
const MARKET = /^[A-Za-z0-9_.:-]{1,40}$/;
const LONGEST_ITEM = 200;

/** What stands below a finding; `target`: a listing's or a message's. */
export function waiving(row, again, target = "listing") {
  return row.waiver ? waived(row, again) : offered(row, again, target);
}

function waived(row, again) {
  const back = async (event) => {
    event.currentTarget.disabled = true;
    await attempt(() => call("waivers.remove", { ids: [row.waiver] }), "bulk_waive_gone");
    await again();
  };
  return h("div", {}, h("p", { class: "warned", dir: "auto" }, t("bulk_waived_because", { reason: row.reason })), h("button", { type: "button", class: "quiet", onclick: back }, t("bulk_waive_back")));
}

function offered(row, again, target) {
  const place = h("details", { class: "waive" });
  const open = h("summary", {}, t("bulk_waive"));
  place.append(open);
  // a form for each of some hundred rows is made when it is wanted
  place.addEventListener("toggle", () => {
    if (place.open && place.children.length === 1) place.append(form(row, again, target, () => (place.open = false)));
    place.querySelector("input")?.focus();
  });
  return place;
}

function form(row, again, target, close) {
  const reason = h("input", { type: "text", maxlength: 300, required: true, autocomplete: "off", placeholder: t("bulk_waive_hint"), "aria-label": t("bulk_waive_why") });
  const scopes = target === "message" ? ["messages"] : [row.sku && row.sku.length <= LONGEST_ITEM && "item", MARKET.test(row.marketplace) && "market", "all"].filter(Boolean);
  const where = h("select", { "aria-label": t("bulk_waive_where") }, scopes.map((scope) => h("option", { value: scope }, t(`bulk_waive_${scope}`))));
  const keep = async (event) => {
    event.preventDefault();
    reason.setCustomValidity(reason.value.trim() ? "" : t("bulk_waive_empty"));
    if (!reason.reportValidity()) return;
    const one = row.finding;
    const waiver = {
      rule: one.rule,
      text: [...one.text].length < LONGEST ? one.text : "",
      target,
      marketplace: where.value === "market" || (where.value === "item" && MARKET.test(row.marketplace)) ? row.marketplace : "",
      item: where.value === "item" ? row.sku : "",
      reason: reason.value.trim(),
    };
    if (await attempt(() => call("waivers.put", { waiver }), "bulk_waive_kept")) await again();
  };
  reason.addEventListener("input", () => reason.setCustomValidity(""));
  return h("form", { onsubmit: keep }, h("label", {}, h("span", { class: "soft small" }, t("bulk_waive_why")), reason), where,
    h("div", { class: "acts" }, h("button", { type: "submit" }, t("bulk_waive_save")), h("button", { type: "button", class: "quiet", onclick: close }, t("bulk_cancel_form"))));
}

/** Whether it went well, which is said either way. */
async function attempt(work, done) {
  try {
    await work();
    say(t(done));
    return true;
  } catch (error) {
    say(sorry(error), true);
    return false;
  }
}
