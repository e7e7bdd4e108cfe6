// Who waits for an answer, and whether somebody looks at the inboxes.

import { fill, h } from "../../shared/dom";
import { inboxKey } from "../../shared/inbox";
import { askOwn, callOwn } from "../../shared/own";
import type { InboxCoverage, InboxListResult, Unanswered } from "../../shared/protocol.gen";
import { when, whenExactly } from "../format";
import { failed, place, type Frame } from "../frame";
import { lostInbox } from "../inbox/lost";

const MOST = 20;
/** While looks stream in the list is read anew at most this often, in ms. */
const CALM_MS = 1_000;
/** A stretch without a look is told for so long, in s. */
const GAP_TOLD_S = 24 * 3600;

export class Inbox {
  readonly node = h("section", { class: "inbox", hidden: true });
  private found: InboxListResult | null = null;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private shown = "";

  constructor(
    private readonly frame: Frame,
    private readonly open: (threadId: number) => void,
  ) {}

  refreshSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      void this.refresh();
    }, CALM_MS);
  }

  async refresh(): Promise<void> {
    const answer = await callOwn("inbox.list", { limit: MOST });
    if (!failed(answer)) this.found = answer.result;
    this.draw();
  }

  /** The alerts need no companion. */
  draw(): void {
    const { watches } = this.frame.own;
    const now = JSON.stringify([watches.map(({ looked_at: _, ...watch }) => watch), this.found && [this.found.unanswered, this.found.total, this.found.closed, this.found.inboxes.map((each) => each.gap_until)]]);
    if (now === this.shown) return;
    this.shown = now;
    const lost = watches.filter((watch) => watch.reason !== "");
    const known = this.found?.inboxes ?? [];
    this.node.hidden = lost.length === 0 && known.length === 0;
    const focused = this.node.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["waiting"] : undefined;
    fill(this.node, ...lost.map((watch) => lostInbox(this.frame, watch)), ...known.map((each) => this.gap(each)), ...(this.found && known.length ? this.waiting(this.found) : []));
    if (focused) this.node.querySelector<HTMLElement>(`[data-waiting="${CSS.escape(focused)}"]`)?.focus();
  }

  private waiting({ unanswered, total, closed = [], inboxes }: InboxListResult): (HTMLElement | false)[] {
    const { t } = this.frame;
    const watched = inboxes.some((each) => each.watched);
    return [
      h("div", { class: "spread" }, h("h2", {}, t("inbox_title")), total > 0 && h("span", { class: "tag warn" }, String(total))),
      unanswered.length > 0 && h("ul", { class: "list" }, ...unanswered.map((each) => this.line(each))),
      total > unanswered.length && h("p", { class: "soft small" }, t("inbox_more", { count: total - unanswered.length })),
      total === 0 && h("p", { class: "soft small" }, t(watched ? "inbox_none" : "inbox_none_unwatched")),
      closed.length > 0 && h("details", { open: this.node.querySelector<HTMLDetailsElement>("details")?.open ?? false }, h("summary", { class: "soft small" }, `${t("inbox_closed")} (${closed.length})`), h("ul", { class: "list" }, ...closed.map((each) => this.line(each, "inbox_closed_since")))),
      !watched && h("p", { class: "soft small" }, t("inbox_how")),
      h("h2", {}, t("panel_conversations")),
    ];
  }

  /** Opens the archived conversation, else the inbox where the buyer waits. */
  private line(each: Unanswered, how = `inbox_since_${each.since_is}`): HTMLElement {
    const { frame } = this;
    const { t } = frame;
    const watch = frame.own.watches.find(({ inbox }) => inboxKey(inbox) === inboxKey(each));
    const press = each.thread_id ? () => this.open(each.thread_id) : watch ? () => void askOwn("own.watch.open", { inbox: watch.inbox }).catch(() => undefined) : undefined;
    // a reading of a whole day names no hour
    const time = each.span >= 86_400 ? when(each.since, frame) : whenExactly(each.since, frame);
    const words = [
      h("span", { class: "top" }, h("span", { class: "who", dir: "auto" }, each.buyer || t("inbox_nameless")), h("time", { class: "soft small", datetime: new Date(each.since * 1000).toISOString() }, t(how, { time }))),
      h("span", { class: "clip", dir: "auto" }, each.preview || t("panel_no_text")),
      h("span", { class: "soft small" }, [place(each, frame), each.unread > 0 && t("inbox_unread", { count: each.unread })].filter(Boolean).join(" · ")),
      each.counted && h("span", { class: "small" }, t("inbox_closed_counted")),
    ];
    const mark = { class: "item", "data-waiting": each.buyer || each.preview };
    return h("li", {}, press ? h("button", { ...mark, onclick: press }, ...words) : h("div", mark, ...words));
  }

  private gap({ inbox, gap_from, gap_until, gap_reason }: InboxCoverage): HTMLElement | false {
    const { t } = this.frame;
    if (gap_from === null || gap_until === null || Date.now() / 1000 - gap_until > GAP_TOLD_S) return false;
    const times = { from: whenExactly(gap_from, this.frame), until: whenExactly(gap_until, this.frame) };
    return h("p", { class: "notice small" }, `${place(inbox, this.frame)} · ${t("inbox_gap", { ...times, reason: t(`inbox_reason_${gap_reason}`) })}`);
  }
}
