// What is said about watched inboxes between the background, the page and our own pages.

import type { InboxRef, InboxWatch } from "./protocol.gen";

/** Why nobody looks at an inbox; "" = somebody does. */
export type WatchReason = InboxWatch["reason"];

/** What one glance into a tab finds. */
export interface Glance {
  /** The inbox that is drawn there; `lost`: what its description demands and the page does not have. */
  inbox: { ref: InboxRef; lost: string[] } | null;
  /** The page says itself that it has nothing to list. */
  empty: boolean;
  /** A field for a password is drawn. */
  login: boolean;
  /** The page asks its reader to prove to be a person. */
  captcha: boolean;
}

/** A watched inbox as our own pages show it. */
export interface WatchView extends Required<InboxWatch> {
  /** Title of the marketplace. */
  title: string;
  /** The browser promised not to put the tab to sleep by itself. */
  awake: boolean;
}

/** One key for an inbox, for maps. */
export function inboxKey({ marketplace, region, shop }: InboxRef): string {
  return JSON.stringify([marketplace, region, shop]);
}
