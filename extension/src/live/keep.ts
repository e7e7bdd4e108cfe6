// keep-listing: the companion keeps the listing as its editor showed it, a version for each saved change.

import type { Host } from "../features/kit/types";
import type { ListingPage, ListingSeenParams, Read } from "../shared/protocol.gen";
import type { ListingFields, ListingSnapshot } from "../sites/listing";
import { parts } from "../shared/parts";
import { find } from "../sites/query";
import { readShown } from "../sites/shown";
import { clip, OURS } from "../sites/text";
import type { LiveListing } from "./listing";
import { Opening, wordsOf } from "./opening";

/** What the wire allows, in characters; an address that is cut leads nowhere. */
const NAME = 200;
const MOST = 30;
const LONGEST_ADDRESS = 1_000;
/** A frame holds 256 KiB; an editor that shows more than this is no listing (UTF-16 units, up to three bytes each). */
const LONGEST = 60_000;
/** After the background refused or vanished. */
const AGAIN_MS = [2_000, 5_000, 15_000, 60_000];
/** Normally the extension is there before a page is loaded. When it comes so much later (it was switched on or updated), an
 * editor that is drawn at once may hold typed text (ms). */
const LATE_MS = 3_000;
const AT_ONCE_MS = 150;
const read = performance.now();
/** Editors that somebody typed into, for as long as they stand: also when their description is another one by now. */
const used = new WeakSet<Element>();

export function keepListing(host: Host, { page, onListing, onHand }: LiveListing, signal: AbortSignal): void {
  const { spec } = page;
  const editor = (): Element | null => find(page.document, spec.root);
  let latest: ListingSnapshot | null = null;
  let opening: Opening | null = null;
  let told = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let sending = false;

  onListing((snapshot) => {
    const { pathname, search } = page.place().url;
    const number = numberOf(spec, snapshot.fields) || pathname + search;
    const now = performance.now();
    if (!opening || opening.number !== number) {
      // an editor that goes on to another listing still shows the one before for a moment
      const before = opening && latest ? wordsOf(latest.fields) : "";
      opening = new Opening(number, now, { unsure: !before && (wasUsed(editor()) || cameLate()), before });
      told = "";
    }
    latest = snapshot;
    opening.look(snapshot.fields, now);
    plan();
  }, signal);
  onHand((event) => {
    // a press in our own sheet may put text into the page, and no event of the page's tells that from its own script
    const ours = event.composedPath().some((node) => (node as Partial<Element>).hasAttribute?.(OURS));
    if (!opening || !event.isTrusted) return;
    opening.hand(ours ? "input" : event.type, performance.now());
    const stands = opening.typed ? editor() : null;
    if (stands) used.add(stands);
  }, signal);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  function plan(wait = opening?.waits(performance.now()) ?? null): void {
    clearTimeout(timer);
    if (wait !== null) timer = setTimeout(() => void tell(), Math.ceil(wait));
  }

  async function tell(): Promise<void> {
    const fields = opening?.saved(performance.now());
    // a timer may come a little early
    if (opening?.waits(performance.now())) return plan();
    if (sending || signal.aborted || !latest || !fields) return;
    // what was read of an editor that is not understood may be anything; what is not on sale yet is no listing
    if (latest.lost.length || isDraft(page.place(), spec.draft)) return;
    const listing = boundedOf(fields);
    const now = JSON.stringify(listing);
    if (now === told || now.length > LONGEST || !(listing.sku || listing.item)) return;
    const { marketplace, region, shop } = latest;
    const params: ListingSeenParams = { marketplace, region, shop: clip(shop, NAME), page: spec.id, listing, observed_at: Date.now() / 1000 };
    sending = true;
    const taken = await host.ask({ type: "listing.seen", params }).catch(() => false);
    sending = false;
    if (signal.aborted) return;
    if (taken) {
      told = now;
      failures = 0;
      plan();
    } else {
      plan(AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]);
    }
  }
}

/** By what the address names the listing; a number typed into a field is none. */
function numberOf({ listing }: ListingPage, { sku, item }: ListingFields): string {
  const addressed = (reads: readonly Read[] | undefined): boolean => (reads ?? []).some(({ query, path, hash }) => query || path || hash);
  return (addressed(listing.sku) && sku) || (addressed(listing.item) && item) || "";
}

function wasUsed(editor: Element | null): boolean {
  return editor !== null && used.has(editor);
}

function isDraft(place: Parameters<typeof readShown>[0], reads: readonly Read[] | undefined): boolean {
  return readShown(place, reads, NAME) !== "";
}

function cameLate(): boolean {
  const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const after = load?.loadEventEnd ? (parts().begun ?? 0) - load.loadEventEnd : 0;
  return after > LATE_MS && performance.now() - read < AT_ONCE_MS;
}

function boundedOf(fields: ListingFields): ListingSeenParams["listing"] {
  const { bullets, images, price, stock, sku, item } = fields;
  return {
    ...fields,
    bullets: bullets.slice(0, MOST),
    images: images.filter((address) => address.length <= LONGEST_ADDRESS).slice(0, MOST),
    price: clip(price, NAME),
    stock: clip(stock, NAME),
    sku: clip(sku, NAME),
    item: clip(item, NAME),
  };
}
