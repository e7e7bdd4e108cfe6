// A list of entries with a form above it: add, change, remove.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

/**
 * `load` gives the entries; `line` what is said of one, as children; `form` (entry or null, save, close) an element;
 * `kind` names the texts; `remove` the method that takes ids.
 */
export async function entries({ load, line, form, named, kind, remove, signal }) {
  const list = h("ul", { class: "rows" });
  const place = h("div", {});
  const add = h("button", { type: "button", class: "main", onclick: () => edit(null) }, t(`ownrules_add_${kind}`));

  const close = () => {
    place.replaceChildren();
    add.hidden = false;
    add.focus();
  };
  function edit(entry) {
    add.hidden = true;
    place.replaceChildren(form(entry, save, close));
    place.scrollIntoView({ block: "nearest" });
    place.querySelector("input, textarea")?.focus();
  }
  /** Whether it is kept. */
  async function save(method, params) {
    const shown = place.firstChild;
    try {
      await call(method, params);
    } catch (error) {
      say(sorry(error), true);
      return;
    }
    // the list first: what is pressed in it once "saved" is said must not be drawn anew under the finger
    const drawn = await fill().then(() => true, (error) => say(sorry(error), true));
    if (place.firstChild === shown) close();
    if (drawn) say(t("ownrules_saved"));
  }
  async function gone(entry) {
    try {
      await call(remove, { ids: [entry.id] });
      say(t("ownrules_removed"));
      await fill();
    } catch (error) {
      say(sorry(error), true);
    }
  }
  async function fill() {
    const found = await load();
    if (signal.aborted) return;
    const row = (entry) => h("li", { class: "entered", "data-entry": entry.id }, h("div", { class: "grow" }, line(entry)), h("div", { class: "acts" },
      h("button", { type: "button", class: "quiet", "aria-label": t("ownrules_change_one", { name: named(entry) }), onclick: () => edit(entry) }, t("ownrules_change")),
      twice(t("ownrules_remove"), t("ownrules_remove_sure"), () => gone(entry))));
    list.replaceChildren(...(found.length > 0 ? found.map(row) : [h("li", { class: "soft" }, t(`ownrules_${kind}s_none`))]));
  }
  await fill();
  return [h("div", { class: "acts" }, add), place, list];
}

/** A field with its label above. */
export function labelled(key, field) {
  field.id = `own-${key}`;
  return h("div", {}, h("label", { for: field.id }, t(`ownrules_field_${key}`)), field);
}

/** Which marketplaces; `chosen()` gives their names, [] = all. */
export function marketplaces(markets, now) {
  const ticks = markets.map((one) => [one.name, h("input", { type: "checkbox", checked: now.includes(one.name) })]);
  return {
    node: h("details", { open: now.length > 0 }, h("summary", { class: "soft small" }, t("ownrules_field_marketplaces")),
      h("div", { class: "ticks" }, markets.map((one, at) => h("label", { class: "tick" }, ticks[at][1], one.title)))),
    chosen: () => ticks.filter(([, tick]) => tick.checked).map(([name]) => name),
  };
}

export const titles = (markets, names) => (names.length > 0 ? names.map((name) => markets.find((one) => one.name === name)?.title ?? name).join(", ") : t("ownrules_everywhere"));

/** The form itself: fields, a place for what is wrong, and the buttons. `submit` says what is wrong, "" = nothing. */
export function entering(title, fields, submit, close) {
  const wrong = h("p", { class: "bad", role: "alert" });
  let busy = false;
  const act = async (event) => {
    event.preventDefault();
    // a second press while the first is on its way would enter it twice
    if (busy) return;
    busy = true;
    wrong.textContent = "";
    wrong.textContent = (await submit()) ?? "";
    busy = false;
  };
  return h("form", { class: "entering", "aria-label": title, onsubmit: act }, h("h3", {}, title), fields, wrong,
    h("div", { class: "acts" }, h("button", { type: "submit", class: "main" }, t("ownrules_save")), h("button", { type: "button", onclick: close }, t("ownrules_cancel"))));
}
