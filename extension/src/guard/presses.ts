// Every key and every press of a page before the page hears it: which of them may send, and what belongs to one that was
// kept back.

import type { Page } from "../features/kit/types";
import { isModifier, isSendKey } from "../sites/guarding";
import type { Guard } from "./guard";
import { press, pressEnter } from "./press";

export class Presses {
  /** An Enter that was kept back or answered the dialog is still down: its repeats and its release are no other press. */
  #enterDown = false;
  /** A press on Send was kept back: so is all of it that follows. */
  #pressDown = false;

  constructor(
    private readonly page: Pick<Page, "composer">,
    private readonly guard: Pick<Guard, "repeating" | "holding" | "letGo" | "inDialog" | "keeps">,
  ) {}

  hear(event: Event): void {
    if (this.guard.repeating) return;
    if (event.type === "keydown") this.#onKey(event as KeyboardEvent);
    else if (event.type === "keypress" || event.type === "keyup") this.#onRelease(event as KeyboardEvent);
    else this.#onPress(event);
  }

  #onKey(event: KeyboardEvent): void {
    const enter = event.key === "Enter";
    if (this.guard.inDialog(event)) {
      this.#enterDown ||= enter;
      return;
    }
    if (enter && event.repeat && this.#enterDown) return stop(event);
    if (this.guard.holding && isSendKey(event)) {
      this.#enterDown = true;
      return stop(event);
    }
    if (enter) this.#enterDown = false;
    // the seller writes on: what was written before goes out before this key counts
    if (!isModifier(event)) this.guard.letGo();
    if (!isSendKey(event)) return;
    const composer = this.page.composer();
    if (!composer || !event.composedPath().includes(composer.field)) return;
    const { ctrlKey, metaKey } = event;
    if (!this.guard.keeps(composer, ({ field }) => pressEnter(field, { ctrlKey, metaKey }))) return;
    stop(event);
    this.#enterDown = true;
  }

  #onRelease(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !this.#enterDown) return;
    const release = event.type === "keyup";
    // a button in the dialog is pressed by what follows the key
    if (release || !this.guard.inDialog(event)) stop(event);
    if (release) this.#enterDown = false;
  }

  #onPress(event: Event): void {
    if (this.guard.inDialog(event)) return;
    const begins = event.type === "pointerdown" || event.type === "mousedown";
    const click = event.type === "click";
    // made by a key or a script: no part of a pointer's press
    const alone = click && (event as MouseEvent).detail === 0;
    if (event.type === "pointerdown" || alone) this.#pressDown = false;
    if (!begins && !click && !this.#pressDown) return;
    // other buttons open menus
    if ((event as MouseEvent).button > 0) return;
    const composer = this.page.composer();
    if (!composer?.send || !event.composedPath().includes(composer.send)) {
      if (begins) this.guard.letGo();
      return;
    }
    const kept = this.#pressDown || this.guard.holding || this.guard.keeps(composer, ({ send }) => send && press(send, click));
    if (!kept) return;
    stop(event);
    this.#pressDown = !click;
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
