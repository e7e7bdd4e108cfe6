// A listing editor, kept current while the seller types. What wants to know of the listing subscribes with `onListing`.

import { Hearers, pause } from "../features/kit/work";
import type { Host, ListingAtHand } from "../features/kit/types";
import type { ListingPage } from "../shared/protocol.gen";
import { lengthOf } from "../sites/insertion";
import { readListing, type ListingSnapshot } from "../sites/listing";
import { keepListing } from "./keep";
import { hasChanged } from "./pace";
import type { LivePage, Open } from "./types";
import { watchDeep } from "./watch";

/** The listing at hand, as features see it. */
export interface LiveListing {
  readonly page: LivePage<ListingPage>;
  /** The latest reading, made before anybody is told. */
  readonly snapshot: ListingSnapshot;
  /** Calls back at once with what is there, then after every change of it. */
  onListing(hear: (snapshot: ListingSnapshot) => void, signal: AbortSignal): void;
  /** Calls back at each click, key and change that a person makes in the page. */
  onHand(hear: (event: Event) => void, signal: AbortSignal): void;
}

/** The background may be restarting. */
const PART_AGAIN_MS = 3_000;

/** What works on a listing; each lives and dies with the signal. */
const FEATURES: Record<string, (host: Host, listing: LiveListing, signal: AbortSignal) => void> = { "tell-listing": tellListing, "keep-listing": keepListing, "translate-listing": translateListing, "check-listing": checkListing };

export const openListing: Open = (host, anyPage, signal) => {
  const page = anyPage as LivePage<ListingPage>;
  const hearers = new Hearers<ListingSnapshot>();
  const hands = new Hearers<Event>();
  const read = (): ListingSnapshot => readListing(page.marketplace, page.spec, page.place());
  let snapshot = read();
  const listing: LiveListing = {
    page,
    get snapshot() {
      return snapshot;
    },
    onListing(hear, until) {
      hearers.add(hear, until);
      hear(snapshot);
    },
    onHand: (hear, until) => hands.add(hear, until),
  };
  for (const [id, init] of Object.entries(FEATURES)) {
    try {
      init(host, listing, signal);
    } catch (error) {
      console.error(`Seabridge: ${id}`, error);
    }
  }
  watchDeep(
    page.document,
    selectorsOf(page.spec),
    () => {
      const now = read();
      if (JSON.stringify(now) === JSON.stringify(snapshot)) return;
      snapshot = now;
      hearers.tell(now);
    },
    signal,
    (event) => hands.tell(event),
  );
};

/** tell-listing: toolbar and popup hear how much of a listing is read, and when its editor is no longer understood. */
function tellListing(_host: Host, { page, onListing }: LiveListing, signal: AbortSignal): void {
  let bad: number | null = null;
  let last: ListingSnapshot | null = null;
  const tell = (): void => {
    if (!last) return;
    const { title, bullets, description } = last.fields;
    const now = performance.now();
    bad = last.lost.length ? (bad ?? now) : null;
    page.tell({ lost: hasChanged(bad, now) ? last.lost : [], counts: { title: lengthOf(title), bullets: bullets.length, description: lengthOf(description) } });
  };
  onListing((snapshot) => {
    last = snapshot;
    tell();
  }, signal);
  // an editor that stays half drawn changes no more, and must be found out all the same
  const timer = setInterval(tell, 1_000);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** translate-listing: at the seller's word, from the popup, the part that does it comes and opens. */
function translateListing(host: Host, listing: LiveListing, signal: AbortSignal): void {
  host.onPush((push) => {
    if (push.type !== "listing") return;
    // what cannot be loaded is not opened; the popup's button can be pressed again
    host.part("listing").then((open) => signal.aborted || open(host, atHand(listing), signal), () => undefined);
  }, signal);
}

/** check-listing: comes with the editor, as soon as the part can be had. */
function checkListing(host: Host, listing: LiveListing, signal: AbortSignal): void {
  const begin = (): void => {
    host.part("check").then((check) => signal.aborted || check(host, atHand(listing), signal), () => void pause(PART_AGAIN_MS, signal).then(() => signal.aborted || begin()));
  };
  begin();
}

/** The listing as the parts need it. */
function atHand(listing: LiveListing): ListingAtHand {
  const { page } = listing;
  return {
    marketplace: page.marketplace,
    spec: page.spec,
    document: page.document,
    host: page.place().url.hostname,
    get snapshot() {
      return listing.snapshot;
    },
    onChange: (hear, until) => listing.onListing(hear, until),
  };
}

function selectorsOf({ root, listing }: ListingPage): string[] {
  return [...root, ...Object.values(listing).flat()].map(({ css }) => css ?? "");
}
