// What of a page is no longer found. What judges it comes as a part: a page has to stand for a while first, anyway.

import type { Host, Page, Parts } from "./types";
import { pause } from "./work";

/** The background may be restarting; the page is watched as soon as the part can be had. */
const AGAIN_MS = 3_000;

/** Calls `tell` with the fields not found when they change, [] once all are there again. */
export async function watchLost(host: Host, page: Page, tell: (lost: string[]) => void, signal: AbortSignal): Promise<void> {
  let health: Parts["health"] | null = null;
  while (!health && !signal.aborted) {
    health = await host.part("health").catch(() => null);
    if (!health) await pause(AGAIN_MS, signal);
  }
  await health?.watch(
    host,
    page,
    (lost, doubtful) => {
      page.doubted = doubtful || lost.some((field) => /^(root|identity|composer)/.test(field));
      tell(lost);
    },
    signal,
  );
}
