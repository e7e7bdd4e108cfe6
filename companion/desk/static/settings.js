// What the seller chose; every change counts at once.

import { call } from "./api.js";
import { h, inTurn } from "./dom.js";
import { say } from "./notice.js";
import { language, sorry, t } from "./texts.js";

const LANGUAGES = ["zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru", "ar"];

const turns = inTurn();

const save = (change, undo) =>
  turns(async () => {
    try {
      await call("settings.set", change);
      say(t("dash_settings_saved"));
    } catch (error) {
      undo();
      say(sorry(error), true);
    }
  });

function toggle(name, text, on) {
  const box = h("input", { type: "checkbox", role: "switch", id: name, checked: on, "aria-describedby": `${name}-more` });
  box.addEventListener("change", () => save({ [name]: box.checked }, () => { box.checked = !box.checked; }));
  return h("li", {}, h("div", { class: "grow" }, h("label", { for: name, class: "strong" }, t(text)), h("p", { class: "soft", id: `${name}-more` }, t(`${text}_more`))), box);
}

function choice(name, text, options, value, more, after = () => {}) {
  const select = h("select", { id: name }, options.map(([key, label]) => h("option", { value: key, selected: key === value }, label)));
  let before = value;
  select.addEventListener("change", async () => {
    await save({ [name]: select.value }, () => { select.value = before; });
    if (before !== select.value) after();
    before = select.value;
  });
  return h("li", { class: "stack" }, h("div", { class: "grow" }, h("label", { for: name, class: "strong" }, t(text)), more && h("p", { class: "soft" }, t(more))), select);
}

export async function settings() {
  const now = await call("settings.get");
  const names = LANGUAGES.map((code) => [code, language(code)]);
  const locales = [["auto", t("dash_settings_locale_auto")], ["zh_CN", "中文"], ["en", "English"]];
  return [
    h("h1", { tabindex: "-1" }, t("dash_settings")),
    h("p", { class: "lead" }, t("dash_settings_lead")),
    h("section", { class: "card" }, h("ul", { class: "rows" },
      choice("seller_language", "dash_settings_language", names, now.seller_language, "dash_settings_language_more"),
      toggle("translate_incoming", "dash_settings_incoming", now.translate_incoming),
      toggle("guard_sending", "dash_settings_guard", now.guard_sending),
      choice("locale", "dash_settings_locale", locales, now.locale, "", () => location.reload()))),
  ];
}
