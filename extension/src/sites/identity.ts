// Who is talking to whom: read anew each time it matters.

import type { ChatPage, Marketplace, ThreadRef } from "../shared/protocol.gen";
import { readPage, type Place } from "./read";
import { clip } from "./text";

/** A conversation as this page shows it now. Empty parts could not be read. */
export interface Identity {
  host: string;
  marketplace: string;
  shop: string;
  region: string;
  thread: string;
  buyer: string;
  /** The listing shown beside it, by the platform's number. */
  item?: string;
}

export function readIdentity(marketplace: Marketplace, page: ChatPage, place: Place): Identity {
  return {
    host: place.url.host,
    marketplace: marketplace.name,
    shop: readPage(place, page.identity.shop),
    region: region(readPage(place, page.identity.region)),
    thread: readPage(place, page.identity.thread),
    buyer: readPage(place, page.identity.buyer),
    item: readPage(place, page.identity.item),
  };
}

/** The wire allows plain letters, digits and a few marks in a region. */
export function region(text: string): string {
  return /^[A-Za-z0-9_.:-]{1,40}$/.test(text) ? text.toUpperCase() : "";
}

export function sameThread(a: Identity, b: Identity): boolean {
  return a.host === b.host && a.marketplace === b.marketplace && a.shop === b.shop && a.region === b.region && a.thread === b.thread;
}

/** One key for a conversation, for maps. */
export function threadKey(identity: Identity): string {
  return JSON.stringify([identity.host, identity.marketplace, identity.shop, identity.region, identity.thread]);
}

/** For the wire; null when the page does not tell which conversation this is. */
export function threadRef(identity: Identity): ThreadRef | null {
  if (!identity.thread) return null;
  const { marketplace, shop, region: where, thread, buyer } = identity;
  return { marketplace, shop, region: where, thread, buyer: clip(buyer, 200) };
}

/** Why text must not be put into the composer now. */
export type Refusal = "thread_unknown" | "shop_unknown" | "thread_changed" | "shop_changed" | "buyer_changed";

/** Compare what the seller wrote for with what the page shows now; "" = the same. */
export function refusal(meant: Identity, now: Identity): Refusal | "" {
  if (meant.host !== now.host || meant.marketplace !== now.marketplace) return "shop_changed";
  if (!now.shop || !meant.shop) return "shop_unknown";
  if (meant.shop !== now.shop || meant.region !== now.region) return "shop_changed";
  if (!now.thread || !meant.thread) return "thread_unknown";
  if (meant.thread !== now.thread) return "thread_changed";
  if (meant.buyer !== now.buyer) return "buyer_changed";
  return "";
}
