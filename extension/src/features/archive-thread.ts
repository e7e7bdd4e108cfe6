// archive-thread: what the page shows is told to the archive, once, in order, as soon as it is seen.

import type { MessageSeenParams } from "../shared/protocol.gen";
import { sameThread, threadRef, type Identity } from "../sites/identity";
import { seen, type Row } from "../sites/rows";
import { signature } from "../sites/stale";
import { pieces, untold } from "../sites/windows";
import type { Host, Page, Snapshot } from "./kit/types";
import { goesOnBelow } from "./kit/scroll";
import { pause } from "./kit/work";

/** Wait for a page that is still drawing: half a window makes more ambiguous rows than a whole one. */
const SETTLE_MS = 250;
/** After the background refused or vanished. */
const AGAIN_MS = [2_000, 5_000, 15_000, 60_000];
let seq = 0;

export function init(host: Host, page: Page, signal: AbortSignal): void {
  let told: { identity: Identity; rows: string[] } | null = null;
  let latest: Snapshot | null = null;
  let busy = false;
  let failures = 0;

  page.onRows((snapshot) => {
    latest = snapshot;
    void work();
  }, signal);

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      for (let snapshot = latest; snapshot && !signal.aborted; snapshot = latest === snapshot ? null : latest) {
        await pause(SETTLE_MS, signal);
        snapshot = latest as Snapshot;
        if (!snapshot.stale && threadRef(snapshot.identity) && !((await sure()) && (await tell(snapshot)))) {
          await pause(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] as number, signal);
          failures += 1;
          latest = { ...latest as Snapshot };
        }
      }
    } finally {
      busy = false;
    }
  }

  /** What may have been read wrong is not kept as what was said; a page that still loads becomes clear in a moment. */
  async function sure(): Promise<boolean> {
    const health = await host.part("health").then(
      (part) => part.look(page, signal),
      () => null,
    );
    return health?.doubtful === false;
  }

  /** True when the background has everything this snapshot shows. */
  async function tell({ identity, rows }: Snapshot): Promise<boolean> {
    const marks = rows.map(signature);
    const before = told && sameThread(told.identity, identity) ? told.rows : [];
    const span = untold(before, marks);
    if (!span) {
      if (told && sameThread(told.identity, identity)) told = { identity, rows: marks };
      return true;
    }
    const below = goesOnBelow((rows.at(-1) as Row).element);
    for (const [from, to] of pieces(rows.map((row) => row.text.length + row.images.join().length), ...span)) {
      if (signal.aborted || !(await send(identity, rows.slice(from, to), to < rows.length || below))) return false;
    }
    failures = 0;
    told = { identity, rows: marks };
    return true;
  }

  async function send(identity: Identity, rows: Row[], below: boolean): Promise<boolean> {
    const thread = threadRef(identity);
    if (!thread) return true;
    const params: MessageSeenParams = {
      thread,
      messages: rows.map(seen),
      observed_at: Date.now() / 1000,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
      page_language: languageOf(page.document),
      dated: page.spec.messages.dated ?? false,
      more_below: below,
      item: identity.item ?? "",
    };
    seq += 1;
    try {
      const answer = await host.ask({ type: "seen", params, seq });
      if (answer.result) page.learn(identity, answer.result.thread);
      // refused for good: telling the same again would not help
      return Boolean(answer.result) || answer.queued || answer.error?.retryable === false;
    } catch {
      return false;
    }
  }
}

/** The page's own language, when it is written as one. */
function languageOf(document: Document): string {
  const lang = document.documentElement.lang;
  return /^[A-Za-z0-9-]{1,16}$/.test(lang) ? lang : "";
}
