// Looks at inboxes on their way to the companion. Only the latest of each inbox is kept: a newer look replaces an older
// one, and what is lost with the browser is read again from the page. In the queue of messages, which nobody can read
// again, they would take the room away.

import { problemIn } from "../shared/check";
import { inboxKey } from "../shared/inbox";
import type { InboxSeenParams } from "../shared/protocol.gen";
import type { Channel } from "./channel";
import { CallError } from "./failure";

const KEY = "inbox_looks";
const MOST = 20;

interface Kept {
  params: InboxSeenParams;
  /** As in the queue: whether it was seen while working with the practice companion; null before any was ever met. */
  practice: boolean | null;
}

export interface LatestHooks {
  channel(): Channel | null;
  practice(): boolean | null;
  onStored(): void;
}

export class Latest {
  private looks: Promise<Map<string, Kept>> | undefined;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly hooks: LatestHooks) {}

  /** Keeps a look unless a later one of its inbox is here, and tries to deliver. */
  async put(seen: InboxSeenParams): Promise<void> {
    // a page that tells of the future would keep every later look out
    const params = { ...seen, observed_at: Math.min(seen.observed_at, Date.now() / 1000) };
    const looks = await this.load();
    const key = inboxKey(params.inbox);
    const before = looks.get(key);
    if (before && before.params.observed_at > params.observed_at) return;
    looks.delete(key); // the newest stands last
    looks.set(key, { params, practice: this.hooks.practice() });
    for (const oldest of [...looks.keys()].slice(0, Math.max(0, looks.size - MOST))) looks.delete(oldest);
    await this.save(looks);
    void this.flush();
  }

  flush(): Promise<void> {
    this.sending = this.sending.then(() => this.send()).catch(() => undefined);
    return this.sending;
  }

  private async send(): Promise<void> {
    const looks = await this.load();
    for (const [key, kept] of [...looks]) {
      const channel = this.hooks.channel();
      if (!channel) return;
      if (kept.practice !== null && kept.practice !== this.hooks.practice()) continue;
      try {
        await channel.request("inbox.seen", kept.params);
        this.hooks.onStored();
      } catch (error) {
        // what may pass is tried again with the next look or the next alarm; what was refused for good would be again
        const code = error instanceof CallError ? error.code : "internal";
        if (code !== "bad_params" && code !== "too_large" && code !== "unknown_method") continue;
      }
      // a newer look may have come meanwhile
      if (looks.get(key) === kept) looks.delete(key);
      await this.save(looks);
    }
  }

  private load(): Promise<Map<string, Kept>> {
    return (this.looks ??= chrome.storage.session.get(KEY).then((all) => {
      const kept = (all as Record<string, [string, Kept][] | undefined>)[KEY] ?? [];
      return new Map(kept.filter(([, each]) => !problemIn("InboxSeenParams", each.params)));
    }));
  }

  private async save(looks: ReadonlyMap<string, Kept>): Promise<void> {
    await chrome.storage.session.set({ [KEY]: [...looks] });
  }
}
