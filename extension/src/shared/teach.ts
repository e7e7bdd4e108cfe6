// What travels between the background and the panel that teaches a page.

import type { Answer, Texts } from "./messages";
import type { ChatPage, ListingPage } from "./protocol.gen";

/** Answered only in a tab in which the popup started teaching. */
export interface TeachRequests {
  "teach.hello": { ask: object; answer: TeachHello };
  "teach.save": { ask: { page: ChatPage | ListingPage }; answer: Answer<TeachSaved> };
}

/** What the panel needs to show itself. */
export interface TeachHello {
  locale: "zh_CN" | "en";
  texts: Texts;
  /** Descriptions there are of this address already; the first counts. */
  known: (ChatPage | ListingPage)[];
}

/** Where a taught page lies now; `on`: Seabridge may work on its host already. */
export interface TeachSaved {
  marketplace: string;
  page: string;
  folder: string;
  on: boolean;
}
