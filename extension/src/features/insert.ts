// insert: the service that puts a text into the composer. What does it comes as a part, when the seller first needs it.

import { OURS } from "../sites/text";
import { copy } from "./kit/copy";
import type { Host, Page } from "./kit/types";

export function init(host: Host, page: Page, signal: AbortSignal): void {
  let busy = false;
  page.services.insert = async (request) => {
    if (busy) return { done: false, why: "busy", copied: false };
    busy = true;
    try {
      const insert = await host.part("insert").catch(() => null);
      return insert ? await insert(host, page, request, signal) : { done: false, why: "not_taken", copied: await copy(request.text) };
    } finally {
      busy = false;
    }
  };
  // whoever comes to the bar will insert soon
  const early = (event: Event): void => {
    if (!(event.target as Element).hasAttribute?.(OURS)) return;
    page.document.removeEventListener("focusin", early);
    host.part("insert").catch(() => undefined); // asked for again when it is needed
  };
  page.document.addEventListener("focusin", early, { signal });
  signal.addEventListener("abort", () => delete page.services.insert);
}
