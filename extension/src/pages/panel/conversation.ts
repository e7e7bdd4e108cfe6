// One conversation out of the archive, opened at its end or at a message that was found.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { ArchivedMessage, ThreadMessagesResult } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { day, direction, sentTime } from "../format";
import { failed, type Frame, place, sentence } from "../frame";
import { held, note, star, tags } from "./marks";
import type { Shop } from "./wording/shops";

const PAGE = 60;

export class Conversation {
  readonly node = h("section", { class: "list" });
  /** The shop account of the conversation on show. */
  shop: Shop | null = null;
  private turn = 0;

  constructor(
    private readonly frame: Frame,
    private readonly back: () => void,
  ) {
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.back();
    });
  }

  /** `messageId` 0 opens at the end. */
  async open(threadId: number, messageId: number, scroller: HTMLElement): Promise<void> {
    const turn = ++this.turn;
    const { t } = this.frame;
    const button = h("button", { class: "quiet", onclick: () => this.back() }, `← ${t("panel_back")}`);
    fill(this.node, h("div", { class: "row" }, button), h("p", { class: "soft" }, t("panel_loading")));
    button.focus();
    const answer = await callOwn("thread.messages", { thread_id: threadId, limit: PAGE, around: messageId });
    if (turn !== this.turn) return;
    if (failed(answer)) return fill(this.node, h("div", { class: "row" }, button), h("p", { class: "notice bad", role: "alert" }, sentence(t, answer.error)));
    this.draw(answer.result, messageId, threadId, button, scroller);
  }

  private draw(result: ThreadMessagesResult, messageId: number, threadId: number, button: HTMLElement, scroller: HTMLElement): void {
    const { t, locale } = this.frame;
    const { thread } = result;
    this.shop = { marketplace: thread.marketplace, shop: thread.shop };
    const bubbles = h("ol", { class: "bubbles" }, ...this.bubbles(result.messages, messageId));
    const earlier = h("div", { class: "row" });
    this.offerEarlier(earlier, bubbles, result, threadId, scroller);
    fill(
      this.node,
      h("div", { class: "spread" }, button, messageId !== 0 && h("button", { class: "quiet", onclick: () => void this.open(threadId, 0, scroller) }, t("panel_latest"))),
      h(
        "div",
        { class: "row" },
        h("h2", { dir: "auto" }, thread.buyer || t("panel_buyer_unknown")),
        star(thread.marks, this.frame),
        thread.language && h("span", { class: "tag" }, languageName(thread.language, locale)),
        h("span", { class: "soft small" }, place(thread, this.frame)),
      ),
      thread.marks.tags.length > 0 && h("div", { class: "tags" }, ...tags(thread.marks)),
      note(thread.marks, this.frame),
      held(thread.hold, this.frame),
      earlier,
      bubbles,
    );
    button.focus();
    const found = bubbles.querySelector(".found");
    if (found) found.scrollIntoView({ block: "center" });
    else scroller.scrollTop = scroller.scrollHeight;
  }

  private offerEarlier(node: HTMLElement, bubbles: HTMLElement, result: ThreadMessagesResult, threadId: number, scroller: HTMLElement): void {
    const first = result.messages[0];
    const load = async (): Promise<void> => {
      if (!first) return;
      const answer = await callOwn("thread.messages", { thread_id: threadId, limit: PAGE, before: first.id });
      if (failed(answer)) return;
      const height = scroller.scrollHeight;
      bubbles.prepend(...this.bubbles(answer.result.messages, 0));
      scroller.scrollTop += scroller.scrollHeight - height; // the reader's place stays where it is
      this.offerEarlier(node, bubbles, answer.result, threadId, scroller);
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
      return [...heading, this.bubble(message, message.id === foundId)];
    });
  }

  private bubble(message: ArchivedMessage, found: boolean): HTMLElement {
    const { t } = this.frame;
    const { text, title, vague } = sentTime(message, this.frame);
    const shown = message.translation !== "" && message.match !== "none" && message.match !== "same";
    const key = `panel_engine_${message.engine}`;
    const engine = t(key) === key ? message.engine : t(key);
    const images = message.images.length;
    return h(
      "li",
      { class: `bubble ${message.direction}${found ? " found" : ""}`, "data-message": message.id },
      h("div", { dir: direction(message.language), lang: message.language || undefined }, message.text || (images ? "" : t("panel_no_text"))),
      shown && h("div", { class: "translation", dir: "auto", lang: this.frame.own.settings.seller_language }, message.translation),
      images > 0 && h("div", { class: "soft small" }, images === 1 ? t("panel_image") : t("panel_images", { count: images })),
      h(
        "div",
        { class: "meta" },
        h("time", { class: vague ? "vague" : undefined, title }, text),
        shown && engine !== "" && h("span", {}, t("panel_engine", { engine }) + (message.match === "near" || message.match === "memory_near" ? ` · ${t("panel_near")}` : "")),
        message.ambiguous && h("span", { title: t("panel_ambiguous_hint") }, t("panel_ambiguous")),
      ),
    );
  }
}
