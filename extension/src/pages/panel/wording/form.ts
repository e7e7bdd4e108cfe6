// Entering or changing one term.

import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import { LANGUAGES } from "../../../shared/languages";
import type { GlossaryTerm } from "../../../shared/protocol.gen";
import type { Frame } from "../../frame";
import { KINDS, termOf, type Kind, type TermDraft } from "./term";

/** Of a term and of a rendering, in characters, as on the wire. */
const LONGEST = 200;
const LONGEST_NOTE = 300;

export interface FormActs {
  /** Gives the sentence of what went wrong; "" when it is kept. */
  save: (term: GlossaryTerm) => Promise<string>;
  cancel: () => void;
}

export function termForm(frame: Frame, draft: TermDraft, { save, cancel }: FormActs): HTMLElement {
  const { t, locale, own } = frame;
  const said = h("p", { class: "notice bad small", role: "alert", hidden: true });
  const text = h("input", { type: "text", id: "term-text", maxlength: LONGEST, autocomplete: "off", spellcheck: "false", value: draft.text });
  const language = languages(draft.language || (draft.id ? "" : own.settings.seller_language), t("wording_language_any"));
  language.id = "term-language";
  const kind = h("select", { id: "term-kind" }, ...KINDS.map((each) => h("option", { value: each }, t(`wording_kind_${each}`))));
  kind.value = draft.kind;
  const cased = h("input", { type: "checkbox", id: "term-cased", checked: draft.cased });
  const note = h("input", { type: "text", id: "term-note", maxlength: LONGEST_NOTE, autocomplete: "off", value: draft.note });
  const keep = radio("keep", draft.keep, t("wording_keep"), t("wording_keep_help"));
  const render = radio("render", !draft.keep, t("wording_render"), t("wording_render_help"));
  const rows = h("div", { class: "renderings" });
  const fixed = h("div", { class: "renderings" }, h("div", { class: "rendering" }, h("label", { for: "term-language" }, t("wording_language_of")), language), rows, h("button", { type: "button", class: "quiet", onclick: () => addRow("", "").querySelector("input")?.focus() }, t("wording_rendering_add")));
  const form = h(
    "form",
    { class: "card term-form", "aria-label": t(draft.id ? "wording_change_title" : "wording_add_title"), onsubmit: (event) => (event.preventDefault(), void submit()) },
    h("h2", {}, t(draft.id ? "wording_change_title" : "wording_add_title")),
    h("div", {}, h("label", { for: "term-text" }, t("wording_term")), text),
    h("fieldset", {}, h("legend", {}, t("wording_how")), keep.node, render.node, fixed),
    h(
      "details",
      { open: Boolean(draft.note || draft.cased || draft.kind !== "other") },
      h("summary", {}, t("wording_details")),
      h("div", {}, h("label", { for: "term-kind" }, t("wording_kind")), kind),
      h("div", { class: "row" }, cased, h("label", { for: "term-cased" }, t("wording_cased"))),
      h("div", {}, h("label", { for: "term-note" }, t("wording_note")), note),
    ),
    said,
    h("div", { class: "actions" }, h("button", { type: "submit", class: "main" }, t("wording_save")), h("button", { type: "button", onclick: cancel }, t("wording_cancel"))),
  );
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    cancel();
  });
  for (const [code, words] of draft.renderings) addRow(code, words);
  showFixed();
  return form;

  function radio(value: string, checked: boolean, label: string, help: string): { node: HTMLElement; input: HTMLInputElement } {
    const input = h("input", { type: "radio", name: "how", value, id: `term-${value}`, checked, onchange: showFixed });
    return { input, node: h("div", { class: "option" }, input, h("label", { for: `term-${value}` }, label, h("span", { class: "soft small" }, help))) };
  }

  function showFixed(): void {
    fixed.hidden = keep.input.checked;
    if (!fixed.hidden && !rows.firstChild) addRow(firstLanguage(), "");
  }

  /** A buyer's word is to be read by the seller; a seller's word most often goes to buyers who read English. */
  function firstLanguage(): string {
    const seller = own.settings.seller_language;
    return language.value && language.value !== seller ? seller : seller === "en" ? "es" : "en";
  }

  function languages(chosen: string, none: string): HTMLSelectElement {
    const codes = chosen && !LANGUAGES.includes(chosen) ? [...LANGUAGES, chosen] : LANGUAGES;
    const select = h("select", {}, h("option", { value: "" }, none), ...codes.map((code) => h("option", { value: code }, languageName(code, locale))));
    select.value = chosen;
    return select;
  }

  function addRow(code: string, words: string): HTMLElement {
    const taken = new Set([language.value, ...rowValues().map(([each]) => each)]);
    const select = languages(code || (LANGUAGES.find((each) => !taken.has(each)) ?? ""), t("wording_language_choose"));
    select.setAttribute("aria-label", t("wording_language"));
    const input = h("input", { type: "text", maxlength: LONGEST, autocomplete: "off", "aria-label": t("wording_rendering"), placeholder: t("wording_rendering"), value: words });
    const row = h("div", { class: "rendering" }, select, input);
    rows.append(row);
    return row;
  }

  function rowValues(): [string, string][] {
    return [...rows.children].map((row) => [row.querySelector("select")?.value ?? "", row.querySelector("input")?.value ?? ""]);
  }

  async function submit(): Promise<void> {
    const made = termOf({
      id: draft.id,
      text: text.value,
      language: language.value,
      keep: keep.input.checked,
      kind: kind.value as Kind,
      cased: cased.checked,
      renderings: rowValues(),
      note: note.value,
    });
    const problem = "problem" in made ? t(`wording_problem_${made.problem}`) : await save(made.term);
    said.hidden = problem === "";
    fill(said, problem);
    if ("problem" in made && made.problem === "text") text.focus();
  }
}
