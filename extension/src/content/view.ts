// The page as features see it: readings on demand, the latest rows, the language of the conversation.

import type { ChatPage, Marketplace, ThreadState } from "../shared/protocol.gen";
import { readComposer, type Composer } from "../sites/composer";
import { readIdentity, sameThread, threadKey, threadRef, type Identity } from "../sites/identity";
import type { Candidate } from "../sites/page";
import { find } from "../sites/query";
import { leftOver } from "../sites/stale";
import type { Row } from "../sites/rows";
import type { Host, Inserted, Page, Services, Snapshot } from "../features/kit/types";
import { coalesced, Hearers, pause } from "../features/kit/work";
import { observeRows } from "./observe";

/** Rows of the conversation before are waited out this long at most; two conversations may end alike. */
const STALE_MS = 5_000;
/** The companion reads new messages for the archive about two seconds after they came. */
const HEARD_MS = 4_000;
const UNKNOWN: ThreadState = { id: 0, language: "", language_source: "unknown" };
/** Conversations whose language is remembered without asking again. */
const MOST_THREADS = 200;

export class PageView implements Page {
  readonly marketplace: Marketplace;
  readonly spec: ChatPage;
  readonly inserted: Inserted[] = [];
  doubted = false;
  services: Services = {};
  snapshot: Snapshot | null = null;
  readonly #host: Host;
  readonly #signal: AbortSignal;
  readonly #rows = new Hearers<Snapshot>();
  readonly #dirty = new Hearers<ReadonlySet<Element>>();
  readonly #tick = new Hearers<void>();
  readonly #thread = new Hearers<ThreadState>();
  readonly #states = new Map<string, ThreadState>();
  readonly #heard = new Map<string, string>();
  #composer: Composer | null = null;
  #asked = "";
  #staleSince = 0;
  #solid: Snapshot | null = null;
  /** Read the rows again soon. */
  readonly refresh: () => void;

  constructor(
    { marketplace, page }: Candidate,
    readonly document: Document,
    host: Host,
    signal: AbortSignal,
  ) {
    this.marketplace = marketplace;
    this.spec = page;
    this.#host = host;
    this.#signal = signal;
    const tick = coalesced(() => this.#tick.tell(), signal);
    this.refresh = observeRows(document, page, { rows: (rows) => this.#take(rows), dirty: (rows) => this.#dirty.tell(rows), tick }, signal);
    host.onChange(() => {
      if (host.state.link === "ready" && !this.#states.has(this.#asked)) this.#asked = "";
      this.refresh();
      tick();
    }, signal);
  }

  identity(): Identity {
    const url = new URL((this.document.defaultView ?? window).location.href);
    return readIdentity(this.marketplace, this.spec, { document: this.document, url });
  }

  composer(): Composer | null {
    return (this.#composer = readComposer(this.document, this.spec));
  }

  lastComposer(): Composer | null {
    const known = this.#composer;
    // looking for it costs a layout: what still hangs in the page is still it, until somebody really asks
    return known?.field.isConnected && (known.send === null || known.send.isConnected) ? known : this.composer();
  }

  /** The page was taken down: none of its roots is there any more. */
  isGone(): boolean {
    return find(this.document, this.spec.root) === null;
  }

  get thread(): ThreadState {
    const key = threadKey(this.identity());
    const state = this.#states.get(key) ?? UNKNOWN;
    const heard = this.#heard.get(key);
    // the archive names a conversation's language a moment after its messages; until then what was just read counts
    return state.language || !heard ? state : { ...state, language: heard, language_source: "detected" };
  }

  hear(identity: Identity, language: string): void {
    const key = threadKey(identity);
    if (this.#heard.get(key) === language) return;
    if (this.#heard.size >= MOST_THREADS) this.#heard.clear();
    this.#heard.set(key, language);
    if (key === threadKey(this.identity())) this.#thread.tell(this.thread);
    // what the archive makes of it is worth more
    void pause(HEARD_MS, this.#signal).then(() => (this.#asked = ""));
  }

  learn(identity: Identity, state: ThreadState): void {
    const key = threadKey(identity);
    const known = this.#states.get(key);
    if (known && known.id === state.id && known.language === state.language && known.language_source === state.language_source && known.tone === state.tone) return;
    if (this.#states.size >= MOST_THREADS) this.#states.clear();
    this.#states.set(key, state);
    if (key === threadKey(this.identity())) this.#thread.tell(this.thread);
  }

  onRows(hear: (snapshot: Snapshot) => void, signal: AbortSignal): void {
    this.#rows.add(hear, signal);
    if (this.snapshot) hear(this.snapshot);
  }

  onDirty(hear: (rows: ReadonlySet<Element>) => void, signal: AbortSignal): void {
    this.#dirty.add(hear, signal);
  }

  onTick(hear: () => void, signal: AbortSignal): void {
    this.#tick.add(hear, signal);
  }

  onThread(hear: (state: ThreadState) => void, signal: AbortSignal): void {
    this.#thread.add(hear, signal);
  }

  #take(rows: Row[]): void {
    const identity = this.identity();
    this.snapshot = { identity, rows, stale: this.#isStale(identity, rows) };
    if (this.snapshot.stale) setTimeout(this.refresh, 250);
    else this.#solid = this.snapshot;
    this.#askThread(identity);
    this.#rows.tell(this.snapshot);
  }

  #isStale(identity: Identity, rows: Row[]): boolean {
    const before = this.#solid;
    if (!before || sameThread(before.identity, identity) || !leftOver(before.rows, rows)) {
      this.#staleSince = 0;
      return false;
    }
    this.#staleSince ||= performance.now();
    return performance.now() - this.#staleSince < STALE_MS;
  }

  /** Once a conversation; what `seen` answers later comes in through `learn`. */
  #askThread(identity: Identity): void {
    const key = threadKey(identity);
    const thread = threadRef(identity);
    if (key === this.#asked || !thread) return;
    this.#asked = key;
    const known = this.#states.get(key);
    this.#thread.tell(this.thread);
    if (known?.language_source === "seller" || this.#host.state.link !== "ready") return;
    this.#host.ask({ type: "call", method: "thread.get", params: { thread } }).then(
      (answer) => {
        if ("result" in answer && !this.#signal.aborted) this.learn(identity, answer.result);
      },
      () => undefined, // the language stays unknown; the next `seen` tells it
    );
  }
}
