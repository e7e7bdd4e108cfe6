// What teaching asks of the background: texts at the start, and to keep what was taught.

import type { Answer } from "../shared/messages";
import type { ChatPage, ListingPage } from "../shared/protocol.gen";
import { transmit } from "../shared/talk";
import type { TeachHello, TeachRequests, TeachSaved } from "../shared/teach";

function ask<K extends keyof TeachRequests>(type: K, data: TeachRequests[K]["ask"], wait: number): Promise<TeachRequests[K]["answer"]> {
  return transmit({ type, ...data }, wait);
}

export function hello(): Promise<TeachHello> {
  return ask("teach.hello", {}, 10_000);
}

/** Never rejects. */
export async function save(page: ChatPage | ListingPage): Promise<Answer<TeachSaved>> {
  try {
    return await ask("teach.save", { page }, 45_000);
  } catch {
    return { error: { code: "teach_talk", retryable: true, data: {} } };
  }
}
