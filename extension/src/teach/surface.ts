// What teaching draws over the page: a veil that catches the pointer, marks around elements, and the panel.

import { makeHost } from "../features/kit/root";
import { themeAt } from "../features/kit/theme";
import { elementAt, rectOf, scrollUnder, type Rect } from "./point";
import { LOOKS } from "./looks";

/** Most marks drawn at once. */
const MOST_BOXES = 120;
/** A page may throw our host out; so often it comes back. */
const MOST_RETURNS = 20;
/** Events of a pointer that the page must not hear while the seller points. */
const POINTER = ["pointerdown", "pointerup", "pointermove", "pointerover", "pointerout", "mousedown", "mouseup", "mousemove", "mouseover", "mouseout", "click", "dblclick", "auxclick", "contextmenu", "touchstart", "touchmove", "touchend"];
const KEYS = new Set(["Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"]);

export interface Heard {
  hover(element: Element | null): void;
  choose(element: Element): void;
  key(key: string): void;
}

export type Mark = { element: Element; look: "hover" | "chosen" | "buyer" | "seller" | "like" };

export class Surface {
  readonly panel = document.createElement("section");
  readonly #host: HTMLElement;
  readonly #frame = document.createElement("div");
  readonly #veil = document.createElement("div");
  readonly #boxes = document.createElement("div");
  readonly #heard: Heard;
  #marks: Mark[] = [];
  #pointing = false;
  #corner = 0;
  #returns = 0;

  constructor(heard: Heard, signal: AbortSignal) {
    this.#heard = heard;
    const { host, root } = makeHost(document, "teach", LOOKS);
    this.#host = host;
    this.#frame.className = `sb ${themeAt(document.body ?? document.documentElement)}`;
    this.#veil.className = "veil";
    this.#veil.hidden = true;
    this.#boxes.setAttribute("aria-hidden", "true");
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("part", "panel");
    this.#place();
    this.#frame.append(this.#veil, this.#boxes, this.panel);
    root.append(this.#frame);
    document.documentElement.append(host);
    this.#listen(signal);
    const observer = new MutationObserver(() => {
      if (this.#host.isConnected || signal.aborted || this.#returns >= MOST_RETURNS) return;
      this.#returns += 1;
      document.documentElement.append(this.#host);
    });
    observer.observe(document.documentElement, { childList: true });
    const timer = setInterval(() => this.redraw(), 300);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      observer.disconnect();
      this.#host.remove();
    });
  }

  /** Catch the pointer, or leave the page to the seller. */
  set pointing(on: boolean) {
    this.#pointing = on;
    this.#veil.hidden = !on;
  }

  moveOn(): void {
    this.#corner = (this.#corner + 1) % 4;
    this.#place();
  }

  /** Out of the way of something the seller has to see; where it is nowhere clear, back where it was. */
  clear(element: Element): void {
    const what = rectOf(element);
    for (let tries = 0; tries < 4 && crosses(this.panel.getBoundingClientRect(), what); tries += 1) this.moveOn();
  }

  mark(marks: Mark[]): void {
    this.#marks = marks.slice(0, MOST_BOXES);
    this.redraw();
  }

  /** Marks follow their elements; nothing of the page is touched. */
  redraw(): void {
    const boxes = this.#marks.filter(({ element }) => element.isConnected).map(({ element, look }) => [rectOf(element), look] as const);
    while (this.#boxes.children.length > boxes.length) this.#boxes.lastChild?.remove();
    for (const [at, [rect, look]] of boxes.entries()) {
      const box = (this.#boxes.children[at] as HTMLElement | undefined) ?? this.#boxes.appendChild(document.createElement("div"));
      box.className = `box ${look}`;
      put(box, rect);
    }
  }

  #place(): void {
    this.panel.className = `panel c${this.#corner}`;
  }

  #listen(signal: AbortSignal): void {
    const ours = (event: Event): boolean => event.composedPath().includes(this.panel);
    const silence = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const pointer = (event: Event): void => {
      // a script of the page can make events, too; those are not the seller's
      if (!this.#pointing || !event.isTrusted || ours(event)) return;
      silence(event);
      const { clientX, clientY, type } = event as MouseEvent;
      if (type === "mousemove") this.#heard.hover(elementAt(document, clientX, clientY));
      if (type === "click") {
        const element = elementAt(document, clientX, clientY);
        if (element) this.#heard.choose(element);
      }
    };
    for (const type of POINTER) window.addEventListener(type, pointer, { capture: true, passive: false, signal });
    window.addEventListener(
      "wheel",
      (event) => {
        if (!this.#pointing || ours(event)) return;
        silence(event);
        scrollUnder(elementAt(document, event.clientX, event.clientY), event);
        this.redraw();
      },
      { capture: true, passive: false, signal },
    );
    const key = (event: KeyboardEvent): void => {
      if (!event.isTrusted || event.isComposing || !KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" && ours(event)) return;
      if (event.key !== "Escape" && !this.#pointing) return;
      silence(event);
      if (event.type === "keydown") this.#heard.key(event.key);
    };
    for (const type of ["keydown", "keyup", "keypress"] as const) window.addEventListener(type, key, { capture: true, signal });
    for (const type of [...POINTER, "keydown", "keyup", "keypress", "wheel", "input"]) this.panel.addEventListener(type, (event) => event.stopPropagation(), { signal });
    window.addEventListener("scroll", () => this.redraw(), { capture: true, passive: true, signal });
    window.addEventListener("resize", () => this.redraw(), { signal });
  }
}

function crosses(a: Rect, b: Rect): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function put(box: HTMLElement, { left, top, width, height }: Rect): void {
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
}
