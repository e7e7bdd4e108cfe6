// The seller's words in the buyer's language, and back again to check them.

import type { ThreadRef, Translated } from "../../shared/protocol.gen";
import type { Failure } from "../../shared/messages";
import type { Host } from "./types";

export type Written = { item: Translated } | { failure: Failure };

/** `target` "" leaves the choice to what the companion knows of the conversation. Never rejects. */
export async function forBuyer(host: Host, thread: ThreadRef | null, text: string, target: string): Promise<Written> {
  return call(host, thread, text, "write", host.settings.seller_language, target);
}

/** What a buyer would read, in the seller's language. */
export async function backAgain(host: Host, thread: ThreadRef | null, { text, target }: Translated): Promise<Written> {
  return call(host, thread, text, "back", target, host.settings.seller_language);
}

async function call(host: Host, thread: ThreadRef | null, text: string, purpose: "write" | "back", source: string, target: string): Promise<Written> {
  try {
    const answer = await host.ask({
      type: "call",
      method: "translate",
      params: { items: [{ ref: "0", text }], purpose, source, target, ...(thread ? { thread } : {}) },
    });
    if ("error" in answer) return { failure: answer.error };
    const item = answer.result.items[0];
    return item ? { item } : { failure: LOST };
  } catch {
    return { failure: LOST };
  }
}

const LOST: Failure = { code: "not_running", retryable: true, data: {} };
