// A page that is no conversation, as the modules that read it see it.

import type { Host } from "../features/kit/types";
import type { Counts } from "../shared/messages";
import type { Marketplace } from "../shared/protocol.gen";
import type { OtherPage } from "../sites/page";
import type { Place } from "../sites/read";

export interface LivePage<P extends OtherPage = OtherPage> {
  readonly marketplace: Marketplace;
  readonly spec: P;
  readonly document: Document;
  /** Document and address as they are now. */
  place(): Place;
  /** Says what was read, to toolbar and popup, or null: this page does not stand here. The same twice is said once. */
  tell: Tell;
}

export type Tell = (read: { lost: readonly string[]; counts: Counts } | null) => void;

/** Starts reading a page that was found; everything it starts ends with the signal. */
export type Open = (host: Host, page: LivePage, signal: AbortSignal) => void;
