// Recent conversations.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { Answering, ThreadSummary } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { direction, when } from "../format";
import { failed, type Frame, place, sentence } from "../frame";
import { star, tags } from "./marks";

const PAGE = 30;
/** While messages stream in the list is read anew at most this often, in ms. */
const CALM_MS = 2_000;

export class ThreadList {
  readonly node: HTMLElement;
  private readonly items = h("ul", { class: "list" });
  private readonly foot = h("div", {});
  private soon: ReturnType<typeof setTimeout> | undefined;
  private shown = "";

  constructor(
    private readonly frame: Frame,
    private readonly open: (threadId: number) => void,
    private readonly known: (threads: ThreadSummary[]) => void,
  ) {
    this.node = h("section", { "aria-label": frame.t("panel_conversations") }, this.items, this.foot);
    fill(this.foot, h("p", { class: "empty soft" }, frame.t("panel_loading")));
  }

  refreshSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      void this.refresh();
    }, CALM_MS);
  }

  /** Nothing was read yet and there is nobody to ask. */
  away(): void {
    if (!this.shown) fill(this.foot, h("p", { class: "empty soft" }, this.frame.t("panel_away")));
  }

  async refresh(): Promise<void> {
    const answer = await callOwn("thread.list", { limit: PAGE });
    if (failed(answer)) return fill(this.foot, h("p", { class: "notice bad", role: "alert" }, sentence(this.frame.t, answer.error)));
    const { threads, more, answering } = answer.result;
    const now = JSON.stringify(answer.result);
    if (now !== this.shown) {
      this.shown = now;
      this.draw(threads, more, answering);
    }
    this.known(threads);
  }

  private draw(threads: ThreadSummary[], more: string, answering: Answering[] = []): void {
    const { t } = this.frame;
    const focused = this.items.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["thread"] : undefined;
    fill(this.items, ...threads.map((thread) => this.line(thread, answering)));
    if (focused) this.items.querySelector<HTMLElement>(`[data-thread="${CSS.escape(focused)}"]`)?.focus();
    if (threads.length === 0) fill(this.foot, h("div", { class: "empty" }, h("h2", {}, t("panel_empty")), h("p", { class: "soft" }, t("panel_empty_help"))));
    else this.drawMore(more);
  }

  private drawMore(more: string): void {
    fill(this.foot, more !== "" && h("p", { class: "row" }, h("button", { class: "quiet", onclick: () => void this.append(more) }, this.frame.t("panel_more"))));
  }

  private async append(before: string): Promise<void> {
    const answer = await callOwn("thread.list", { limit: PAGE, before });
    if (failed(answer)) return;
    const first = answer.result.threads.map((thread) => this.line(thread, answer.result.answering));
    this.items.append(...first);
    first[0]?.querySelector("button")?.focus();
    this.drawMore(answer.result.more);
  }

  private line(thread: ThreadSummary, answering: Answering[] = []): HTMLElement {
    const { t, locale } = this.frame;
    const colleague = answering.find((each) => each.thread === thread.id);
    const mine = thread.last_direction === "seller";
    const text = thread.last_translation || thread.last_text || t("panel_no_text");
    return h(
      "li",
      {},
      h(
        "button",
        { class: "item", "data-thread": thread.id, onclick: () => this.open(thread.id) },
        h(
          "span",
          { class: "top" },
          h("span", { class: "who", dir: "auto" }, thread.buyer || t("panel_buyer_unknown")),
          star(thread.marks, this.frame),
          thread.language && h("span", { class: "tag" }, languageName(thread.language, locale)),
          h("time", { class: "soft small", datetime: new Date(thread.last_at * 1000).toISOString() }, when(thread.last_at, this.frame)),
        ),
        h("span", { class: "clip soft", dir: thread.last_translation ? "auto" : direction(thread.language) }, (mine ? `${t("panel_you")}: ` : "") + text),
        h("span", { class: "soft small" }, `${place(thread, this.frame)} · ${t(thread.messages === 1 ? "panel_message" : "panel_messages", { count: thread.messages })}`),
        colleague && h("span", { class: "tags" }, h("span", { class: "tag warn" }, t("panel_answering", { seat: colleague.seat }))),
        thread.marks.tags.length > 0 && h("span", { class: "tags" }, ...tags(thread.marks)),
      ),
    );
  }
}
