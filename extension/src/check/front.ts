// The card beside marked words, one at a time: it goes where its words go, and away with them.

import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import { beside, type Box } from "./boxes";
import { findingCard, type CardActs } from "./card";
import type { Overlay } from "./overlay";
import type { Acts, Found } from "./view";

/** What was just done is read before the card goes. */
const READ_MS = 1_500;

export class Front {
  #at: { overlay: Overlay; keys: string; found: readonly Found[]; firm: boolean; node: HTMLElement } | null = null;
  #going: ReturnType<typeof setTimeout> | undefined;
  #done: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly t: T,
    private readonly acts: Acts,
  ) {}

  /** `firm`: it stays until it is closed or something else is clicked. */
  open(overlay: Overlay, found: readonly Found[], box: Box, firm: boolean): void {
    const keys = found.map(({ key }) => key).join("\n");
    if (this.#at?.keys === keys && this.#at.overlay === overlay) {
      this.#at.firm ||= firm;
      return;
    }
    this.close();
    const cards = found.map(({ key, finding }, number) => findingCard(this.t, finding, { ...this.#actsFor(key), ...(number === 0 ? { close: () => this.close() } : {}) }));
    const node = h("div", { class: "card", role: "dialog", "aria-label": this.t("editor_title"), part: "card" }, ...cards);
    node.addEventListener("keydown", ({ key, isComposing }) => {
      if (key === "Escape" && !isComposing) this.close();
    });
    fill(overlay.front, node);
    this.#at = { overlay, keys, found, firm, node };
    this.place(box);
  }

  /** The pointer is elsewhere. */
  leave(clicked: boolean): void {
    if (this.#at && (clicked || !this.#at.firm) && !this.#isUsed()) this.close();
  }

  /** Words shown here, with the document they are drawn over. */
  get shown(): { overlay: Overlay; keys: readonly string[] } | null {
    return this.#at && { overlay: this.#at.overlay, keys: this.#at.found.map(({ key }) => key) };
  }

  /** Where its words are now; null = they are not seen, or gone. */
  place(box: Box | null): void {
    if (!this.#at) return;
    if (!box) {
      if (!this.#isUsed()) this.#going ??= setTimeout(() => this.close(), READ_MS);
      return;
    }
    clearTimeout(this.#going);
    this.#going = undefined;
    const { node, overlay } = this.#at;
    const page = overlay.document.documentElement;
    const { width, height } = node.getBoundingClientRect();
    const { left, top } = beside(box, { width, height }, { width: page.clientWidth, height: page.clientHeight });
    node.style.setProperty("left", `${left}px`);
    node.style.setProperty("top", `${top}px`);
  }

  close(): void {
    clearTimeout(this.#going);
    this.#going = undefined;
    clearTimeout(this.#done);
    if (this.#at) fill(this.#at.overlay.front);
    this.#at = null;
  }

  /** What was done is done: the card goes. */
  #actsFor(key: string): CardActs {
    const { repair, waive, ...rest } = this.acts.card(key);
    const ending = async (work: Promise<string>): Promise<string> => {
      const said = await work;
      if (said === "" && this.#at?.found.length === 1) this.#done = setTimeout(() => this.close(), READ_MS);
      return said;
    };
    return { ...rest, repair: repair && ((text) => ending(repair(text))), waive: waive && ((reason, everywhere) => ending(waive(reason, everywhere))) };
  }

  /** A reason is being written: nothing takes it away. */
  #isUsed(): boolean {
    return this.#at?.node.querySelector("textarea") != null;
  }
}
