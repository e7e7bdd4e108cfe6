// Waits for a described page to be drawn. Marketplaces take up to a minute; the watch is light and ends when it has found.

import { drawn, type AnyPage, type Candidate } from "../sites/page";

/** Between two looks at a page that keeps changing. */
const EVERY_MS = 80;
/** A look even when nothing seems to change: shadow roots and frames are not observed from outside. */
const ANYWAY_MS = 2_000;

/** Calls `found` once, when one of the pages this address can be is drawn. */
export function findPage<P extends AnyPage>(window: Window, options: readonly Candidate<P>[], found: (candidate: Candidate<P>) => void, signal: AbortSignal): void {
  if (options.length === 0 || signal.aborted) return;
  const document = window.document;
  let timer = 0;
  let over = false;
  const stop = (): void => {
    over = true;
    observer.disconnect();
    window.clearTimeout(timer);
    window.clearInterval(anyway);
  };
  const look = (): void => {
    timer = 0;
    // the slow look may find the page while a quick one is already on its way: once is once
    if (over || signal.aborted) return;
    const candidate = drawn(options, document);
    if (!candidate) return;
    stop();
    signal.removeEventListener("abort", stop);
    found(candidate);
  };
  const observer = new MutationObserver(() => {
    timer ||= window.setTimeout(look, EVERY_MS);
  });
  const anyway = window.setInterval(look, ANYWAY_MS);
  signal.addEventListener("abort", stop, { once: true });
  observer.observe(document, { childList: true, subtree: true });
  look();
}

export function isTop(window: Window): boolean {
  return window === window.top;
}
