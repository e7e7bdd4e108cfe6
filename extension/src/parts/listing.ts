// Translating a listing: of interest when the seller opens it.

import { Sheet } from "../listing/sheet";
import { parts } from "../shared/parts";

let open: Sheet | null = null;
parts().listing = (host, listing, signal) => {
  open?.close();
  open = new Sheet(host, listing, () => (open = null), signal);
};
