// A field's words through the companion, portion by portion, and what came of them put together again.

import type { Host } from "../features/kit/types";
import type { Failure } from "../shared/messages";
import type { ShopRef, Translated } from "../shared/protocol.gen";
import { portions } from "./portions";

/** A field of more UTF-16 units than this is no description; each portion costs seconds. */
export const MOST = 100_000;

export interface Way {
  shop: ShopRef;
  /** "" = to be detected. */
  source: string;
  target: string;
  /** One to ask by name; "" or none = the seller's order. */
  engine?: string;
}

export type Told = { item: Translated } | { failure: Failure };

/** `progress` hears how many of how many are done. Never rejects; null when the signal aborted meanwhile. */
export async function translated(host: Host, text: string, way: Way, progress: (done: number, of: number) => void, signal: AbortSignal): Promise<Told | null> {
  if (text.length > MOST) return { failure: { code: "too_large", retryable: false, data: { size: text.length, limit: MOST } } };
  const parts = portions(text);
  const items: Translated[] = [];
  for (const part of parts) {
    progress(items.length, parts.length);
    const told = await one(host, part, way);
    if (signal.aborted) return null;
    if ("failure" in told) return told;
    items.push(told.item);
    // without a direction the others would only say the same
    if (told.item.match === "none") break;
  }
  return { item: together(items) };
}

/** One answer out of those for the portions; one without a translation leaves none for the whole. */
export function together(items: readonly Translated[]): Translated {
  const lost = items.find(({ match }) => match === "none");
  const lead = lost ?? items.find(({ match }) => match !== "same") ?? (items[0] as Translated);
  return {
    ...lead,
    text: lost ? "" : items.map(({ text }) => text).join(""),
    sure: items.every(({ sure }) => sure),
    doubt: [...new Set(items.flatMap(({ doubt }) => doubt))],
    destination: [...new Set(items.flatMap(({ destination = "" }) => destination.split(" ").filter(Boolean)))].join(" "),
  };
}

async function one(host: Host, text: string, { shop, source, target, engine = "" }: Way): Promise<Told> {
  try {
    const answer = await host.ask({ type: "call", method: "translate", params: { items: [{ ref: "0", text }], purpose: "listing", shop, source, target, engine } });
    if ("error" in answer) return { failure: answer.error };
    const [item] = answer.result.items;
    if (item) return { item };
  } catch {
    // the worker was restarted over it, or this script outlived its extension
  }
  return { failure: { code: "not_running", retryable: true, data: {} } };
}
