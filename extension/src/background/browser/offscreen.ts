// The offscreen page: made when it is needed, closed by itself when idle. Firefox has none.

import type { OffscreenRequests } from "../../shared/translator";

const PAGE = "translator.html";
/** A page that closed itself just as it was asked is made anew, once. */
const TRIES = 2;

export interface Asks {
  /** Null: this browser has no such page, or no answer came within `ms`. Never rejects. */
  ask<K extends keyof OffscreenRequests>(type: K, data: OffscreenRequests[K]["ask"], ms: number): Promise<OffscreenRequests[K]["answer"] | null>;
}

export class Offscreen implements Asks {
  private making: Promise<void> | undefined;

  async ask<K extends keyof OffscreenRequests>(type: K, data: OffscreenRequests[K]["ask"], ms: number): Promise<OffscreenRequests[K]["answer"] | null> {
    if (!chrome.offscreen) return null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
    try {
      return await Promise.race([this.answer(type, data), late]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private async answer<K extends keyof OffscreenRequests>(type: K, data: OffscreenRequests[K]["ask"]): Promise<OffscreenRequests[K]["answer"] | null> {
    for (let tries = 0; tries < TRIES; tries++) {
      await (this.making ??= this.make().finally(() => (this.making = undefined)));
      // rejects when nobody is there, and answers nothing when only other pages heard it
      const answer: unknown = await chrome.runtime.sendMessage({ type, ...data }).catch(() => undefined);
      if (answer !== undefined && answer !== null) return answer as OffscreenRequests[K]["answer"];
    }
    return null;
  }

  private async make(): Promise<void> {
    const there = await chrome.runtime.getContexts({ contextTypes: ["OFFSCREEN_DOCUMENT"] });
    if (there.length) return;
    // no reason on the browser's list names a translator; of those it has, the one for interfaces that only pages have
    await chrome.offscreen.createDocument({ url: PAGE, reasons: ["DOM_PARSER"], justification: "The browser's built-in translator works in pages only; it translates messages on this computer." });
  }
}
