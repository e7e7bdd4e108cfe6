// The pause before untranslated text goes out: a small dialog at the composer, by pointer or keyboard.

import { h } from "../../shared/dom";
import { GUARD } from "./looks";
import { keepKeys, makeHost } from "./root";
import { themeAt } from "./theme";
import type { Host } from "./types";

export interface Choices {
  near: HTMLElement;
  /** Gives "" when done, else the key of what to say. */
  translate: () => Promise<string>;
  sendAnyway: () => void;
}

/** A second Enter that was on its way already must not answer a question nobody has read. */
const DEAF_MS = 350;

export class GuardDialog {
  readonly host: HTMLElement;
  readonly #life = new AbortController();
  readonly #near: HTMLElement;

  constructor(document: Document, host: Host, text: string, choices: Choices) {
    const made = makeHost(document, "guard", GUARD);
    this.host = made.host;
    this.#near = choices.near;
    const { signal } = this.#life;
    keepKeys(this.host, signal);
    const opened = performance.now();
    const say = h("div", { class: "say", id: "say" }, host.t("guard_say"));
    const translate = h("button", { type: "button", class: "go", part: "translate" }, host.t("guard_translate"));
    const anyway = h("button", { type: "button", part: "send-anyway" }, host.t("guard_send_anyway"));
    const buttons = [translate, anyway];
    translate.addEventListener("click", () => {
      for (const button of buttons) button.disabled = true;
      say.textContent = host.t("guard_translating");
      void choices.translate().then((problem) => {
        if (problem === "") return this.close();
        for (const button of buttons) button.disabled = false;
        say.textContent = host.t(problem);
        anyway.focus();
      });
    });
    anyway.addEventListener("click", () => {
      this.close();
      choices.sendAnyway();
    });
    const dialog = h(
      "div",
      { class: "dialog", role: "alertdialog", "aria-modal": "false", "aria-label": host.t("guard_title"), "aria-describedby": "say" },
      h("div", { class: "title" }, host.t("guard_title")),
      say,
      h("div", { class: "quote", lang: host.settings.seller_language }, text.slice(0, 300)),
      h("div", { class: "row" }, translate, anyway),
    );
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && (event.repeat || performance.now() - opened < DEAF_MS)) event.preventDefault();
      else if (event.key === "Tab" || event.key === "ArrowRight" || event.key === "ArrowLeft") {
        event.preventDefault();
        (made.root.activeElement === translate ? anyway : translate).focus();
      }
    });
    made.root.append(h("div", { class: `sb ${themeAt(choices.near)}` }, dialog));
    (document.body ?? document.documentElement).append(this.host);
    this.#stand(document);
    document.defaultView?.addEventListener("resize", () => this.#stand(document), { signal });
    translate.focus({ preventScroll: true });
  }

  isOpen(): boolean {
    return this.host.isConnected;
  }

  /** Back to the page's composer, where the seller was. */
  close(): void {
    if (!this.isOpen()) return;
    this.#life.abort();
    this.host.remove();
    this.#near.focus({ preventScroll: true });
  }

  /** Above the field, inside the window. */
  #stand(document: Document): void {
    const view = document.defaultView ?? window;
    const field = this.#near.getBoundingClientRect();
    const own = this.host.getBoundingClientRect();
    const left = Math.max(8, Math.min(field.left, view.innerWidth - own.width - 8));
    const above = field.top - own.height - 8;
    const top = above >= 8 ? above : Math.min(field.bottom + 8, view.innerHeight - own.height - 8);
    this.host.style.setProperty("--x", `${left}px`);
    this.host.style.setProperty("--y", `${Math.max(8, top)}px`);
  }
}
