// Draws the marks of all fields over their documents, and opens the card at the one the pointer rests on.

import type { T } from "../shared/i18n";
import { holds, type Box } from "./boxes";
import type { Fields } from "./fields";
import { Front } from "./front";
import type { Mark } from "./marks";
import { Overlay } from "./overlay";
import { followPointer } from "./pointer";
import type { Reviewer } from "./reviewer";
import type { Acts, Found } from "./view";
import type { Stretch, Watched } from "./watched";

/** Marks at one place, and what they stand for. */
interface Hit {
  id: string;
  found: Found[];
  box: Box;
}

export class Painter {
  readonly #overlays = new Map<Document, Overlay>();
  readonly #drawn = new Map<Watched, readonly Stretch[]>();
  readonly #front: Front;
  #under: Hit | null = null;

  constructor(
    private readonly t: T,
    private readonly fields: Fields,
    private readonly reviewer: Reviewer,
    acts: Acts,
    private readonly signal: AbortSignal,
  ) {
    this.#front = new Front(t, acts);
  }

  /** The overlay of a document; a frame has its own. */
  over(document: Document): Overlay {
    const known = this.#overlays.get(document);
    if (known) return known;
    const made = new Overlay(document, this.signal);
    this.#overlays.set(document, made);
    const open = ({ found, box }: Hit, firm: boolean): void => this.#front.open(made, found, box, firm);
    followPointer(document, made.host, { find: (x, y) => this.#at(document, x, y), open, leave: (clicked) => this.#front.leave(clicked) }, this.signal);
    return made;
  }

  /** Back in the page where that threw it out. */
  stand(): void {
    for (const overlay of this.#overlays.values()) overlay.stand();
  }

  forget(watched: Watched): void {
    this.over(watched.field.ownerDocument).forget(watched);
    this.#drawn.delete(watched);
  }

  /** Fields that changed or moved; `all`: also those that may only have been covered. */
  paint(all: boolean): void {
    for (const watched of this.fields.all) {
      if (watched.stale) watched.read();
      watched.stale = false;
      const open = watched.open.length;
      if (open === 0 ? this.#drawn.has(watched) : all || watched.isOther()) this.#paintOne(watched, open, all);
    }
    this.#follow();
  }

  #paintOne(watched: Watched, open: number, all: boolean): void {
    const overlay = this.over(watched.field.ownerDocument);
    overlay.mirror(watched);
    const look = open > 0 ? watched.look(all) : null;
    if (open > 0) this.#drawn.set(watched, look?.stretches ?? []);
    else this.#drawn.delete(watched);
    const press = (): void => this.#front.open(overlay, this.reviewer.foundIn(watched), overlay.countBox(watched), true);
    overlay.draw(watched, look, { label: this.t("editor_mark", { name: watched.subject.name, count: open }), press });
  }

  /** The card stays with its words. */
  #follow(): void {
    const { shown } = this.#front;
    if (!shown) return;
    const at = this.reviewer.markOf(shown.keys[0] ?? "");
    const stretch = at && this.#drawn.get(at.watched)?.find(({ mark }) => mark.key === at.mark.key);
    const isWhole = at !== null && at.mark.start === at.mark.end;
    this.#front.place(stretch?.box ?? (isWhole ? shown.overlay.countBox(at.watched) : null));
  }

  /** The same object for the same marks, so that resting on them is told from going on to others. */
  #at(document: Document, x: number, y: number): Hit | null {
    for (const [watched, stretches] of this.#drawn) {
      if (watched.field.ownerDocument !== document) continue;
      const hits = stretches.filter(({ box }) => holds(box, x, y));
      const [first] = hits;
      if (!first) continue;
      const marks = new Set<Mark>(hits.map(({ mark }) => mark));
      const found = this.reviewer.foundIn(watched, (mark) => marks.has(mark));
      const id = found.map(({ key }) => key).join("\n");
      if (this.#under?.id !== id) this.#under = { id, found, box: first.box };
      return this.#under;
    }
    this.#under = null;
    return null;
  }
}
