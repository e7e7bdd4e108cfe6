// Keeps the bar at the composer, whatever the page does around it.

import { restyle } from "../../shared/dom";
import { blockOf, fits, inView, standOver } from "./barplace";
import type { Bar } from "./bar";
import { rowDetector } from "./place";
import { EndKeeper } from "./scroll";
import { Stubborn } from "./stubborn";
import { themeAt } from "./theme";
import type { Page } from "./types";
import { coalesced } from "./work";

export class BarStand {
  readonly #page: Page;
  readonly #bar: Bar;
  readonly #inRow = rowDetector();
  readonly #quarrel = new Stubborn();
  readonly #again: () => void;
  readonly #end: EndKeeper;
  #block: Element | null = null;
  #over = false;

  constructor(page: Page, bar: Bar, signal: AbortSignal) {
    this.#page = page;
    this.#bar = bar;
    this.#end = new EndKeeper(signal);
    this.#again = coalesced(() => this.stand(), signal);
    const view = page.document.defaultView;
    view?.addEventListener("resize", () => this.#reconsider(), { signal });
    view?.addEventListener("scroll", () => this.#over && this.#again(), { signal, capture: true, passive: true });
    // wiped while nobody writes messages: the rows' observer sees only the list
    const timer = setInterval(() => {
      page.composer();
      this.stand();
    }, 1_500);
    // put back before the next key: what is typed into a field that is not there is lost
    const observer = new MutationObserver(() => {
      if (!bar.host.isConnected) this.stand();
    });
    this.#watch = (parent) => {
      observer.disconnect();
      observer.observe(parent, { childList: true });
    };
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      observer.disconnect();
    });
  }

  readonly #watch: (parent: Node) => void;

  /** Before the bar changes its size. */
  touch(): void {
    this.#end.watch(this.#page.snapshot?.rows.at(-1)?.element ?? null);
    this.#end.touch();
  }

  stand(): void {
    const { document } = this.#page;
    // before the rows are known the list could not be kept at its end
    if (!this.#page.snapshot) return;
    const composer = this.#page.lastComposer();
    if (!composer) {
      this.#bar.host.remove();
      this.#block = null;
      return;
    }
    const block = blockOf(document, this.#page.spec, composer, this.#inRow);
    if (this.#over) {
      if (!this.#bar.host.isConnected) this.#putBack(() => document.body.append(this.#bar.host));
      standOver(this.#bar.host, block);
      this.#block = block;
      return;
    }
    if (block === this.#block && block.previousElementSibling === this.#bar.host) return;
    this.#block = block;
    const wasInView = inView(composer.field, document.defaultView ?? window);
    this.touch();
    if (!this.#bar.host.isConnected) this.#end.measure();
    if (!this.#putBack(() => block.before(this.#bar.host))) return;
    this.#bar.theme(themeAt(block.parentElement));
    if (hasLayout(document) && !fits(this.#bar.host, composer.field, wasInView)) this.#liftOver(block);
  }

  /** Into the page; the seller's place in the text survives. Gives whether it was done now. */
  #putBack(insert: () => void): boolean {
    const wait = this.#bar.host.isConnected ? 0 : this.#quarrel.wait(performance.now());
    if (wait) {
      setTimeout(this.#again, wait);
      return false;
    }
    const { input } = this.#bar;
    const { selectionStart, selectionEnd } = input;
    const had = this.#hadFocus();
    insert();
    restyle(this.#bar.host);
    if (this.#bar.host.parentNode) this.#watch(this.#bar.host.parentNode);
    if (had) {
      input.focus({ preventScroll: true });
      input.setSelectionRange(selectionStart, selectionEnd);
    }
    return true;
  }

  #focused = false;

  /** A node that is taken out loses focus without a word; the last thing we heard counts if nothing else has it now. */
  #hadFocus(): boolean {
    const { input } = this.#bar;
    if (!this.#listening) {
      this.#listening = true;
      input.addEventListener("focus", () => (this.#focused = true));
      // a blur by removal comes while the field is still connected; a moment later it tells itself apart
      input.addEventListener("blur", () => queueMicrotask(() => (this.#focused = !input.isConnected || this.#bar.host.shadowRoot?.activeElement === input)));
    }
    const { activeElement, body } = this.#page.document;
    return this.#focused && (activeElement === null || activeElement === body || activeElement === this.#bar.host);
  }

  #listening = false;

  #liftOver(block: Element): void {
    this.#over = true;
    this.#bar.host.classList.add("over");
    this.#page.document.body.append(this.#bar.host);
    standOver(this.#bar.host, block);
  }

  /** Another size may give room in the flow again. */
  #reconsider(): void {
    if (this.#over) {
      this.#over = false;
      this.#bar.host.classList.remove("over");
      this.#bar.host.removeAttribute("style");
      this.#block = null;
    }
    this.#again();
  }
}

function hasLayout(document: Document): boolean {
  return document.documentElement.getClientRects().length > 0;
}
