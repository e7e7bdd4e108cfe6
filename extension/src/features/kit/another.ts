// The button for another engine. What it takes comes with the first wish for it.

import type { Translated } from "../../shared/protocol.gen";
import type { Host, Wish } from "./types";

/** Fills an empty place; without the part a translation stands as it is. */
export function offerAnother(host: Host, place: HTMLElement, item: Translated, wish: Wish): void {
  if (!place.firstChild) host.part("engines").then((offer) => offer(host, place, item, wish)).catch(() => undefined);
}
