// Other answers for what stands in the bar: asked for when the seller first wants one, then walked through in a circle.

import type { ThreadRef, Translated } from "../shared/protocol.gen";
import type { Host, Other } from "../features/kit/types";

export class Others {
  #text = "";
  #target = "";
  #tone = "";
  #items: Translated[] = [];

  /** The one after `shown`; null when there is no other. Rejects when nobody answers. */
  async after(host: Host, thread: ThreadRef | null, text: string, shown: Translated): Promise<Other | null> {
    const { target, tone = "" } = shown;
    if (text !== this.#text || target !== this.#target || tone !== this.#tone) {
      const params = { item: { ref: "0", text }, source: host.settings.seller_language, target, tone, ...(thread ? { thread } : {}) };
      const answer = await host.ask({ type: "call", method: "translate.others", params });
      if ("error" in answer) throw new Error(answer.error.code);
      this.#items = around(shown, answer.result.items);
      this.#text = text;
      this.#target = target;
      this.#tone = tone;
    }
    const of = this.#items.length;
    const at = (this.#items.findIndex((item) => item.text === shown.text) + 1) % of;
    const item = this.#items[at];
    return item && of > 1 ? { item, at: at + 1, of } : null;
  }
}

/** The one on show first, then those that say it differently. */
export function around(shown: Translated, items: readonly Translated[]): Translated[] {
  return [shown, ...items.filter(({ text }) => text.trim() !== shown.text.trim())];
}
