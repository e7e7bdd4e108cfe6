// What the seller has pointed at so far. Pages draw anew at any time: an element that went is found again by its names.

import { matches } from "../sites/query";
import { reach } from "./select";
import type { StepId } from "./steps";
import { said } from "./tree";

interface Sample {
  element: Element;
  ways: string[];
  text: string;
}

export class Samples {
  readonly #known = new Map<StepId, Sample>();

  set(id: StepId, element: Element | null): void {
    if (element) this.#known.set(id, { element, ways: reach(element, 6).map(({ css }) => css), text: said(element) });
    else this.#known.delete(id);
  }

  has(id: StepId): boolean {
    return this.#known.has(id);
  }

  get(id: StepId): Element | null {
    const sample = this.#known.get(id);
    if (!sample) return null;
    if (!sample.element.isConnected) {
      const again = sample.ways.flatMap((css) => matches(document, css)).find((each) => said(each) === sample.text);
      if (!again) return null;
      sample.element = again;
    }
    return sample.element;
  }

  get size(): number {
    return this.#known.size;
  }
}
