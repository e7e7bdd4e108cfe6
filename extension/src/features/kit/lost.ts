// What of a page is no longer found; the toolbar hears of it too, because a page without a composer has no bar to say it.

import { missing } from "../../sites/health";
import type { Host, Page } from "./types";
import { pause } from "./work";

/** A page that still misses something after this long has changed; until it is whole again we keep looking. */
const HEALTH_MS = 8_000;

/** Calls `tell` with the fields not found when they change, [] once all are there again. */
export async function watchLost(host: Host, page: Page, tell: (lost: string[]) => void, signal: AbortSignal): Promise<void> {
  let lost: string[] = [];
  const mark = (changed: boolean): void => void host.ask({ type: "health", changed }).catch(() => undefined);
  host.onChange(() => lost.length && mark(true), signal);
  do {
    await pause(HEALTH_MS, signal);
    const url = new URL((page.document.defaultView ?? window).location.href);
    const odd = page.spec.shapes?.length ? await host.part("shape").catch(() => null) : null;
    const now = signal.aborted ? [] : [...new Set([...missing(page.spec, { document: page.document, url }).map(({ field }) => field), ...(odd?.(page.spec, page.document) ?? [])])];
    if (now.join() === lost.join()) continue;
    if (!now.length !== !lost.length) mark(now.length > 0);
    lost = now;
    if (!signal.aborted) tell(lost);
  } while (lost.length);
}
