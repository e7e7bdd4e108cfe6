// A page that is no conversation, as the modules that read it see it.

import type { Host } from "../features/kit/types";
import type { Counts } from "../shared/messages";
import type { Marketplace } from "../shared/protocol.gen";
import type { Candidate, OtherPage } from "../sites/page";
import type { Place } from "../sites/read";

export interface LivePage<P extends OtherPage = OtherPage> {
  readonly marketplace: Marketplace;
  readonly spec: P;
  readonly document: Document;
  /** All descriptions of this module's kinds that the address fits, the found one among them. */
  readonly options: readonly Candidate<OtherPage>[];
  /** Document and address as they are now. */
  place(): Place;
  /** Says what was read, to toolbar and popup. The same twice is said once. */
  tell(read: { lost: readonly string[]; counts: Counts }): void;
}

/** Starts reading a page that was found; everything it starts ends with the signal. */
export type Open = (host: Host, page: LivePage, signal: AbortSignal) => void;
