// Which described page a document is: host, path, frame, then one of its roots.

import type { ChatPage, Marketplace } from "../shared/protocol.gen";
import { find } from "./query";
import { pattern } from "./text";

export interface Candidate {
  marketplace: Marketplace;
  page: ChatPage;
}

/** The pages this address could be, whether or not they are drawn already. */
export function candidates(marketplaces: readonly Marketplace[], url: URL, top: boolean): Candidate[] {
  const found: Candidate[] = [];
  for (const marketplace of marketplaces) {
    if (!marketplace.hosts.some((host) => hostFits(host, url))) continue;
    for (const page of marketplace.pages) {
      if (page.page !== "chat") continue;
      if (!top && (page.frames ?? "top") === "top") continue;
      if (fits(page.paths, url.pathname) && (!page.queries?.length || fits(page.queries, url.search))) found.push({ marketplace, page });
    }
  }
  return found;
}

/** The first candidate whose root is there. */
export function drawn(options: readonly Candidate[], document: Document): Candidate | null {
  return options.find(({ page }) => find(document, page.root) !== null) ?? null;
}

function fits(patterns: readonly string[], text: string): boolean {
  return patterns.some((each) => pattern(each)?.test(text));
}

/** A match pattern without wildcards in the host, the only kind the rules allow. */
function hostFits(host: string, url: URL): boolean {
  return host === `${url.protocol}//${url.host}/*`;
}
