// Which described page a document is: host, path, frame, then one of its roots.

import type { ChatPage, Marketplace } from "../shared/protocol.gen";
import { find } from "./query";
import { pattern } from "./text";

/** A page of any kind. */
export type AnyPage = Marketplace["pages"][number];
/** Any page but a conversation. */
export type OtherPage = Exclude<AnyPage, ChatPage>;

export interface Candidate<P extends AnyPage = ChatPage> {
  marketplace: Marketplace;
  page: P;
}

/** The pages this address could be, whether or not they are drawn already. */
export function described(marketplaces: readonly Marketplace[], url: URL, top: boolean): Candidate<AnyPage>[] {
  const found: Candidate<AnyPage>[] = [];
  for (const marketplace of marketplaces) {
    if (!marketplace.hosts.some((host) => hostFits(host, url))) continue;
    for (const page of marketplace.pages) {
      if (!top && (page.frames ?? "top") === "top") continue;
      if (page.paths.some((path) => pattern(path)?.test(url.pathname))) found.push({ marketplace, page });
    }
  }
  return found;
}

/** The conversations this address could be. */
export function candidates(marketplaces: readonly Marketplace[], url: URL, top: boolean): Candidate[] {
  return described(marketplaces, url, top).filter((each): each is Candidate => each.page.page === "chat");
}

/** All other pages this address could be. */
export function others(marketplaces: readonly Marketplace[], url: URL, top: boolean): Candidate<OtherPage>[] {
  return described(marketplaces, url, top).filter((each): each is Candidate<OtherPage> => each.page.page !== "chat");
}

/** The first candidate whose root is there. */
export function drawn<P extends AnyPage>(options: readonly Candidate<P>[], document: Document): Candidate<P> | null {
  return options.find(({ page }) => find(document, page.root) !== null) ?? null;
}

/** A match pattern without wildcards in the host, the only kind the rules allow. */
function hostFits(host: string, url: URL): boolean {
  return host === `${url.protocol}//${url.host}/*`;
}
