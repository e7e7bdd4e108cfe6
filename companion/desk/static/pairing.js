// Pairing: the digits that wait for the seller, and the browsers that may enter.

import { call } from "./api.js";
import { h, icon, twice } from "./dom.js";
import { say } from "./notice.js";
import { exactly, sorry, t, when } from "./texts.js";

export function pendingCard(pending, after) {
  const decide = (method, done) => async () => {
    for (const button of card.querySelectorAll("button")) button.disabled = true;
    try {
      await call(method, { pairing: pending.pairing });
      say(t(done));
    } catch (error) {
      say(sorry(error), true);
    }
    card.remove();
    after();
  };
  const digits = [...pending.digits].map((digit) => h("span", { "aria-hidden": "true" }, digit));
  const card = h("section", { class: "card pending", role: "alertdialog", "aria-labelledby": "pending-title" },
    h("div", {}, h("h2", { id: "pending-title" }, t("dash_pairing_waiting")), h("p", {}, t("dash_pairing_compare")),
      h("p", { class: "soft" }, t("dash_pairing_from", { name: pending.name }), " · ",
        h("span", { "data-left": true }, t("dash_pairing_left", { seconds: pending.expires_s }))),
      h("p", { class: "soft origin" }, pending.origin)),
    h("p", { class: "digits", role: "img", "aria-label": `${t("dash_pairing_digits")} ${[...pending.digits].join(" ")}` }, digits),
    h("div", { class: "actions" }, h("button", { type: "button", class: "main", onclick: decide("pairing.confirm", "dash_pairing_confirmed") }, t("dash_pairing_confirm")),
      h("button", { type: "button", onclick: decide("pairing.refuse", "dash_pairing_refused") }, t("dash_pairing_refuse"))));
  return card;
}

function paired(key, again) {
  const revoke = async () => {
    try {
      await call("pairing.revoke", { key_id: key.key_id });
      say(t("dash_pairing_revoked"));
    } catch (error) {
      say(sorry(error), true);
    }
    again();
  };
  const used = key.last_used_at ? t("dash_pairing_used", { date: when(key.last_used_at) }) : t("dash_pairing_never");
  return h("li", { class: "stack" }, h("span", { class: "badge" }, icon("pairing")),
    h("div", { class: "grow" }, h("p", { class: "strong" }, key.name), h("p", { class: "soft", title: exactly(key.created_at) },
      t("dash_pairing_since", { date: when(key.created_at) }), " · ", used), h("p", { class: "soft origin" }, key.origin)),
    twice(t("dash_pairing_revoke"), t("dash_pairing_revoke_sure"), revoke));
}

export async function pairing() {
  const list = h("div", {});
  const fill = async () => {
    const { keys } = await call("pairing.list");
    list.replaceChildren(keys.length
      ? h("section", { class: "card" }, h("h2", {}, t("dash_pairing_list")), h("ul", { class: "rows" }, keys.map((key) => paired(key, fill))))
      : h("section", { class: "card empty" }, h("span", { class: "badge large" }, icon("pairing")), h("p", { class: "strong" }, t("dash_pairing_none")),
          h("p", { class: "soft" }, t("dash_pairing_how"))));
  };
  await fill();
  return [h("h1", { tabindex: "-1" }, t("dash_pairing")), h("p", { class: "lead" }, t("dash_pairing_lead")), list];
}
