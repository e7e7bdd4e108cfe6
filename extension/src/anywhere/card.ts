// The card that shows a translation on any page: in a shadow root of ours, closed by Escape.

import { direction as directionOf, engineLine, notes } from "../features/kit/words";
import { keepKeys, makeHost } from "../features/kit/root";
import { themeAt } from "../features/kit/theme";
import type { Host } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import { languageName } from "../shared/i18n";
import { LANGUAGES } from "../shared/languages";
import type { Translated } from "../shared/protocol.gen";

const LOOK = `
:host([data-seabridge]){position:fixed!important;z-index:2147483000!important;right:16px!important;bottom:16px!important}
.card{display:grid;gap:8px;width:min(380px,calc(100vw - 32px));max-height:60vh;overflow:auto;padding:10px 12px;background:var(--face);border:var(--edge);border-radius:10px;box-shadow:0 8px 30px rgb(0 0 0/.28)}
.top{display:flex;justify-content:space-between;align-items:center;gap:8px;font-weight:600}
.was{color:var(--soft);font-size:12px;max-height:4.4em;overflow:auto;overflow-wrap:anywhere;white-space:pre-wrap;padding-inline-start:8px;border-inline-start:2px solid var(--line)}
.text{font-size:14px;white-space:pre-wrap;overflow-wrap:anywhere}
.small{color:var(--soft);font-size:12px}
.doubt{margin:0;color:var(--warn);background:var(--warnface);border-radius:6px;padding:3px 8px;font-size:12px}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
select{min-width:0;height:30px;border:var(--edge);border-radius:6px;background:var(--face);padding:0 4px}
.x{border:0;background:none;padding:2px 6px}
`;

export interface CardActs {
  replace: (text: string) => void;
  language: (code: string) => void;
  close: () => void;
}

export class Card {
  readonly host: HTMLElement;
  readonly #life = new AbortController();
  readonly #body = h("div", { class: "card", role: "dialog" });

  constructor(
    document: Document,
    private readonly words: Pick<Host, "t" | "locale">,
    private readonly seller: string,
    private readonly acts: CardActs,
  ) {
    const made = makeHost(document, "anywhere", LOOK);
    this.host = made.host;
    keepKeys(this.host, this.#life.signal);
    this.#body.setAttribute("aria-label", words.t("anywhere_title"));
    made.root.append(h("div", { class: `sb ${themeAt(document.body)}` }, this.#body));
    made.root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape") acts.close();
    });
    document.documentElement.append(this.host);
  }

  /** One sentence: what is going on, or what went wrong. */
  say(words: string): void {
    fill(this.#body, this.#top(), h("p", { class: "small", role: "status" }, words));
    this.#focus();
  }

  /** `writing`: the translation may take the place of what was typed. */
  show(was: string, item: Translated, writing: boolean): void {
    const { t } = this.words;
    const host = this.words as Host;
    const said = notes(host, item);
    fill(
      this.#body,
      this.#top(),
      h("div", { class: "was" }, was),
      h("div", { class: "text", part: "target", lang: item.target, dir: directionOf(item.target), role: "status" }, item.match === "none" ? t("anywhere_none") : item.text),
      ...said.map(({ full }) => h("p", { class: "doubt" }, full)),
      item.engine !== "" && h("div", { class: "small", part: "engine" }, engineLine(host, item)),
      h("div", { class: "row" }, writing && item.text !== "" && item.match !== "same" && this.#replace(item.text), writing && this.#languages(item.target)),
    );
    this.#focus();
  }

  remove(): void {
    this.#life.abort();
    this.host.remove();
  }

  #top(): HTMLElement {
    const { t } = this.words;
    return h("div", { class: "top" }, h("span", {}, t("anywhere_title")), h("button", { type: "button", class: "x", part: "close", "aria-label": t("anywhere_close"), onclick: this.acts.close }, "✕"));
  }

  #replace(text: string): HTMLElement {
    return h("button", { type: "button", class: "go", part: "replace", onclick: () => this.acts.replace(text) }, this.words.t("anywhere_replace"));
  }

  #languages(target: string): HTMLElement {
    const codes = LANGUAGES.filter((code) => code !== this.seller);
    const select = h("select", { part: "language", "aria-label": this.words.t("anywhere_language") }, ...codes.map((code) => h("option", { value: code }, languageName(code, this.words.locale))));
    select.value = target;
    select.addEventListener("change", () => this.acts.language(select.value));
    return select;
  }

  /** Enter does what it offers, Escape leaves. */
  #focus(): void {
    const { shadowRoot } = this.host;
    (shadowRoot?.querySelector<HTMLElement>(".go") ?? shadowRoot?.querySelector<HTMLElement>(".x"))?.focus({ preventScroll: true });
  }
}
