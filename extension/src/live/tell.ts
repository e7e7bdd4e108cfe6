// Toolbar and popup hear which page stands here and what was read of it, and when it is gone.

import type { Host } from "../features/kit/types";
import type { SightRequest } from "../shared/messages";
import type { LivePage } from "./types";

/** A teller for one page; what it said last is taken back when the signal aborts. */
export function telling(host: Host, window: Window, description: string, signal: AbortSignal): LivePage["tell"] {
  let said = "";
  let read: SightRequest["read"] = null;
  const send = (): void => {
    const now = JSON.stringify(read);
    if (now === said) return;
    said = now;
    // a worker that is just starting over hears it with the next change
    host.ask({ type: "sight", description, read }).catch(() => (said = ""));
  };
  const leave = (): void => {
    if (!said) return;
    said = "";
    host.ask({ type: "sight", description, read: null }).catch(() => undefined);
  };
  // a document that the browser keeps for "back" is not what the tab shows; when it comes back, it is
  window.addEventListener("pagehide", leave, { signal });
  window.addEventListener("pageshow", send, { signal });
  host.onChange(send, signal);
  signal.addEventListener("abort", leave, { once: true });
  return ({ lost, counts }) => {
    if (signal.aborted) return;
    read = { lost: [...lost], counts };
    send();
  };
}
