// Page health: is what must be here, here?

import type { ChatPage, Demand } from "../shared/protocol.gen";
import { findIn, matches, type Scope } from "./query";
import { readPage, readRow, type Place } from "./read";
import { rowElements } from "./rows";

export interface Missing {
  field: string;
  found: number;
  min: number;
  max: number;
}

/** The demands that are not met. */
export function missing(page: ChatPage, place: Place): Missing[] {
  const rows = rowElements(place.document, page);
  const faults: Missing[] = [];
  for (const demand of page.health ?? []) {
    const found = count(demand, page, place, rows);
    const min = demand.min ?? 1;
    const max = demand.max ?? 0;
    if (found < min || (max > 0 && found > max)) faults.push({ field: demand.field, found, min, max });
  }
  return faults;
}

function count({ field }: Demand, page: ChatPage, place: Place, rows: Element[]): number {
  const [part, name] = field.split(".") as [string, string | undefined];
  if (part === "root") return firstCount(place.document, page.root);
  if (part === "identity") return readPage(place, page.identity[name as keyof ChatPage["identity"]]) ? 1 : 0;
  if (part === "composer") return firstCount(place.document, page.composer[name as "field" | "send" | "bar"]);
  if (part === "placement") return rows.filter((row) => findIn(row, page.placement.anchor)).length;
  switch (name) {
    case "row":
      return rows.length;
    case "scroller":
      return firstCount(place.document, page.messages.scroller);
    case "buyer":
    case "seller":
    case "system":
    case "images":
      return rows.filter((row) => findIn(row, page.messages[name])).length;
    case "text":
    case "time":
    case "key":
      return rows.filter((row) => readRow(row, page.messages[name])).length;
    default:
      return 0;
  }
}

function firstCount(scope: Scope, selects: { css: string }[] | undefined): number {
  for (const { css } of selects ?? []) {
    const found = matches(scope, css).length;
    if (found) return found;
  }
  return 0;
}
