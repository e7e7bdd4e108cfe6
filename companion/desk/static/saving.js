// A file the companion made, as a download.

import { h } from "./dom.js";

/** How long a browser may take to begin saving, in ms. */
const PATIENCE_MS = 60_000;

/** Offers `content` (base64) as a download. */
export function save({ name, type, content }) {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  offer(name, new Blob([bytes], { type }));
}

/** Offers bytes as a download. */
export function offer(name, blob) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE_MS);
}
