// Search as one types, narrowed by operators; hits are highlighted in the original and in the translation.

import { fill, h } from "../../shared/dom";
import type { NoteHit, SearchHit, SearchResult } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { direction, when } from "../format";
import { failed, type Frame, place, sentence } from "../frame";
import { Filters } from "./filters";
import { Order } from "./order";
import { spans } from "./spans";

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
  private readonly filters: Filters;
  private readonly order: Order;
  private readonly narrow: HTMLButtonElement;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly open: (threadId: number, messageId: number, query: string) => void,
    private readonly searching: (on: boolean) => void,
  ) {
    const { t } = frame;
    this.field = h("input", { type: "search", placeholder: t("panel_search_hint"), "aria-label": t("panel_search"), autocomplete: "off", spellcheck: "false", maxlength: 500 });
    this.filters = new Filters(frame, (query) => {
      this.field.value = query;
      this.typed(0);
    });
    this.order = new Order(frame, () => this.typed(0));
    this.narrow = h("button", { class: "quiet", "aria-expanded": "false", onclick: () => this.unfold(this.narrow.getAttribute("aria-expanded") === "false") }, t("search_filters"));
    this.field.addEventListener("input", (event) => {
      // an unfinished word of an input method is not a search
      if (!(event as InputEvent).isComposing) this.typed();
    });
    this.field.addEventListener("compositionend", () => this.typed());
    this.box = h("div", { class: "search", role: "search" }, h("div", { class: "search-line" }, this.field, this.narrow), this.filters.node);
    this.results = h("section", { "aria-label": t("panel_search") }, h("div", { class: "spread" }, this.said, this.order.node), this.items, this.foot);
    for (const node of [this.field, this.items]) node.addEventListener("keydown", (event) => this.step(event as KeyboardEvent));
    this.unfold(false);
  }

  /** The arrow keys lead from the field through the hits and back. */
  private step(event: KeyboardEvent): void {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way === undefined) return;
    const stops: HTMLElement[] = [this.field, ...this.items.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    if (at < 0 || !stops[at + way]) return;
    event.preventDefault();
    stops[at + way]?.focus();
  }

  private unfold(on: boolean): void {
    this.narrow.setAttribute("aria-expanded", String(on));
    this.filters.node.hidden = !on;
  }

  private typed(pause = PAUSE_MS): void {
    clearTimeout(this.timer);
    const query = this.field.value.trim();
    this.turn += 1;
    if (!query) {
      this.filters.show("", []);
      return this.searching(false);
    }
    this.timer = setTimeout(() => void this.run(query), pause);
  }

  private async run(query: string): Promise<void> {
    const turn = ++this.turn;
    const { t } = this.frame;
    const answer = await callOwn("search", { query, limit: PAGE, sort: this.order.sort });
    if (turn !== this.turn) return; // typed on meanwhile
    this.searching(true);
    fill(this.foot);
    if (failed(answer)) {
      // often an operator that is still being typed: the sentence says how to write it
      fill(this.items);
      this.filters.show(query, []);
      this.said.textContent = sentence(t, answer.error);
      return;
    }
    const { hits, notes, more, filters } = answer.result;
    fill(this.items, ...notes.map((note) => this.note(note)), ...hits.map((hit) => this.line(hit, query)));
    this.said.textContent = hits.length === 0 && notes.length > 0 ? "" : hits.length === 0 ? t("panel_results_none", { query }) : t(more ? "panel_results_more" : "panel_results", { count: hits.length });
    this.filters.show(query, filters);
    if (filters.length > 0) this.unfold(true);
    this.offerMore(query, answer.result, turn);
  }

  private offerMore(query: string, { more }: SearchResult, turn: number): void {
    fill(this.foot, more !== "" && h("button", { class: "quiet", onclick: () => void this.append(query, more, turn) }, this.frame.t("panel_more")));
  }

  private async append(query: string, before: string, turn: number): Promise<void> {
    const answer = await callOwn("search", { query, limit: PAGE, before, sort: this.order.sort });
    if (turn !== this.turn) return;
    if (failed(answer)) {
      this.said.textContent = sentence(this.frame.t, answer.error);
      return;
    }
    const lines = answer.result.hits.map((hit) => this.line(hit, query));
    this.items.append(...lines);
    lines[0]?.querySelector("button")?.focus();
    this.offerMore(query, answer.result, turn);
  }

  /** A note stands for its conversation. */
  private note({ thread_id, marketplace, buyer, at, note }: NoteHit): HTMLElement {
    const { t } = this.frame;
    return h(
      "li",
      {},
      h(
        "button",
        { class: "item", "data-note": thread_id, onclick: () => this.open(thread_id, 0, "") },
        h("span", { class: "top" }, h("span", { class: "who", dir: "auto" }, buyer || t("panel_buyer_unknown")), h("span", { class: "soft small" }, t("talk_hit_note", { time: when(at, this.frame) }))),
        h("span", { class: "clip", dir: "auto" }, ...spans(note)),
        h("span", { class: "soft small" }, place({ marketplace, region: "" }, this.frame)),
      ),
    );
  }

  private line(hit: SearchHit, query: string): HTMLElement {
    const { t } = this.frame;
    const buyer = hit.name.length > 0 ? spans(hit.name) : [hit.buyer || t("panel_buyer_unknown")];
    return h(
      "li",
      {},
      h(
        "button",
        { class: "item", "data-message": hit.message_id, onclick: () => this.open(hit.thread_id, hit.message_id, query) },
        h("span", { class: "top" }, h("span", { class: "who", dir: "auto" }, hit.direction === "seller" && `${t("panel_you")} → `, ...buyer), h("time", { class: "soft small" }, when(hit.at, this.frame))),
        h("span", { class: "clip", dir: direction(hit.language), lang: hit.language || undefined }, ...spans(hit.text)),
        hit.translation.length > 0 && h("span", { class: "clip soft", dir: "auto" }, ...spans(hit.translation)),
        hit.later.length > 0 && h("span", { class: "clip became", dir: direction(hit.language) }, h("span", { class: "soft small" }, `${t("talk_hit_later")}: `), ...spans(hit.later)),
        h("span", { class: "soft small" }, place({ marketplace: hit.marketplace, region: "" }, this.frame), hit.order.length > 0 && ` · ${t("search_order")} `, ...spans(hit.order)),
      ),
    );
  }
}
