// Says at the bar that the message before went out without being checked: until another one left, or another buyer is read.

import type { Host } from "../features/kit/types";
import { h } from "../shared/dom";
import { sameThread, type Identity } from "../sites/identity";

export class Unchecked {
  /** Has the looks of the bar's own line. */
  readonly node = h("div", { class: "note warn", part: "unchecked", role: "status", hidden: true });
  readonly #h: Host;
  readonly #growing: () => void;
  #about: Identity | null = null;

  /** `growing`: the bar is about to become higher or lower. */
  constructor(host: Host, growing: () => void) {
    this.#h = host;
    this.#growing = growing;
  }

  /** A message has left a conversation. */
  left(meant: Identity, checked: boolean): void {
    this.#about = checked ? null : meant;
    this.look(meant);
  }

  /** `now`: the conversation that is read. */
  look(now: Identity): void {
    const text = this.#about && sameThread(this.#about, now) ? this.#h.t("guard_unchecked") : "";
    if (this.node.textContent === text) return;
    this.#growing();
    this.node.textContent = text;
    this.node.hidden = text === "";
  }
}
