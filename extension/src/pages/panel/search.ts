// Search as one types; hits are highlighted in the original and in the translation.

import { fill, h } from "../../shared/dom";
import type { SearchHit, Span } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { direction, when } from "../format";
import { failed, type Frame, sentence } from "../frame";

/** Pause after the last key before the archive is asked, in ms. */
const PAUSE_MS = 250;
const PAGE = 20;

export class Search {
  readonly box: HTMLElement;
  readonly results: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly said = h("p", { class: "soft small", role: "status" });
  private readonly items = h("ul", { class: "list" });
  private readonly foot = h("p", { class: "row" });
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly open: (threadId: number, messageId: number) => void,
    private readonly searching: (on: boolean) => void,
  ) {
    const { t } = frame;
    this.field = h("input", { type: "search", placeholder: t("panel_search_hint"), "aria-label": t("panel_search"), autocomplete: "off", spellcheck: "false", maxlength: 500 });
    this.field.addEventListener("input", (event) => {
      // an unfinished word of an input method is not a search
      if (!(event as InputEvent).isComposing) this.typed();
    });
    this.field.addEventListener("compositionend", () => this.typed());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.items.querySelector("button")?.focus();
    });
    this.box = h("div", { class: "search", role: "search" }, this.field);
    this.results = h("section", { "aria-label": t("panel_search") }, this.said, this.items, this.foot);
  }

  private typed(): void {
    clearTimeout(this.timer);
    const query = this.field.value.trim();
    this.turn += 1;
    if (!query) return this.searching(false);
    this.timer = setTimeout(() => void this.run(query), PAUSE_MS);
  }

  private async run(query: string): Promise<void> {
    const turn = ++this.turn;
    const { t } = this.frame;
    const answer = await callOwn("search", { query, limit: PAGE });
    if (turn !== this.turn) return; // typed on meanwhile
    this.searching(true);
    fill(this.foot);
    if (failed(answer)) {
      fill(this.items);
      this.said.textContent = sentence(t, answer.error);
      return;
    }
    const { hits, more } = answer.result;
    fill(this.items, ...hits.map((hit) => this.line(hit)));
    this.said.textContent = hits.length === 0 ? t("panel_results_none", { query }) : t(more ? "panel_results_more" : "panel_results", { count: hits.length });
    this.offerMore(query, more, turn);
  }

  private offerMore(query: string, more: string, turn: number): void {
    fill(this.foot, more !== "" && h("button", { class: "quiet", onclick: () => void this.append(query, more, turn) }, this.frame.t("panel_more")));
  }

  private async append(query: string, before: string, turn: number): Promise<void> {
    const answer = await callOwn("search", { query, limit: PAGE, before });
    if (failed(answer) || turn !== this.turn) return;
    const lines = answer.result.hits.map((hit) => this.line(hit));
    this.items.append(...lines);
    lines[0]?.querySelector("button")?.focus();
    this.offerMore(query, answer.result.more, turn);
  }

  private line(hit: SearchHit): HTMLElement {
    const { t } = this.frame;
    const who = hit.direction === "seller" ? `${t("panel_you")} → ${hit.buyer || t("panel_buyer_unknown")}` : hit.buyer || t("panel_buyer_unknown");
    return h(
      "li",
      {},
      h(
        "button",
        { class: "item", "data-message": hit.message_id, onclick: () => this.open(hit.thread_id, hit.message_id) },
        h("span", { class: "top" }, h("span", { class: "who", dir: "auto" }, who), h("time", { class: "soft small" }, when(hit.at, this.frame))),
        h("span", { class: "clip", dir: direction(hit.language), lang: hit.language || undefined }, ...spans(hit.text)),
        hit.translation.length > 0 && h("span", { class: "clip soft", dir: "auto" }, ...spans(hit.translation)),
      ),
    );
  }
}

function spans(parts: Span[]): (HTMLElement | string)[] {
  return parts.map((part) => (part.hit ? h("mark", {}, part.text) : part.text));
}
