// What is drawn over a document of the page, in a host of ours: underlines, a count at each field, and the card.

import { makeHost, keepKeys } from "../features/kit/root";
import { themeAt } from "../features/kit/theme";
import { fill, h } from "../shared/dom";
import type { Box } from "./boxes";
import { LOOKS } from "./looks";
import { gravest } from "./finding";
import type { Stretch, Watched } from "./watched";

/** What the count of a field says, and does when pressed. */
export interface Count {
  label: string;
  press: () => void;
}

export class Overlay {
  readonly host: HTMLElement;
  /** Where the card stands, and the list of all findings. */
  readonly front = h("div", {});
  readonly side = h("div", {});
  readonly #mirrors = h("div", { class: "mirrors", "aria-hidden": "true" });
  readonly #layers = new Map<Watched, Layer>();
  readonly #frame: HTMLElement;

  constructor(
    readonly document: Document,
    signal: AbortSignal,
  ) {
    const made = makeHost(document, "check", LOOKS);
    this.host = made.host;
    keepKeys(this.host, signal);
    this.#frame = h("div", { class: "sb" }, this.#mirrors, this.front, this.side);
    made.root.append(this.#frame);
    signal.addEventListener("abort", () => this.host.remove(), { once: true });
    this.stand();
  }

  /** In the page, in its colours; some pages throw away what they did not make. */
  stand(): void {
    if (!this.host.isConnected) this.document.documentElement.append(this.host);
    this.#frame.className = `sb ${themeAt(this.document.body)}`;
  }

  /** The stretches of a field as they stand now; null = it is not seen. */
  draw(watched: Watched, look: { seen: Box; stretches: readonly Stretch[] } | null, count: Count): void {
    let layer = this.#layers.get(watched);
    if (!look || watched.open.length === 0) {
      layer?.hide();
      return;
    }
    if (!layer) {
      layer = new Layer();
      this.#layers.set(watched, layer);
      this.#frame.insertBefore(layer.node, this.front);
      this.#frame.insertBefore(layer.count, this.front);
    }
    layer.draw(watched, look.seen, look.stretches, count);
  }

  /** Where the count of a field stands. */
  countBox(watched: Watched): Box {
    return (this.#layers.get(watched)?.count ?? this.host).getBoundingClientRect();
  }

  /** A field's text is laid out here while it is marked. */
  mirror({ mirror }: Watched): void {
    if (mirror && mirror.node.parentNode !== this.#mirrors) this.#mirrors.append(mirror.node);
  }

  forget(watched: Watched): void {
    const layer = this.#layers.get(watched);
    layer?.node.remove();
    layer?.count.remove();
    watched.mirror?.node.remove();
    this.#layers.delete(watched);
  }
}

/** The underlines of one field, cut off where the field is, and its count at the upper corner. */
class Layer {
  readonly node = h("div", { class: "layer", part: "marks", "aria-hidden": "true" });
  readonly count = h("button", { type: "button", class: "count", part: "count" });
  #drawn = "";
  #press: () => void = () => undefined;

  constructor() {
    this.count.addEventListener("click", () => this.#press());
    // the caret stays where the seller writes
    this.count.addEventListener("mousedown", (event) => event.preventDefault());
  }

  hide(): void {
    this.node.hidden = true;
    this.count.hidden = true;
    fill(this.node);
    this.#drawn = "";
  }

  draw(watched: Watched, seen: Box, stretches: readonly Stretch[], { label, press }: Count): void {
    this.#press = press;
    this.node.hidden = false;
    this.count.hidden = false;
    put(this.node, seen);
    this.count.style.setProperty("left", `${Math.max(seen.left, seen.right - 28)}px`);
    this.count.style.setProperty("top", `${Math.max(1, seen.top - 14)}px`);
    const level = gravest(watched.open.map(({ finding }) => finding));
    // whole boxes: a line that is cut off has no underline at the edge, but one that is out of sight
    const within = stretches.map(({ mark, whole }) => ({ level: mark.finding.level, box: { left: whole.left - seen.left, top: whole.top - seen.top, right: whole.right - seen.left, bottom: whole.bottom - seen.top } }));
    const lines = within.map(({ level: own, box }) => [own, box.left, box.top, box.right, box.bottom].join(" "));
    const now = `${level} ${label} ${watched.subject.id}\n${lines.join("\n")}`;
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.count.className = `count ${level}`;
    this.count.textContent = String(watched.open.length);
    this.count.setAttribute("aria-label", label);
    this.count.title = label;
    this.node.setAttribute("data-field", watched.subject.id);
    fill(this.node, ...within.map(({ level: own, box }) => line(own, box)));
  }
}

function line(level: string, box: Box): HTMLElement {
  const node = h("i", { class: level });
  put(node, box);
  return node;
}

function put(node: HTMLElement, { left, top, right, bottom }: Box): void {
  for (const [name, value] of [["left", left], ["top", top], ["width", right - left], ["height", bottom - top]] as const) node.style.setProperty(name, `${value}px`);
}
