// Which module reads which kind of page. Kinds of one module are one watch: the first of them that is drawn is it.

import type { OtherPage } from "../sites/page";
import { readDocument } from "./document";
import { openListing } from "./listing";
import { recognise } from "./recognise";
import type { Open } from "./types";

export const KINDS: Record<OtherPage["page"], Open> = {
  threads: recognise,
  listing: openListing,
  notices: readDocument,
  kpi: readDocument,
  orders: readDocument,
  reviews: readDocument,
  returns: readDocument,
};
