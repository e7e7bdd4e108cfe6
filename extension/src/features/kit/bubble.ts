// One translation beside one buyer bubble: a host of ours, never a change of the page's own nodes.

import { fill, h } from "../../shared/dom";
import type { Translated } from "../../shared/protocol.gen";
import { BESIDE, BUBBLE } from "./looks";
import { makeHost } from "./root";
import { Stubborn } from "./stubborn";
import type { Host } from "./types";
import { direction, engineLine, notes, pairLine } from "./words";

export interface Help {
  /** What the button offers, "" for none. */
  label: string;
  /** Share done in 0..1, null while nothing is under way. */
  progress: number | null;
  act: () => void;
}

export class Bubble {
  readonly host: HTMLElement;
  readonly stubborn = new Stubborn();
  /** The text this bubble stands for; another text in the row means another buyer message. */
  text = "";
  chip = false;
  readonly #box: HTMLElement;
  readonly #frame: HTMLElement;
  readonly #mode: "below" | "beside";
  readonly #h: Host;
  #full: HTMLElement | null = null;
  #shown = "";
  #item: Translated | null = null;
  #theme = "light";
  #locale = "";
  #closing: ReturnType<typeof setTimeout> | undefined;

  /** `another` puts a button for another engine into a place, when there is one. */
  constructor(
    document: Document,
    host: Host,
    mode: "below" | "beside",
    private readonly another: (item: Translated, place: HTMLElement) => void,
  ) {
    const made = makeHost(document, "bubble", mode === "below" ? BUBBLE : BESIDE);
    this.host = made.host;
    this.#h = host;
    this.#mode = mode;
    this.#box = h("div", { class: "box" });
    this.#frame = h("div", { class: "sb light" }, this.#box);
    made.root.append(this.#frame);
    if (mode === "beside") this.#watchOpening();
  }

  theme(theme: "light" | "dark"): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#frame.className = `sb ${theme}${this.chip ? " chip" : ""}`;
  }

  /** Whether all of this is shown already, in the page. A bubble that offers help or waits is drawn anew each time. */
  holds(text: string, item: Translated | undefined, theme: "light" | "dark"): boolean {
    return item !== undefined && item === this.#item && text === this.text && theme === this.#theme && !this.host.hidden && this.host.isConnected && this.#locale === this.#h.locale;
  }

  /** Hidden until it is told what to say: a recycled row must not wear the words of another message. */
  hide(): void {
    this.host.hidden = true;
    this.#item = null;
    this.#shown = "";
    this.#close();
  }

  /** Keeps the place while the answer is on its way, so that little moves when it comes. */
  wait(): void {
    this.#item = null;
    this.#draw("wait", () => [h("div", { class: "text wait", "aria-hidden": "true" }, "…")]);
  }

  show(item: Translated): void {
    this.#item = item;
    this.#locale = this.#h.locale;
    this.#draw(`show ${JSON.stringify(item)} ${this.#h.locale}`, () => {
      const said = notes(this.#h, item);
      const doubtful = said.length > 0;
      const place = h("span", { class: "place" });
      const offer = (): void => this.another(item, place);
      this.#box.classList.toggle("doubtful", doubtful);
      if (doubtful && this.#mode === "below") offer();
      return [
        h("div", { class: "text", part: "translation", tabindex: "0", lang: item.target, dir: direction(item.target), onpointerenter: offer, onfocus: offer }, item.text),
        said.length > 0 && h("div", { class: "notes", part: "notes" }, ...said.map(({ short }) => h("span", {}, short))),
        this.#mode === "below" && this.#under(item, doubtful ? null : place),
        this.#mode === "below" && doubtful && place,
      ];
    });
  }

  help(help: Help): void {
    const percent = help.progress === null ? "" : String(Math.round(help.progress * 100));
    this.#item = null;
    this.#draw(`help ${help.label} ${percent}`, () => [
      h(
        "div",
        { class: "help" },
        help.progress === null
          ? h("button", { type: "button", part: "install", onclick: help.act }, help.label)
          : h("span", { role: "status" }, help.label, " ", h("progress", { max: "100", value: percent })),
      ),
    ]);
  }

  /** Where it lies in the row, in px from the row's positioned parent. */
  lie(place: { left: number; top: number; width: number; height: number; chip: boolean }): void {
    const { style } = this.host;
    set(style, "--x", `${place.left}px`);
    set(style, "--y", `${place.top}px`);
    set(style, "--w", place.chip ? "auto" : `${place.width}px`);
    set(style, "--m", `${place.width}px`);
    set(style, "--h", `${place.height}px`);
    this.chip = place.chip;
    this.#frame.classList.toggle("chip", place.chip);
    this.#frame.style.setProperty("--lines", String(Math.max(1, Math.floor((place.height - 2) / 19))));
    this.#frame.style.height = "100%";
  }

  remove(): void {
    this.#close();
    this.host.remove();
  }

  #draw(what: string, parts: () => (HTMLElement | false)[]): void {
    if (this.#shown === what && !this.host.hidden) return;
    this.#shown = what;
    this.host.hidden = false;
    const pressed = this.host.shadowRoot?.activeElement;
    fill(this.#box, ...parts());
    // what was pressed is gone: the keyboard goes on at the words that came instead
    if (pressed) this.#box.querySelector<HTMLElement>(".text")?.focus({ preventScroll: true });
  }

  /** What to doubt, the pair it comes from, who made it, and where another may be asked for. */
  #under(item: Translated, place: HTMLElement | null): HTMLElement {
    const pair = pairLine(this.#h, item);
    return h("div", { class: "engine", part: "engine" }, ...notes(this.#h, item).map(({ full }) => h("p", {}, full)), pair && h("div", { part: "memory" }, pair), engineLine(this.#h, item), place);
  }

  /** A clamped or chip translation opens whole, above everything, on pointer, focus and click. */
  #watchOpening(): void {
    const open = (): void => this.#open();
    const later = (): void => {
      clearTimeout(this.#closing);
      this.#closing = setTimeout(() => this.#close(), 150);
    };
    this.#box.addEventListener("pointerenter", open);
    this.#box.addEventListener("pointerleave", later);
    this.#box.addEventListener("focusin", open);
    this.#box.addEventListener("focusout", later);
    this.#box.addEventListener("click", open);
    this.host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  #open(): void {
    clearTimeout(this.#closing);
    const item = this.#item;
    if (!item || this.#full) return;
    const place = h("div", {});
    this.another(item, place);
    const full = h(
      "div",
      { class: "full", popover: "manual", role: "note" },
      h("div", { class: "words", lang: item.target, dir: direction(item.target) }, item.text),
      this.#under(item, null),
      place,
    );
    full.addEventListener("pointerenter", () => clearTimeout(this.#closing));
    full.addEventListener("pointerleave", () => this.#close());
    this.#frame.append(full);
    this.#full = full;
    full.showPopover?.();
    const at = this.#box.getBoundingClientRect();
    const size = full.getBoundingClientRect();
    const view = this.host.ownerDocument.defaultView ?? window;
    full.style.left = `${Math.max(8, Math.min(at.left, view.innerWidth - size.width - 8))}px`;
    full.style.top = `${at.bottom + size.height + 8 > view.innerHeight && at.top > size.height + 8 ? at.top - size.height - 4 : at.bottom + 4}px`;
  }

  #close(): void {
    clearTimeout(this.#closing);
    this.#full?.remove();
    this.#full = null;
  }
}

function set(style: CSSStyleDeclaration, name: string, value: string): void {
  if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}
