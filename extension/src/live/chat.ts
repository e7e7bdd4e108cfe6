// Is a conversation still understood? Judged as strictly as a saved one, in pieces, and said to toolbar and popup.

import type { Host, Page } from "../features/kit/types";
import { inPieces, pause } from "../features/kit/work";
import { examine, type Health } from "../sites/health";
import { misfits } from "../sites/misfits";
import { telling } from "./tell";

/** A page that still misses something after this long has changed. */
const HEALTH_MS = 8_000;
/** A page that was well is looked at again now and then: back-ends change under an open tab, too. */
const AGAIN_MS = 30_000;

/** The verdict on what stands there now; null when the signal aborted first. */
export async function look(page: Page, signal: AbortSignal): Promise<Health | null> {
  const verdicts: Health[] = [];
  const url = new URL((page.document.defaultView ?? window).location.href);
  await inPieces(examine(page.spec, { document: page.document, url }, (verdict) => verdicts.push(verdict)), () => undefined, signal);
  const [health] = verdicts;
  return health ? withMisfits(page, health) : null;
}

/** What is found, but built unlike what the seller pointed at, may be anything. */
function withMisfits({ spec, document }: Page, { missing, doubtful }: Health): Health {
  const odd = misfits(spec, document).map((field) => ({ field, found: 0, min: 1, max: 0 }));
  return { missing: [...missing, ...odd], doubtful: doubtful || odd.length > 0 };
}

/** Calls `tell` with each verdict that differs from the one before: the fields not found, [] once all are there again. */
export async function watch(host: Host, page: Page, tell: (lost: string[], doubtful: boolean) => void, signal: AbortSignal): Promise<void> {
  const say = telling(host, page.document.defaultView ?? window, `${page.marketplace.name}/${page.spec.id}`, signal);
  let lost: string[] = [];
  // which page this is does not wait for the verdict
  say({ lost, counts: { messages: page.snapshot?.rows.length ?? 0 } });
  for (let wait = HEALTH_MS, first = true; !signal.aborted; first = false) {
    await pause(wait, signal);
    const health = await look(page, signal);
    if (signal.aborted) return;
    if (!health) continue;
    const now = [...new Set(health.missing.map(({ field }) => field))];
    // later on a bad look may fall into a change of conversation; only the second one counts
    const sure = now.length === 0 || first || lost.length > 0 || wait === HEALTH_MS;
    wait = now.length ? HEALTH_MS : AGAIN_MS;
    if (!sure) continue;
    say({ lost: now, counts: { messages: page.snapshot?.rows.length ?? 0 } });
    if (now.join() === lost.join()) continue;
    lost = now;
    tell(lost, health.doubtful);
  }
}
