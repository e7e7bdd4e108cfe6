// Notices, figures, orders, reviews, returns: captured when the page is settled and again when it changed; the companion
// reads the capture (DESIGN §3). Of orders it keeps what was seen and when, nothing else.

import type { PageReading } from "../shared/messages";
import type { PageFound } from "../shared/protocol.gen";
import { due, hasChanged, type Pace } from "./pace";
import { telling } from "./tell";
import type { Open, Tell } from "./types";

/** How often it is asked whether a look is due. */
const TICK_MS = 300;
/** After an answer that says "later", or none at all. */
const AGAIN_MS = 5_000;

export const readDocument: Open = (host, page, signal) => {
  const { document } = page;
  const window = document.defaultView as Window;
  const pace: Pace = { found: performance.now(), looked: null, changed: null, bad: null };
  const own = `${page.marketplace.name}/${page.spec.id}`;
  const tellers = new Map<string, Tell>([[own, page.tell]]);
  let busy = false;
  let rest = 0;
  // at once: which page this is does not wait for the companion
  page.tell({ lost: [], counts: {} });

  const observer = new MutationObserver(() => {
    const now = performance.now();
    pace.changed = { first: pace.changed?.first ?? now, last: now };
  });
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  const timer = setInterval(() => void look(), TICK_MS);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearInterval(timer);
  });

  async function look(): Promise<void> {
    const now = performance.now();
    // a page nobody sees is not worth its while, and browsers draw it late
    if (busy || document.hidden || host.state.link !== "ready" || now < rest || now < due(pace)) return;
    busy = true;
    const { changed } = pace;
    pace.changed = null;
    try {
      const answer = await host.ask({ type: "read" });
      if (signal.aborted) return;
      if ("result" in answer) take(answer.result);
      else if (answer.error.retryable) later(changed);
      else pace.looked = performance.now();
    } catch {
      later(changed); // the background is restarting, or gone, which the life-cycle notices
    } finally {
      busy = false;
    }
  }

  /** What had changed before still waits for its look. */
  function later(changed: Pace["changed"]): void {
    rest = performance.now() + AGAIN_MS;
    if (changed) pace.changed = { first: changed.first, last: pace.changed?.last ?? changed.last };
  }

  function take({ pages, whole }: PageReading): void {
    const now = performance.now();
    pace.looked = now;
    // of a page that is cut short nobody knows what is missing
    const bad = whole && pages.some(({ lost }) => lost.length > 0);
    pace.bad = bad ? (pace.bad ?? now) : null;
    for (const found of pages) {
      const name = nameOf(found);
      if (!tellers.has(name)) tellers.set(name, telling(host, window, name, signal));
      tellers.get(name)?.({ lost: whole && hasChanged(pace.bad, now) ? found.lost : [], counts: whole ? found.counts : {} });
    }
    // of several pages one address can be, the companion knows best which it is
    for (const [name, tell] of tellers) if (!pages.some((found) => nameOf(found) === name)) tell(null);
  }
};

function nameOf({ marketplace, page }: PageFound): string {
  return `${marketplace}/${page}`;
}
