// The fields of the editor that are followed, each as long as its element is there.

import type { ListingAtHand } from "../features/kit/types";
import type { T } from "../shared/i18n";
import { subjectsOf } from "./subjects";
import { Watched } from "./watched";

export class Fields {
  #all: Watched[] = [];

  constructor(
    private readonly listing: Pick<ListingAtHand, "spec" | "document">,
    private readonly t: T,
  ) {}

  /** In the order a buyer reads them. */
  get all(): readonly Watched[] {
    return this.#all;
  }

  /** Finds them anew; a field that stays keeps its marks. */
  look(): { gone: Watched[]; come: Watched[] } {
    const before = this.#all;
    const come: Watched[] = [];
    this.#all = subjectsOf(this.listing.spec, this.listing.document, this.t).map((subject) => {
      const known = before.find(({ field }) => field === subject.field);
      if (known) {
        known.subject = subject;
        return known;
      }
      const made = new Watched(subject);
      come.push(made);
      return made;
    });
    return { gone: before.filter((watched) => !this.#all.includes(watched)), come };
  }

  /** The field an event came from. */
  holding(path: readonly EventTarget[]): Watched | null {
    return this.#all.find(({ field }) => path.includes(field)) ?? null;
  }

  /** Reads them all, as nobody reports what a script writes into one; whether any says something else. */
  recheck(): boolean {
    let changed = false;
    for (const watched of this.#all) changed = watched.read() || changed;
    return changed;
  }

  /** Styles around them may be others. */
  relook(): void {
    for (const watched of this.#all) if (watched.marks.length > 0) watched.relook();
  }
}
