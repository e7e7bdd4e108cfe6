// Manuals the seller adds: dropped or chosen, listed, asked, removed.

import { call, upload } from "./api.js";
import { h, icon, twice } from "./dom.js";
import { dropZone } from "./drop.js";
import { listed } from "./lines.js";
import { say } from "./notice.js";
import { exactly, language, size, sorry, t, when } from "./texts.js";

/** Largest file, in bytes. */
const MOST_BYTES = 20 * 1024 * 1024;
const KINDS = ".pdf,.docx,.html,.htm,.md,.markdown,.txt";
const LANGUAGES = ["zh", "en", "es", "pt", "fr", "de", "it", "ja", "ko", "th", "vi", "id", "ru", "ar"];

/** The section with everything about them. */
export async function manuals(signal) {
  const list = h("ul", { class: "rows" });
  const fill = async () => {
    const found = await call("manuals.list");
    if (signal.aborted) return;
    list.replaceChildren(...(found.length > 0 ? found.map((each) => manualLine(each, fill)) : [h("li", { class: "soft" }, t("dash_manuals_none"))]));
  };
  await fill();
  // a file that misses the field must not take the place of the dashboard
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault(), { signal });
  return h("section", { class: "card" }, h("h2", {}, t("dash_manuals")), h("p", { class: "soft small" }, t(document.documentElement.dataset.archive === "team" ? "dash_manuals_what_team" : "dash_manuals_what")), adding(fill), list, asking());
}

/** A line of the list; with `fill`, which draws the list anew, it can be changed and removed. */
export function manualLine(one, fill) {
  return h("li", {}, h("span", { class: "badge" }, icon("paper")),
    h("div", { class: "grow" }, h("p", { class: "strong", dir: "auto" }, one.name),
      h("p", { class: "soft small", title: exactly(one.added_at) }, listed(t("dash_manuals_line", { time: when(one.added_at), passages: one.passages, size: size(one.size) }), one.language && language(one.language))),
      fill ? changing(one, fill) : h("p", { class: "soft small" }, about(one))),
    fill && twice(t("dash_manuals_remove"), t("dash_manuals_remove_sure"), () => remove(one, fill)));
}

const about = ({ skus }) => (skus.length > 0 ? skus.join(", ") : t("manual_whole_shop"));

/** What a manual is about, behind which it can be changed. */
function changing(one, fill) {
  const field = h("input", { type: "text", value: one.skus.join(", "), maxlength: 2000, autocomplete: "off", spellcheck: "false", "aria-label": t("dash_manuals_sku") });
  const keep = async (event) => {
    event.preventDefault();
    try {
      await call("manuals.about", { id: one.id, skus: skusIn(field.value) });
      await fill();
    } catch (error) {
      say(sorry(error), true);
    }
  };
  return h("details", { class: "about" }, h("summary", { class: "soft small" }, about(one)), h("form", { onsubmit: keep }, field, h("button", { type: "submit", class: "quiet" }, t("dash_save"))));
}

const skusIn = (text) => text.split(/[,，、;；\n]/).map((sku) => sku.trim()).filter(Boolean);

async function remove(one, fill) {
  try {
    await call("manuals.remove", { id: one.id });
    say(t("dash_manuals_removed"));
    await fill();
  } catch (error) {
    say(sorry(error), true);
  }
}

/** Where files are dropped, and what they are about. */
function adding(fill) {
  const named = h("input", { type: "text", id: "manual-skus", maxlength: 2000, autocomplete: "off", spellcheck: "false" });
  const spoken = h("select", { id: "manual-language" }, h("option", { value: "" }, t("dash_manuals_no_language")), LANGUAGES.map((code) => h("option", { value: code }, language(code))));
  const words = h("p", { role: "status", class: "soft" });

  const take = async (files) => {
    for (const file of files) {
      words.textContent = t("dash_manuals_reading", { name: file.name });
      try {
        say(await add(file, named.value, spoken.value));
      } catch (error) {
        say(sorry(error), true);
      }
      await fill().catch(() => undefined);
    }
    words.textContent = "";
  };
  const zone = dropZone({ icon: "paper", say: t("dash_manuals_drop"), choose: t("dash_manuals_choose"), kinds: KINDS, take });
  zone.append(words);
  return h("div", { class: "adding" }, zone,
    h("label", { for: "manual-skus" }, t("dash_manuals_sku")), named,
    h("label", { for: "manual-language" }, t("dash_manuals_language")), spoken);
}

async function add(file, named, spoken) {
  if (file.size > MOST_BYTES) throw Object.assign(new Error("too_large"), { code: "too_large", data: { size: file.size, limit: MOST_BYTES } });
  const sha256 = await upload(file);
  const { manual, replaced } = await call("manuals.add", { sha256, name: file.name.slice(-200), skus: skusIn(named), language: spoken });
  return t(replaced === null ? "dash_manuals_added" : "dash_manuals_replaced", { name: manual.name, passages: manual.passages });
}

/** A question, and the passages that would answer it. */
function asking() {
  const field = h("input", { type: "text", id: "manual-question", maxlength: 500, autocomplete: "off", dir: "auto" });
  const found = h("div", { role: "status" });
  const ask = async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    try {
      const passages = await call("manuals.passages", { question: field.value });
      found.replaceChildren(...(passages.length > 0 ? passages.map(passage) : [h("p", { class: "soft" }, t("dash_manuals_silent"))]));
    } catch (error) {
      say(sorry(error), true);
    }
  };
  return h("form", { class: "asking", onsubmit: ask }, h("label", { for: "manual-question" }, t("dash_manuals_ask")),
    h("div", { class: "row" }, field, h("button", { type: "submit" }, t("dash_manuals_find"))), found);
}

function passage(one) {
  return h("blockquote", {}, h("p", { class: "lines", dir: "auto" }, one.text),
    h("footer", { class: "soft small" }, listed(one.name, one.page > 0 && t("dash_manuals_page", { page: one.page }), one.heading)));
}
