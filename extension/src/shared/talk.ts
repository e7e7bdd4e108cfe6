// How content scripts and own pages talk to the background.

import type { AnswerTo, PagePush, PageRequest } from "./messages";

/** gone: this script outlived its extension (update, reload); timeout; refused: the router turned the sender away. */
export type TalkTrouble = "gone" | "timeout" | "refused" | "failed";

export class TalkError extends Error {
  constructor(
    readonly trouble: TalkTrouble,
    detail = "",
  ) {
    super(detail || trouble);
  }
}

/** Longest wait for an answer in ms; longer work reports by push. */
const WAITS: Partial<Record<string, number>> = { call: 40_000, read: 60_000, seen: 20_000 };
const LONG_WAIT = 3_700_000;

/** Ask the background; rejects with TalkError, never with anything else. */
export function ask<R extends PageRequest>(request: R): Promise<AnswerTo<R>> {
  return transmit<AnswerTo<R>>(request, waitFor(request));
}

function waitFor(request: PageRequest): number {
  if (request.type === "call" && request.method === "languages.install") return LONG_WAIT;
  return WAITS[request.type] ?? 10_000;
}

/** The untyped carrier under `ask`; own pages use it through `own.ts`. */
export async function transmit<T>(request: unknown, wait: number): Promise<T> {
  if (!alive()) throw new TalkError("gone");
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TalkError("timeout")), wait);
    });
    const reply = (await Promise.race([chrome.runtime.sendMessage(request), late])) as { ok?: T; refused?: string } | undefined;
    if (reply === undefined || reply === null) throw new TalkError("failed", "no answer");
    if (reply.refused !== undefined) throw new TalkError("refused", reply.refused);
    return reply.ok as T;
  } catch (error) {
    if (error instanceof TalkError) throw error;
    throw new TalkError(alive() ? "failed" : "gone", String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Hear pushes of the background until the signal aborts. */
export function onPush(hear: (push: PagePush) => void, signal: AbortSignal): void {
  if (signal.aborted || !alive()) return;
  const listener = (message: unknown, sender: chrome.runtime.MessageSender): void => {
    // only the background pushes: it has no tab, and it is this very extension
    if (sender.id === chrome.runtime.id && !sender.tab && isPush(message)) hear(message);
  };
  chrome.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => {
    if (alive()) chrome.runtime.onMessage.removeListener(listener);
  });
}

function isPush(message: unknown): message is PagePush {
  const type = (message as { type?: unknown } | null)?.type;
  return type === "state" || type === "settings" || type === "pages" || type === "listing" || type === "checks" || type === "install.progress";
}

/** False once the extension was updated or removed under a running page. */
export function alive(): boolean {
  try {
    return Boolean(chrome.runtime?.id);
  } catch {
    return false;
  }
}
