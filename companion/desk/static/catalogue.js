// The catalogue: listings that were opened, and the manuals beside them.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { listingLine } from "./lines.js";
import { manuals } from "./manuals.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

/** Pause after the last key before the archive is asked, in ms. */
const PAUSE_MS = 220;

let remembered = "";

export async function catalogue(signal) {
  const field = h("input", { type: "search", id: "listing-words", placeholder: t("dash_catalogue_hint"), value: remembered, maxlength: 200, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const place = h("div", {});
  let turn = 0;
  let timer = 0;
  const fill = async () => {
    clearTimeout(timer);
    const mine = ++turn;
    remembered = field.value.trim();
    const found = await call("catalogue.list", { words: remembered });
    const lines = await Promise.all(found.map(listingLine));
    if (mine !== turn || signal.aborted) return;
    place.replaceChildren(lines.length > 0 ? h("section", { class: "card flush" }, h("ul", { class: "threads" }, lines)) : nothing(remembered));
  };
  const again = () => fill().catch((error) => say(sorry(error), true));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(again, PAUSE_MS);
  });
  signal.addEventListener("abort", () => clearTimeout(timer));
  const form = h("form", { class: "find", role: "search", onsubmit: (event) => { event.preventDefault(); void again(); } },
    h("label", { for: "listing-words" }, t("dash_catalogue_label")), h("div", { class: "field" }, icon("look"), field));
  const [shelf] = await Promise.all([manuals(signal), fill()]);
  return [h("h1", { tabindex: "-1" }, t("dash_catalogue")), form, place, shelf];
}

function nothing(words) {
  return words
    ? h("section", { class: "card empty" }, h("p", {}, t("dash_catalogue_none", { words })))
    : h("section", { class: "card empty" }, h("span", { class: "badge large" }, icon("catalogue")), h("p", { class: "strong" }, t("dash_catalogue_empty")), h("p", { class: "soft" }, t("dash_catalogue_empty_how")));
}
