// Between the background and the card on any page.

import type { Texts } from "../shared/messages";
import type { Translated } from "../shared/protocol.gen";

export interface Setting {
  texts: Texts;
  locale: "zh_CN" | "en";
  /** The seller's own language. */
  seller: string;
}

/** What the seller does with a translation that concerns the background. */
export type Wish = { do: "nothing" } | { do: "language"; language: string };

export interface Anywhere {
  /** Shows that it works; null when there is nothing to translate, which is said. */
  begin(setting: Setting): { writing: boolean; text: string } | null;
  /** Resolves when the seller wants something else, or is done. */
  show(item: Translated): Promise<Wish>;
  fail(key: string, data: Record<string, string>): void;
}
