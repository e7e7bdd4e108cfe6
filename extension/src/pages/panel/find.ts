// Finds words in one conversation: hits counted, the newest first, stepping to earlier and later ones.

import { h } from "../../shared/dom";
import { callOwn } from "../../shared/own";
import { failed, type Frame, sentence } from "../frame";

/** Pause after the last key before the archive is asked, in ms. */
const PAUSE_MS = 250;
const PAGE = 100;

/** The search for words in one conversation. */
export function within(threadId: number, words: string): string {
  return `thread:${threadId} ${words}`;
}

/** Where a step leads among `count` hits, the first being the newest; at either end it begins anew. */
export function stepped(at: number, step: 1 | -1, count: number): number {
  return (at + step + count) % count;
}

export class Find {
  readonly node: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly said = h("span", { class: "soft small", role: "status" });
  private readonly steps: HTMLButtonElement[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private query = "";
  private ids: number[] = [];
  private more = "";
  private at = 0;
  private loading = false;

  /** `go` shows a message with the words of a query marked, 0 = there is none. */
  constructor(
    private readonly frame: Frame,
    private readonly threadId: number,
    private readonly go: (messageId: number, query: string) => Promise<void>,
  ) {
    const { t } = frame;
    this.field = h("input", { type: "search", placeholder: t("talk_find"), "aria-label": t("talk_find"), autocomplete: "off", spellcheck: "false", maxlength: 400 });
    this.field.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) this.typed();
    });
    this.field.addEventListener("compositionend", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    const step = (way: 1 | -1, sign: string, key: string): HTMLButtonElement => h("button", { class: "quiet", "aria-label": t(key), title: t(key), onclick: () => void this.step(way) }, sign);
    this.steps = [step(1, "↑", "talk_find_earlier"), step(-1, "↓", "talk_find_later")];
    this.node = h("div", { class: "find", role: "search", "aria-label": t("talk_find") }, this.field, this.said, ...this.steps);
    this.tell();
  }

  private typed(pause = PAUSE_MS): void {
    clearTimeout(this.timer);
    this.turn += 1;
    this.timer = setTimeout(() => void this.run(), pause);
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.field.value !== "") {
      event.stopPropagation(); // the first one ends the search, the next one leaves the conversation
      event.preventDefault();
      this.field.value = "";
      this.typed(0);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.field.value.trim() !== this.query) this.typed(0);
      else void this.step(event.shiftKey ? -1 : 1);
    }
  }

  private async run(): Promise<void> {
    const turn = ++this.turn;
    this.query = this.field.value.trim();
    this.ids = [];
    this.more = "";
    this.at = 0;
    if (this.query && !(await this.load(turn))) return;
    this.tell();
    await this.go(this.ids[0] ?? 0, this.query);
  }

  /** The next page of hits; false when it is out of date or was refused. */
  private async load(turn: number): Promise<boolean> {
    this.loading = true;
    const answer = await callOwn("search", { query: within(this.threadId, this.query), limit: PAGE, before: this.more });
    this.loading = false;
    if (turn !== this.turn) return false;
    if (failed(answer)) {
      this.tell();
      this.said.textContent = sentence(this.frame.t, answer.error);
      return false;
    }
    this.ids.push(...answer.result.hits.map((hit) => hit.message_id));
    this.more = answer.result.more;
    return true;
  }

  private async step(way: 1 | -1): Promise<void> {
    if (this.ids.length === 0 || this.loading) return;
    if (way === 1 && this.at === this.ids.length - 1 && this.more && !(await this.load(this.turn))) return;
    this.at = stepped(this.at, way, this.ids.length);
    this.tell();
    await this.go(this.ids[this.at] ?? 0, this.query);
  }

  private tell(): void {
    const { t } = this.frame;
    const count = this.ids.length;
    this.said.textContent = !this.query ? "" : count === 0 ? t("talk_find_none") : t(this.more ? "talk_find_at_more" : "talk_find_at", { at: this.at + 1, count });
    for (const button of this.steps) {
      button.hidden = count === 0;
      button.disabled = count < 2;
    }
  }
}
