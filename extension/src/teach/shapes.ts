// The shapes of what the seller pointed at, kept with the description.

import type { Shape } from "../shared/protocol.gen";
import { shapeOf } from "../sites/shape";
import type { ChatSamples, ListingSamples } from "./learn";
import { sideOf } from "./marks";
import type { Rows } from "./rows";

type Shapes = (Shape | null)[];
const kept = (shapes: Shapes): Shape[] => shapes.filter((shape) => shape !== null);
const some = (element: Element | null): Element[] => (element ? [element] : []);

/** `composer` and `send`: the field and the button themselves. */
export function chatShapes(rows: Rows, composer: Element, send: Element | null, { name, shop }: ChatSamples): Shape[] {
  const sides = [sideOf(rows.buyer, rows), sideOf(rows.seller, rows)] as const;
  const told = sides[0] !== sides[1];
  return kept([
    shapeOf("messages.row", rows.elements),
    shapeOf("messages.buyer", [rows.buyer], told ? sides[0] : ""),
    shapeOf("messages.seller", [rows.seller], told ? sides[1] : ""),
    shapeOf("composer.field", [composer]),
    shapeOf("composer.send", some(send)),
    shapeOf("identity.buyer", some(name)),
    shapeOf("identity.shop", some(shop)),
  ]);
}

/** `bullets`: all that the description finds. */
export function listingShapes({ title, description }: Pick<ListingSamples, "title" | "description">, bullets: Element[]): Shape[] {
  return kept([shapeOf("listing.title", some(title)), shapeOf("listing.bullets", bullets), shapeOf("listing.description", some(description))]);
}
