// Pages that are documents: captured in the tab, handed to the companion, read there. Nothing of them is kept here.

import { takeOpen } from "../capture/take";
import type { Answer, PageReading } from "../shared/messages";
import { MAX_PAGE } from "../shared/protocol.const.gen";
import type { App } from "./app";
import { CallError, toFailure } from "./failure";
import type { Tier } from "./senders";
import { handOver, hexOf } from "./upload";

/** A content script may ask as often as it likes; a tab is captured no more often than this. */
const GAP_MS = 1_000;

interface Last {
  document: string;
  /** Bytes and the descriptions they were read by. */
  mark: string;
  at: number;
  reading: PageReading | null;
}

const last = new Map<number, Last>();
const busy = new Set<number>();

/** Capture and read the top document of a tab; never rejects. The same bytes are read once. */
export async function readDocument(app: App, from: Extract<Tier, { kind: "content" }>): Promise<Answer<PageReading>> {
  const before = last.get(from.tabId);
  if (busy.has(from.tabId) || (before && performance.now() - before.at < GAP_MS)) return { error: toFailure(new CallError("busy", {}, true)) };
  busy.add(from.tabId);
  try {
    return { result: await read(app, from, before?.document === from.document ? before : undefined) };
  } catch (error) {
    return { error: toFailure(error) };
  } finally {
    busy.delete(from.tabId);
  }
}

export function forgetReading(tabId: number): void {
  last.delete(tabId);
}

async function read(app: App, from: Extract<Tier, { kind: "content" }>, before: Last | undefined): Promise<PageReading> {
  const { channel } = app.link;
  if (!channel?.open) throw new CallError("not_running", {}, true);
  const captured = await takeOpen(from.tabId, MAX_PAGE);
  const at = performance.now();
  // the tab may have gone elsewhere in the meantime
  if (!captured || new URL(captured.url).hostname !== from.host) throw new CallError("busy", {}, true);
  const bytes = new TextEncoder().encode(captured.html);
  const sha256 = await hexOf(bytes);
  const mark = `${app.descriptions.current.version} ${sha256}`;
  if (before?.reading && before.mark === mark) {
    last.set(from.tabId, { ...before, at });
    return before.reading;
  }
  if (!(await handOver(channel, bytes, { purpose: "page", type: "text/html" }))) throw new CallError("busy", {}, true);
  const { pages } = await channel.request("page.read", { sha256, url: captured.url });
  const reading = { pages, whole: !captured.truncated };
  last.set(from.tabId, { document: from.document, mark, at, reading });
  return reading;
}
