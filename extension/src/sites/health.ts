// Page health: is what must be here, here, and was it read without a guess? companion/pages/health.py judges a saved page
// alike; the test of parity holds one to the other.

import type { ChatPage, Demand } from "../shared/protocol.gen";
import { doubtsOf, readStrictly, type StrictRow } from "./doubts";
import { findIn } from "./query";
import { readPage, readRow, type Place } from "./read";
import { rowElements } from "./rows";
import { countShown } from "./shown";

/** So many rows whose words are not found are no longer cards or stickers. */
const MANY_UNREAD = 3;

export interface Missing {
  field: string;
  found: number;
  min: number;
  max: number;
}

export interface Health {
  /** Demands of the description that are not met, then what is doubtful. */
  missing: Missing[];
  /** Something of the rows may have been read wrong: who wrote, in which order, or that there are more. */
  doubtful: boolean;
}

/** The demands that are not met, and the doubts. */
export function missing(page: ChatPage, place: Place): Missing[] {
  let found: Missing[] = [];
  for (const _ of examine(page, place, (health) => (found = health.missing)));
  return found;
}

/** The same with a pause after each row, for pages that must not wait for it; `done` gets the verdict at the end. */
export function* examine(page: ChatPage, place: Place, done: (health: Health) => void): Generator<void> {
  const elements = rowElements(place.document, page);
  const rows: StrictRow[] = [];
  for (const element of elements) {
    rows.push(readStrictly(element, page));
    yield;
  }
  const faults: Missing[] = [];
  for (const demand of page.health ?? []) {
    const found = count(demand, page, place, elements);
    const min = demand.min ?? 1;
    const max = demand.max ?? 0;
    if (found < min || (max > 0 && found > max)) faults.push({ field: demand.field, found, min, max });
    yield;
  }
  const doubts = doubtsOf(page, place.document, rows).filter(({ field }) => field !== "messages.text" || !faults.some((fault) => fault.field === field));
  done({ missing: [...faults, ...doubts], doubtful: doubts.some(isGrave) });
}

/** Whether what was read may be wrong. Not where rows beyond the bound are left out, nor where a buyer has sent a card or two and no words yet. */
function isGrave({ field, found, min, max }: Missing): boolean {
  return field === "messages.text" ? min - found >= MANY_UNREAD : max === 0;
}

function count({ field }: Demand, page: ChatPage, place: Place, rows: Element[]): number {
  const [part, name] = field.split(".") as [string, string | undefined];
  if (part === "root") return countShown(place.document, page.root);
  if (part === "identity") return readPage(place, page.identity[name as keyof ChatPage["identity"]]) ? 1 : 0;
  if (part === "composer") return countShown(place.document, page.composer[name as "field" | "send" | "bar"]);
  if (part === "placement") return rows.filter((row) => findIn(row, page.placement.anchor)).length;
  switch (name) {
    case "row":
      return rows.length;
    case "scroller":
      return countShown(place.document, page.messages.scroller);
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
