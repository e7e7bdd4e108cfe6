// send-guard: nothing goes out by accident. Every Enter and every press on Send is shown to a part that may keep it back;
// until that is there, and whatever goes wrong in it, sending passes.

import type { Host, Page } from "./kit/types";
import { pause } from "./kit/work";

export interface Guard {
  /** Watch a page's composer until the signal aborts; before and after everything passes. */
  arm(host: Host, page: Page, signal: AbortSignal): void;
}

/** All events of one press, so that a page that sends on release does not send either. */
const PRESS = ["keydown", "keypress", "keyup", "pointerdown", "mousedown", "pointerup", "mouseup", "click", "touchend"];
/** Until the part is asked for again where it could not be had. */
const AGAIN_MS = 1_000;

/** Must be called before the page's own scripts run: listeners of one target are called in order of registration. */
export function listen(window: Window, signal: AbortSignal): Guard {
  let hear: ((event: Event) => void) | null = null;
  for (const type of PRESS) window.addEventListener(type, safely, { capture: true, signal });

  /** Whatever breaks in there must not keep a message back. */
  function safely(event: Event): void {
    try {
      hear?.(event);
    } catch (error) {
      hear = null;
      console.error("Seabridge: send-guard", error);
    }
  }

  return {
    async arm(host, page, until) {
      while (!until.aborted) {
        const guard = await host.part("guard").catch(() => null);
        if (until.aborted) return;
        if (guard) {
          const mine = guard(host, page, window, until);
          hear = mine;
          until.addEventListener("abort", () => {
            if (hear === mine) hear = null;
          });
          return;
        }
        // the background is just starting over
        await pause(AGAIN_MS, until);
      }
    },
  };
}
