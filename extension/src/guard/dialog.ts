// The pause before something goes out that should not: a small dialog at the composer, by pointer or keyboard.

import { CARD, findingCard } from "../check/card";
import type { CheckFinding } from "../check/finding";
import { keepKeys, makeHost } from "../features/kit/root";
import { themeAt } from "../features/kit/theme";
import type { Host } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import { GUARD } from "./looks";

export interface Question {
  /** The page's field. */
  near: HTMLElement;
  text: string;
  /** It still is in the seller's language. */
  untranslated: boolean;
  /** What it must not say. */
  blocking: readonly CheckFinding[];
}

export interface Choices {
  /** Gives "" when done, else the sentence to show; so does `repair`. */
  translate: () => Promise<string>;
  repair: (finding: CheckFinding, instead: string) => Promise<string>;
  /** Back to the field, with the words at hand. */
  change: (finding: CheckFinding) => void;
  sendAnyway: () => void;
}

/** A second Enter that was on its way already must not answer a question nobody has read. */
const DEAF_MS = 350;
/** More than a person reads before sending; the list at the bar has all. */
const MOST_CARDS = 3;

export class GuardDialog {
  readonly host: HTMLElement;
  readonly #h: Host;
  readonly #question: Question;
  readonly #choices: Choices;
  readonly #life = new AbortController();
  readonly #root: ShadowRoot;
  readonly #say = h("div", { class: "say", id: "say" });
  readonly #cards = h("div", { class: "cards" });
  readonly #row = h("div", { class: "row" });

  constructor(document: Document, host: Host, question: Question, choices: Choices) {
    this.#h = host;
    this.#question = question;
    this.#choices = choices;
    const made = makeHost(document, "guard", CARD + GUARD);
    this.host = made.host;
    this.#root = made.root;
    const { signal } = this.#life;
    keepKeys(this.host, signal);
    const { near, text, untranslated } = question;
    const title = host.t(untranslated ? "guard_title" : "guard_found_title");
    this.#say.textContent = host.t(untranslated ? "guard_say" : "guard_found_say");
    const dialog = h(
      "div",
      { class: `dialog${untranslated ? "" : " bad"}`, role: "alertdialog", "aria-modal": "false", "aria-label": title, "aria-describedby": "say" },
      h("div", { class: "title" }, title),
      this.#say,
      untranslated && h("div", { class: "quote", lang: host.settings.seller_language }, text.slice(0, 300)),
      this.#cards,
      this.#row,
    );
    this.#listen(dialog);
    made.root.append(h("div", { class: `sb ${themeAt(near)}` }, dialog));
    (document.body ?? document.documentElement).append(this.host);
    this.show(question.blocking);
    document.defaultView?.addEventListener("resize", () => this.#stand(), { signal });
    this.#row.querySelector("button")?.focus({ preventScroll: true });
  }

  isOpen(): boolean {
    return this.host.isConnected;
  }

  /** Also what was only found while the dialog stood there already. */
  show(blocking: readonly CheckFinding[]): void {
    const t: T = (key, data) => this.#h.t(key, data);
    const focused = this.#root.activeElement?.getAttribute("part");
    const more = blocking.length - MOST_CARDS;
    const repair = (finding: CheckFinding) => (instead: string) => this.#closing(() => this.#choices.repair(finding, instead));
    fill(
      this.#cards,
      ...blocking.slice(0, MOST_CARDS).map((finding) => findingCard(t, finding, { repair: repair(finding) })),
      more > 0 && h("p", { class: "more" }, t("guard_found_more", { count: more })),
    );
    const [first] = blocking;
    fill(
      this.#row,
      this.#question.untranslated && this.#button("translate", "guard_translate", () => void this.#translate(), "go"),
      first !== undefined && this.#button("change", "guard_change", () => this.#leave(() => this.#choices.change(first)), this.#question.untranslated ? "" : "go"),
      this.#button("send-anyway", first ? "guard_send_found" : "guard_send_anyway", () => this.#leave(this.#choices.sendAnyway)),
    );
    if (focused) this.#row.querySelector<HTMLElement>(`[part=${focused}]`)?.focus({ preventScroll: true });
    this.#stand();
  }

  /** Back to the page's composer, where the seller was. */
  close(): void {
    if (!this.isOpen()) return;
    this.#life.abort();
    this.host.remove();
    this.#question.near.focus({ preventScroll: true });
  }

  #listen(dialog: HTMLElement): void {
    const opened = performance.now();
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && (event.repeat || performance.now() - opened < DEAF_MS)) event.preventDefault();
      else if (event.key === "Tab" || event.key === "ArrowRight" || event.key === "ArrowLeft") {
        event.preventDefault();
        this.#step(event.key === "ArrowLeft" || event.shiftKey ? -1 : 1);
      }
    });
  }

  /** From one thing to press to the next, in a circle. */
  #step(by: 1 | -1): void {
    const all = [...this.#root.querySelectorAll<HTMLElement>("button:not([disabled]), a")];
    const at = all.indexOf(this.#root.activeElement as HTMLElement);
    all[(at + by + all.length) % all.length]?.focus();
  }

  #button(part: string, key: string, act: () => void, looks = ""): HTMLElement {
    return h("button", { type: "button", class: looks, part, onclick: act }, this.#h.t(key));
  }

  #leave(then: () => void): void {
    this.close();
    then();
  }

  /** Done is gone; else the sentence is said. */
  async #closing(work: () => Promise<string>): Promise<string> {
    const problem = await work();
    if (problem === "") this.close();
    return problem;
  }

  async #translate(): Promise<void> {
    const buttons = [...this.#root.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    this.#say.textContent = this.#h.t("guard_translating");
    const problem = await this.#closing(this.#choices.translate);
    if (problem === "") return;
    for (const button of this.#root.querySelectorAll("button")) button.disabled = false;
    this.#say.textContent = problem;
    this.#row.querySelector<HTMLElement>("[part=send-anyway]")?.focus();
  }

  /** Above the field, inside the window. */
  #stand(): void {
    const { near } = this.#question;
    const view = near.ownerDocument.defaultView ?? window;
    const field = near.getBoundingClientRect();
    const own = this.host.getBoundingClientRect();
    const left = Math.max(8, Math.min(field.left, view.innerWidth - own.width - 8));
    const above = field.top - own.height - 8;
    const top = above >= 8 ? above : Math.min(field.bottom + 8, view.innerHeight - own.height - 8);
    this.host.style.setProperty("--x", `${left}px`);
    this.host.style.setProperty("--y", `${Math.max(8, top)}px`);
  }
}
