// The life of the pages in a frame: found when drawn, left when taken down or when the address is no longer theirs.

import { onAddress } from "../content/address";
import { findPage, isTop } from "../content/finder";
import type { Host } from "../features/kit/types";
import type { Marketplace } from "../shared/protocol.gen";
import { others, type Candidate, type OtherPage } from "../sites/page";
import { find } from "../sites/query";
import { KINDS } from "./kinds";
import { telling } from "./tell";
import type { LivePage, Open } from "./types";

/** How soon it is seen that a page was taken down without a change of the address. */
const GONE_MS = 2_000;

/** Read every page but conversations in this frame until the signal aborts. `marketplaces` gives the latest. */
export function readPages(host: Host, window: Window, marketplaces: () => readonly Marketplace[], signal: AbortSignal): void {
  let shown = "";
  let known = "";
  let stay = new AbortController();
  const enter = (): void => {
    const options = others(marketplaces(), new URL(window.location.href), isTop(window));
    known = JSON.stringify(marketplaces());
    stay.abort();
    stay = new AbortController();
    shown = named(options);
    const visit = AbortSignal.any([signal, stay.signal]);
    for (const [open, own] of byModule(options)) watch(host, window, open, own, visit);
  };
  host.onPush((push) => push.type === "pages" && JSON.stringify(marketplaces()) !== known && enter(), signal);
  onAddress(window, () => named(others(marketplaces(), new URL(window.location.href), isTop(window))) !== shown && enter(), signal);
  enter();
}

/** Find one of the pages, read it while it stands there, then look for the next. */
function watch(host: Host, window: Window, open: Open, options: readonly Candidate<OtherPage>[], visit: AbortSignal): void {
  findPage(
    window,
    options,
    ({ marketplace, page: spec }) => {
      const stay = new AbortController();
      const signal = AbortSignal.any([visit, stay.signal]);
      const { document } = window;
      const page: LivePage = {
        marketplace,
        spec,
        document,
        place: () => ({ document, url: new URL(window.location.href) }),
        tell: telling(host, window, `${marketplace.name}/${spec.id}`, signal),
      };
      const timer = setInterval(() => {
        if (find(document, spec.root)) return;
        stay.abort();
        watch(host, window, open, options, visit);
      }, GONE_MS);
      signal.addEventListener("abort", () => clearInterval(timer), { once: true });
      try {
        open(host, page, signal);
      } catch (error) {
        // one that fails does not take the others with it
        console.error(`Seabridge: ${spec.page}`, error);
      }
    },
    visit,
  );
}

function byModule(options: readonly Candidate<OtherPage>[]): Map<Open, Candidate<OtherPage>[]> {
  const found = new Map<Open, Candidate<OtherPage>[]>();
  for (const option of options) {
    const open = KINDS[option.page.page];
    found.set(open, [...(found.get(open) ?? []), option]);
  }
  return found;
}

function named(options: readonly Candidate<OtherPage>[]): string {
  return options.map(({ marketplace, page }) => `${marketplace.name}/${page.id}`).join();
}
