// The glossary of a shop: what is never translated, and what is always said the same way.

import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import { callOwn, importOwn } from "../../../shared/own";
import type { GlossaryListResult, GlossaryTerm } from "../../../shared/protocol.gen";
import { failed, sentence, type Frame } from "../../frame";
import { sureButton } from "../../options/sure";
import { exchangeRow, exportName } from "./files";
import { termForm } from "./form";
import { searchField } from "./field";
import type { ShopChoice } from "./shops";
import { draftOf, EMPTY, type TermDraft } from "./term";

export class Glossary {
  readonly node: HTMLElement;
  private readonly items = h("ul", { class: "list" });
  private readonly foot = h("div", {});
  private readonly said = h("p", { class: "soft small", role: "status" });
  private readonly place = h("div", {});
  private readonly field;
  private readonly add: HTMLButtonElement;
  private turn = 0;

  constructor(
    private readonly frame: Frame,
    private readonly shops: ShopChoice,
  ) {
    const { t } = frame;
    this.field = searchField(t("wording_search_terms"), t("wording_search_terms_hint"), () => void this.refresh());
    this.add = h("button", { class: "main", "data-do": "add", onclick: () => this.edit(EMPTY) }, t("wording_add"));
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.items.querySelector("button")?.focus();
    });
    const files = exchangeRow(frame, {
      endings: ["csv", "tbx"],
      exports: (["csv", "tbx"] as const).map((format) => ({
        label: t("wording_export", { format: format.toUpperCase() }),
        ending: format,
        type: format === "csv" ? "text/csv" : "application/xml",
        name: () => exportName("glossary", shops.shop.shop, format, new Date()),
        piece: (offset) => callOwn("glossary.export", { shop: shops.shop, format, offset }),
      })),
      take: async (content, ending) => {
        const answer = await importOwn("glossary.import", { shop: shops.shop, format: ending as "csv" | "tbx", content });
        return failed(answer) ? answer : { result: t("wording_terms_imported", { ...answer.result }) };
      },
      taken: () => void this.refresh(),
    });
    this.node = h("section", { class: "wording", "aria-label": t("wording_glossary") }, h("div", { class: "spread" }, this.field, this.add), this.place, this.said, this.items, this.foot, files);
  }

  /** Opens the form with something in it, such as a word selected in a conversation. */
  edit(draft: TermDraft): void {
    const close = (): void => {
      fill(this.place);
      this.add.focus();
    };
    fill(this.place, termForm(this.frame, draft, { save: (term) => this.save(term), cancel: close }));
    this.place.scrollIntoView({ block: "nearest" });
    this.place.querySelector<HTMLInputElement>("#term-text")?.focus();
  }

  /** Another shop: a term half changed belongs to the one before. */
  moved(): void {
    fill(this.place);
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const { t } = this.frame;
    const query = this.field.value.trim();
    const answer = await callOwn("glossary.list", { shop: this.shops.shop, query });
    if (turn !== this.turn) return;
    if (failed(answer)) {
      fill(this.items);
      fill(this.foot, h("p", { class: "notice bad", role: "alert" }, sentence(t, answer.error)));
      this.said.textContent = "";
      return;
    }
    const { terms, count } = answer.result;
    fill(this.items, ...terms.map((term) => this.line(term)));
    this.said.textContent = count === 0 ? (query ? t("wording_terms_none", { query }) : "") : t(count === 1 ? "wording_term_count" : "wording_terms_count", { count });
    if (count === 0 && !query) fill(this.foot, this.teach());
    else this.more(answer.result, turn);
  }

  private more({ more }: GlossaryListResult, turn: number): void {
    const load = async (): Promise<void> => {
      const answer = await callOwn("glossary.list", { shop: this.shops.shop, query: this.field.value.trim(), after: more });
      if (failed(answer) || turn !== this.turn) return;
      const lines = answer.result.terms.map((term) => this.line(term));
      this.items.append(...lines);
      lines[0]?.querySelector("button")?.focus();
      this.more(answer.result, turn);
    };
    fill(this.foot, more !== "" && h("button", { class: "quiet", onclick: () => void load() }, this.frame.t("panel_more")));
  }

  private async save(term: GlossaryTerm): Promise<string> {
    const answer = await callOwn("glossary.put", { shop: this.shops.shop, term });
    if (failed(answer)) return sentence(this.frame.t, answer.error);
    fill(this.place);
    await this.refresh();
    this.items.querySelector<HTMLElement>(`[data-term="${CSS.escape(answer.result.term.id ?? "")}"] button`)?.focus();
    return "";
  }

  private async remove(term: GlossaryTerm, line: HTMLElement): Promise<void> {
    const answer = await callOwn("glossary.remove", { shop: this.shops.shop, ids: [term.id ?? ""] });
    if (failed(answer)) return void (this.said.textContent = sentence(this.frame.t, answer.error));
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("button");
    if (next) next.focus();
    else this.field.focus();
    await this.refresh();
  }

  private line(term: GlossaryTerm): HTMLElement {
    const { t, locale } = this.frame;
    const { language = "", kind = "other", renderings = {} } = term;
    const line = h(
      "li",
      { class: "entry", "data-term": term.id ?? "" },
      h(
        "div",
        {},
        h("p", { class: "row" }, h("strong", { dir: "auto" }, term.text), language && h("span", { class: "soft small" }, languageName(language, locale)), kind !== "other" && h("span", { class: "tag" }, t(`wording_kind_${kind}`))),
        term.keep
          ? h("p", { class: "soft small" }, t("wording_kept"))
          : h("p", { class: "said" }, ...Object.entries(renderings).map(([code, words]) => h("span", { lang: code }, h("span", { class: "soft small" }, languageName(code, locale)), " ", h("bdi", {}, words)))),
        term.note ? h("p", { class: "soft small", dir: "auto" }, term.note) : null,
      ),
      h(
        "div",
        { class: "row" },
        h("button", { class: "quiet", "aria-label": t("wording_change_one", { term: term.text }), onclick: () => this.edit(draftOf(term)) }, t("wording_change")),
        sureButton(t("wording_remove"), t("wording_remove_sure"), () => void this.remove(term, line)),
      ),
    );
    return line;
  }

  private teach(): HTMLElement {
    const { t } = this.frame;
    return h(
      "div",
      { class: "empty teach" },
      h("h2", {}, t("wording_terms_empty")),
      h("p", { class: "soft" }, t("wording_terms_empty_help")),
      h("ul", { class: "soft small" }, ...["brand", "size", "select", "file"].map((each) => h("li", {}, t(`wording_terms_empty_${each}`)))),
    );
  }
}
