// What narrows a search: buttons that write an operator into the field, the operators as understood, and the help.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { SearchFilter } from "../../shared/protocol.gen";
import type { Frame } from "../frame";

const QUICK = ["buyer", "seller", "unanswered", "starred", "image", "note", "edit", "week"] as const;
const HELP = ["words", "phrase", "without", "from", "buyer", "shop", "order", "tag", "note", "has", "thread", "lang", "dates", "in"] as const;

/** The query without a piece of it. */
export function without(query: string, piece: string): string {
  const whole = ` ${query} `.indexOf(` ${piece} `);
  const at = whole < 0 ? query.indexOf(piece) : whole;
  return at < 0 ? query : `${query.slice(0, at)} ${query.slice(at + piece.length)}`.replace(/\s+/g, " ").trim();
}

/** A filter in the seller's words. */
export function label({ kind, value, without: not }: SearchFilter, { t, locale }: Pick<Frame, "t" | "locale">): string {
  const key = `search_value_${value}`;
  const known = t(key);
  const shown = kind === "lang" ? languageName(value, locale) : known === key ? value : known;
  return t(not ? "search_chip_without" : "search_chip", { name: t(`search_kind_${kind}`), value: shown });
}

export class Filters {
  readonly node: HTMLElement;
  private readonly chips = h("div", { class: "chips", role: "group" });

  /** `change` gets the query that a press makes. */
  constructor(
    private readonly frame: Frame,
    private readonly change: (query: string) => void,
  ) {
    const { t } = frame;
    this.chips.setAttribute("aria-label", t("search_filters"));
    const lines = HELP.flatMap((name) => [h("dt", {}, h("code", {}, t(`search_help_${name}`))), h("dd", { class: "soft" }, t(`search_help_${name}_means`))]);
    this.node = h("div", {}, this.chips, h("details", { class: "search-help" }, h("summary", {}, t("search_help")), h("dl", {}, ...lines)));
    this.show("", []);
  }

  show(query: string, filters: SearchFilter[]): void {
    const { t } = this.frame;
    const quick = QUICK.map((name) => ({ name, text: t(`search_quick_${name}_text`) }));
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["chip"] : undefined;
    fill(
      this.chips,
      ...filters
        .filter(({ text }) => !quick.some((each) => each.text === text))
        .map((filter) => {
          const name = label(filter, this.frame);
          return h("button", { class: "chip", "data-chip": filter.text, "aria-label": t("search_remove", { filter: name }), onclick: () => this.change(without(query, filter.text)) }, name, h("span", { "aria-hidden": "true" }, "×"));
        }),
      ...quick.map(({ name, text }) => {
        const on = filters.some((filter) => filter.text === text);
        const next = on ? without(query, text) : `${query} ${text}`.trim();
        return h("button", { class: "chip", "data-chip": text, "aria-pressed": String(on), onclick: () => this.change(next) }, t(`search_quick_${name}`));
      }),
    );
    // the row is made anew after each press; whoever uses keys stays where they were
    if (focused !== undefined) this.chips.querySelector<HTMLElement>(`[data-chip="${CSS.escape(focused)}"]`)?.focus();
  }
}
