// One buyer on request: what is kept is shown, and goes for good when the seller says so twice.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { holdings } from "./holdings.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

export function erasing() {
  const field = h("input", { type: "text", id: "erase-name", maxlength: 200, autocomplete: "off", dir: "auto" });
  const place = h("div", { role: "status", class: "outcome" });
  let turn = 0;

  async function look(event) {
    event?.preventDefault();
    const mine = ++turn;
    const buyer = field.value.trim();
    if (!buyer) return field.focus();
    place.replaceChildren(h("p", { class: "soft" }, t("dash_loading")));
    try {
      const [found, copies] = await Promise.all([call("keeping.find", { buyer }), call("keeping.copies")]);
      // a late answer about another name must not offer to erase that one
      if (mine === turn) place.replaceChildren(...(found.threads.length || found.inbox ? shown(buyer, found, copies) : nobody(buyer, found)));
    } catch (error) {
      if (mine !== turn) return;
      place.replaceChildren();
      say(sorry(error), true);
    }
  }

  const nobody = (buyer, { alike }) => [
    h("p", {}, t("dash_erase_nobody", { name: buyer })),
    alike.length > 0 && h("p", { class: "soft" }, t("dash_erase_alike")),
    h("div", { class: "chips" }, alike.map((name) => h("button", { type: "button", class: "chip", "aria-pressed": "false", onclick: () => { field.value = name; void look(); } }, h("span", { dir: "auto" }, name)))),
  ].filter(Boolean);

  function shown(buyer, found, copies) {
    const held = found.threads.filter((one) => one.held).length;
    const even = h("input", { type: "checkbox", id: "erase-held" });
    const button = twice(t("dash_erase"), t("dash_erase_sure"), erase, "danger");

    async function erase() {
      button.disabled = true;
      button.textContent = t("dash_erase_running");
      try {
        const { count } = await call("keeping.erase", { threads: found.threads.map((one) => one.thread), even_held: even.checked, buyer });
        place.replaceChildren(h("p", { class: "strong" }, t("dash_erase_done", { threads: found.threads.length, messages: count })), ...older(copies));
        field.value = "";
      } catch (error) {
        button.disabled = false;
        button.textContent = t("dash_erase");
        say(sorry(error), true);
      }
    }

    return [
      h("p", {}, t("dash_erase_found", { count: found.threads.length })), holdings(found.threads),
      found.inbox > 0 && h("p", { class: "soft small" }, t("dash_erase_inbox", { count: found.inbox })),
      ...older(copies),
      h("p", { class: "warned" }, t("dash_erase_what")),
      held > 0 && h("p", {}, h("label", { class: "tick" }, even, t("dash_erase_even_held", { count: held }))),
      h("div", { class: "acts" }, button, h("button", { type: "button", class: "quiet", onclick: () => place.replaceChildren() }, t("dash_cancel"))),
    ].filter(Boolean);
  }

  return h("section", { class: "card" }, h("h2", {}, t("dash_erasing")), h("p", { class: "soft" }, t("dash_erasing_lead")),
    h("form", { class: "asked", onsubmit: look }, h("label", { class: "strong", for: "erase-name" }, t("dash_erase_name")), field, h("button", { type: "submit" }, t("dash_erase_look"))), place);
}

/** Copies of before that may hold it still. */
function older({ backups, away, asides }) {
  const count = Object.values(backups).reduce((sum, each) => sum + each, 0);
  const listed = (paths) => h("ul", { class: "origin soft" }, paths.map((path) => h("li", {}, path)));
  return [
    count > 0 && h("p", { class: "soft small" }, t("dash_erase_backups", { count })),
    count > 0 && listed(Object.keys(backups)),
    away.length > 0 && h("p", { class: "soft small" }, t("dash_erase_away")),
    away.length > 0 && listed(away),
    asides.length > 0 && h("p", { class: "soft small" }, t("dash_erase_asides")),
    asides.length > 0 && listed(asides.map((one) => one.path)),
  ].filter(Boolean);
}
