// Which module reads which kind of page. Kinds of one module are one watch: the first of them that is drawn is it.

import type { OtherPage } from "../sites/page";
import { readDocument } from "./document";
import { openInbox } from "./inbox/open";
import { openListing } from "./listing";
import type { Open } from "./types";

export const KINDS: Record<OtherPage["page"], Open> = {
  threads: openInbox,
  listing: openListing,
  notices: readDocument,
  kpi: readDocument,
  orders: readDocument,
  reviews: readDocument,
  returns: readDocument,
};
