// The seller's own marks on a conversation: a star, tags, a note; read in lists, changed in the conversation.

import { fill, h } from "../../shared/dom";
import { callOwn } from "../../shared/own";
import type { Hold, ThreadMarkParams, ThreadMarks } from "../../shared/protocol.gen";
import { when } from "../format";
import { failed, type Frame, sentence } from "../frame";

/** As many and as long as the companion takes. */
const MOST_TAGS = 20;
const LONGEST_TAG = 40;
const LONGEST_NOTE = 2000;

export function star({ star: on }: ThreadMarks, { t }: Pick<Frame, "t">): HTMLElement | false {
  return on && h("span", { role: "img", "aria-label": t("mark_starred"), title: t("mark_starred") }, "★");
}

export function tags({ tags: names }: ThreadMarks): HTMLElement[] {
  return names.map((name) => h("span", { class: "tag", dir: "auto" }, name));
}

/** A conversation that is kept past its time. */
export function held(hold: Hold | null | undefined, frame: Frame): HTMLElement | false {
  return !!hold && h("p", { class: "soft small" }, hold.until === null ? frame.t("panel_held") : frame.t("panel_held_until", { date: when(hold.until, frame) }));
}

/** The marks of one conversation, to be changed in place. */
export class Marks {
  readonly star: HTMLButtonElement;
  readonly node: HTMLElement;
  private readonly chips = h("span", { class: "tags" });
  private readonly field: HTMLInputElement;
  private readonly words: HTMLTextAreaElement;
  private readonly save: HTMLButtonElement;
  private readonly written = h("span", { class: "soft small" });
  private readonly said = h("p", { class: "small", role: "status" });
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly frame: Frame,
    private readonly threadId: number,
    private now: ThreadMarks,
    private readonly told: () => void,
  ) {
    const { t } = frame;
    this.star = h("button", { class: "quiet star", onclick: () => void this.change(({ star: on }) => ({ star: !on })) });
    this.field = h("input", { type: "text", maxlength: LONGEST_TAG, placeholder: t("mark_tag_add"), "aria-label": t("mark_tags"), autocomplete: "off", enterkeyhint: "done", dir: "auto" });
    this.words = h("textarea", { rows: 1, maxlength: LONGEST_NOTE, dir: "auto", "aria-label": t("mark_note"), placeholder: t("mark_note_hint"), oninput: () => this.changed() });
    this.save = h("button", { type: "submit" }, t("mark_save"));
    this.words.value = now.note;
    const tagging = h("form", { class: "tagging", role: "group", "aria-label": t("mark_tags"), onsubmit: (event) => void this.add(event) }, this.chips, this.field);
    const noting = h("form", { class: "field", onsubmit: (event) => void this.keep(event) }, this.words, this.save);
    const note = h("details", { open: now.note !== "" }, h("summary", {}, t("mark_note"), " ", this.written), noting);
    this.node = h("section", { class: "marks", "aria-label": `${t("mark_tags")} · ${t("mark_note")}` }, tagging, note, this.said);
    // Escape leaves the conversation; half a note shall not be lost by it
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && (!this.save.hidden || this.field.value !== "")) event.stopPropagation();
    });
    this.draw();
  }

  /** One after the other: `made` gives the params from the marks as the change before left them. */
  private change(made: (now: ThreadMarks) => Omit<ThreadMarkParams, "thread_id">): Promise<boolean> {
    const mine = this.last.then(() => this.send(made(this.now)));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async send(params: Omit<ThreadMarkParams, "thread_id">): Promise<boolean> {
    const answer = await callOwn("thread.mark", { thread_id: this.threadId, ...params });
    const failure = failed(answer);
    this.said.textContent = failure ? sentence(this.frame.t, answer.error) : "";
    if (failure) return false;
    this.now = answer.result;
    this.draw();
    this.told();
    return true;
  }

  private async add(event: Event): Promise<void> {
    event.preventDefault();
    const tag = this.field.value.trim();
    if (!tag) return;
    if (this.now.tags.length >= MOST_TAGS) {
      this.said.textContent = this.frame.t("mark_tags_full");
      return;
    }
    // at once, so that the next one can be typed
    this.field.value = "";
    if (!(await this.change(({ tags: names }) => ({ tags: [...names, tag] })))) this.field.value ||= tag;
  }

  private async remove(tag: string): Promise<void> {
    await this.change(({ tags: names }) => ({ tags: names.filter((each) => each !== tag) }));
    // the pressed button is gone; whoever writes elsewhere by now stays there
    if (document.activeElement === document.body) this.field.focus();
  }

  private async keep(event: Event): Promise<void> {
    event.preventDefault();
    const note = this.words.value;
    if (await this.change(() => ({ note }))) this.said.textContent = this.frame.t("mark_note_saved");
  }

  private changed(): void {
    this.save.hidden = this.words.value.trim() === this.now.note;
  }

  private draw(): void {
    this.changed();
    const { t } = this.frame;
    const { star: on, tags: names, noted_at: at } = this.now;
    this.star.textContent = on ? "★" : "☆";
    this.star.setAttribute("aria-pressed", String(on));
    this.star.setAttribute("aria-label", t("mark_star"));
    this.star.title = t(on ? "mark_starred" : "mark_star");
    fill(
      this.chips,
      ...names.map((tag) => h("button", { type: "button", class: "chip", "aria-label": t("mark_tag_remove", { tag }), onclick: () => void this.remove(tag) }, h("span", { dir: "auto" }, tag), h("span", { "aria-hidden": "true" }, "×"))),
    );
    this.written.textContent = at === null ? "" : t("mark_note_at", { time: when(at, this.frame) });
  }
}
