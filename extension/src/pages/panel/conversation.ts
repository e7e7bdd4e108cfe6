// One conversation out of the archive, opened at its end or at a message that was found.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { ArchivedMessage, ThreadMessagesResult, ThreadSummary } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { day } from "../format";
import { failed, type Frame, place, sentence } from "../frame";
import { bubble } from "./bubble";
import { Find } from "./find";
import { Marks } from "./marks";
import type { Shop } from "./wording/shops";

const PAGE = 60;

/** What is on show: whose messages, at which one, with what marked in them, and what scrolls. */
interface Sight {
  threadId: number;
  messageId: number;
  query: string;
  scroller: HTMLElement;
}

export class Conversation {
  readonly node = h("section", { class: "list" });
  /** The shop account of the conversation on show. */
  shop: Shop | null = null;
  private readonly stream = h("div", { class: "list" });
  private shown: Sight | null = null;
  private turn = 0;

  constructor(
    private readonly frame: Frame,
    private readonly back: () => void,
    private readonly marked: () => void,
  ) {
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.back();
    });
  }

  /** `messageId` 0 opens at the end; the words of `query` are marked. */
  async open(threadId: number, messageId: number, scroller: HTMLElement, query = ""): Promise<void> {
    const { t } = this.frame;
    const button = h("button", { class: "quiet", onclick: () => this.back() }, `← ${t("panel_back")}`);
    fill(this.node, h("div", { class: "row" }, button), h("p", { class: "soft" }, t("panel_loading")));
    button.focus();
    const sight = { threadId, messageId, query, scroller };
    const answer = await this.ask(sight);
    if (answer === null) return;
    if (failed(answer)) return fill(this.node, h("div", { class: "row" }, button), h("p", { class: "notice bad", role: "alert" }, sentence(t, answer.error)));
    this.draw(answer.result.thread, sight, button);
    this.show(answer.result, sight);
    button.focus({ preventScroll: true });
  }

  /** Null when something else was asked for meanwhile. */
  private async ask({ threadId, messageId, query }: Sight): Promise<Awaited<ReturnType<typeof callOwn<"thread.messages">>> | null> {
    const turn = ++this.turn;
    const answer = await callOwn("thread.messages", { thread_id: threadId, limit: PAGE, around: messageId, query });
    return turn === this.turn ? answer : null;
  }

  private draw(thread: ThreadSummary, { threadId, messageId, scroller }: Sight, button: HTMLElement): void {
    const { t, locale } = this.frame;
    this.shop = { marketplace: thread.marketplace, shop: thread.shop };
    const marks = new Marks(this.frame, threadId, thread.marks, this.marked);
    const latest = h("button", { class: "quiet", onclick: () => void this.open(threadId, 0, scroller) }, t("panel_latest"));
    latest.hidden = messageId === 0;
    const find = new Find(this.frame, threadId, (found, query) => {
      if (found !== 0) latest.hidden = false;
      return this.go(found, query);
    });
    fill(
      this.node,
      h("div", { class: "spread" }, button, latest),
      h(
        "div",
        { class: "row" },
        marks.star,
        h("h2", { dir: "auto" }, thread.buyer || t("panel_buyer_unknown")),
        thread.language && h("span", { class: "tag" }, languageName(thread.language, locale)),
        h("span", { class: "soft small" }, place(thread, this.frame)),
      ),
      marks.node,
      find.node,
      this.stream,
    );
  }

  /** Leads to a message with the words of `query` marked; 0 takes the marks away. */
  private async go(messageId: number, query: string): Promise<void> {
    const was = this.shown;
    if (was === null) return;
    if (messageId === 0) {
      this.shown = { ...was, query: "" };
      for (const mark of this.stream.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
      return;
    }
    const sight = { ...was, messageId, query };
    const there = query === was.query ? this.stream.querySelector(`[data-message="${messageId}"]`) : null;
    if (there) {
      this.stream.querySelector(".found")?.classList.remove("found");
      there.classList.add("found");
      this.shown = sight;
      there.scrollIntoView({ block: "center" });
      return;
    }
    const answer = await this.ask(sight);
    if (answer !== null && !failed(answer)) this.show(answer.result, sight);
  }

  private show(result: ThreadMessagesResult, sight: Sight): void {
    this.shown = sight;
    const bubbles = h("ol", { class: "bubbles" }, ...this.bubbles(result.messages, sight.messageId));
    const earlier = h("div", { class: "row" });
    this.offerEarlier(earlier, bubbles, result, sight);
    fill(this.stream, earlier, bubbles);
    const found = bubbles.querySelector(".found");
    if (found) found.scrollIntoView({ block: "center" });
    else sight.scroller.scrollTop = sight.scroller.scrollHeight;
  }

  private offerEarlier(node: HTMLElement, bubbles: HTMLElement, result: ThreadMessagesResult, sight: Sight): void {
    const { threadId, query, scroller } = sight;
    const first = result.messages[0];
    const load = async (): Promise<void> => {
      if (!first) return;
      const answer = await callOwn("thread.messages", { thread_id: threadId, limit: PAGE, before: first.id, query });
      if (failed(answer)) return;
      const height = scroller.scrollHeight;
      bubbles.prepend(...this.bubbles(answer.result.messages, 0));
      scroller.scrollTop += scroller.scrollHeight - height; // the reader's place stays where it is
      this.offerEarlier(node, bubbles, answer.result, sight);
    };
    fill(node, result.earlier && first !== undefined && h("button", { class: "quiet", onclick: () => void load() }, this.frame.t("panel_earlier")));
  }

  private bubbles(messages: ArchivedMessage[], foundId: number): HTMLElement[] {
    let lastDay = "";
    return messages.flatMap((message) => {
      const at = message.sent_at ?? message.observed_at;
      const today = day(at, this.frame);
      const heading = today === lastDay ? [] : [h("li", { class: "day" }, today)];
      lastDay = today;
      return [...heading, bubble(message, message.id === foundId, this.frame)];
    });
  }
}
