// Which module reads which kind of page. Kinds of one module are one watch: the first of them that is drawn is it.

import type { OtherPage } from "../sites/page";
import { openInbox } from "./inbox/open";
import { recognise } from "./recognise";
import type { Open } from "./types";

export const KINDS: Record<OtherPage["page"], Open> = {
  threads: openInbox,
  listing: recognise,
  notices: recognise,
  kpi: recognise,
  orders: recognise,
  reviews: recognise,
  returns: recognise,
};
