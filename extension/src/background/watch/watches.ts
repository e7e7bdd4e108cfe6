// The inboxes the seller asked to watch: looked at by the alarm that is there anyway, told to the companion, alarmed about.

import { inboxKey, type WatchView } from "../../shared/inbox";
import type { InboxRef, InboxWatch, Marketplace } from "../../shared/protocol.gen";
import { recall } from "../memory";
import { after, alarming, type Facts, type Watch } from "./decide";
import { hold, lookInto, release, tabsAt } from "./tab";

const KEY = "watches";
/** As many as the wire takes. */
const MOST = 50;

export interface WatchHooks {
  marketplaces(): Marketplace[];
  /** Tells the companion; called after every look. */
  report(watches: InboxWatch[]): void;
  onChange(): void;
  /** Watching ended without the seller's doing, or (`lost` false) went on, or is no longer wanted. */
  alarm(watch: WatchView, lost: boolean): void;
}

export class Watches {
  private all: Watch[] = [];
  private loading: Promise<void> | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: WatchHooks) {}

  /** Tabs have other numbers after the browser was started anew; then they are looked for by their address. */
  load(): Promise<void> {
    this.loading ??= (async () => {
      const known = await recall<Watch[]>(KEY, []);
      const { [KEY]: thisTime } = await chrome.storage.session.get(KEY);
      this.all = thisTime ? known : known.map((watch) => ({ ...watch, tab: -1 }));
    })();
    this.loading.catch(() => (this.loading = undefined));
    return this.loading;
  }

  get views(): WatchView[] {
    return this.all.map((watch) => this.view(watch));
  }

  /** How many of them nobody looks at. */
  get lost(): number {
    return this.all.filter((watch) => watch.reason !== "").length;
  }

  of(inbox: InboxRef): WatchView | null {
    return this.views.find((each) => inboxKey(each.inbox) === inboxKey(inbox)) ?? null;
  }

  /** The inbox a tab shows now; `lost` as in `Glance`. */
  async here(tabId: number): Promise<{ ref: InboxRef; lost: string[] } | null> {
    const facts = await lookInto(tabId, this.hooks.marketplaces());
    return facts.tab === "there" ? facts.glance.inbox : null;
  }

  /** Watches the inbox that stands in a tab. False: there is none that is understood, or too many are watched. */
  begin(tabId: number): Promise<boolean> {
    return this.inTurn(async () => {
      const found = await this.here(tabId);
      const tab = await chrome.tabs.get(tabId).catch(() => null);
      if (!found || found.lost.length || !tab?.url) return false;
      const others = this.all.filter((each) => inboxKey(each.inbox) !== inboxKey(found.ref));
      if (others.length >= MOST) return false;
      const now = Date.now() / 1000;
      const before = this.all.find((each) => inboxKey(each.inbox) === inboxKey(found.ref));
      const watch: Watch = { inbox: found.ref, url: tab.url, tab: tabId, awake: await hold(tabId), pinned: before?.tab === tabId ? before.pinned : tab.pinned, reason: "", since: now, lookedAt: now, checkedAt: now, doubtSince: 0, gap: null };
      await this.put([...others, watch], true);
      this.hooks.alarm(this.view(watch), false);
      return true;
    });
  }

  /** The seller's own wish, so nothing is alarmed about. */
  stop(inbox: InboxRef): Promise<void> {
    return this.inTurn(async () => {
      const watch = this.all.find((each) => inboxKey(each.inbox) === inboxKey(inbox));
      if (!watch) return;
      if (watch.tab >= 0) await release(watch.tab, watch.pinned);
      await this.put(this.all.filter((each) => each !== watch), true);
      this.hooks.alarm(this.view(watch), false);
    });
  }

  /** Brings the tab of an inbox to the front, a new one where it is gone. */
  open(inbox: InboxRef): Promise<void> {
    return this.inTurn(async () => {
      const watch = this.all.find((each) => inboxKey(each.inbox) === inboxKey(inbox));
      if (!watch) return;
      // a browser that was started anew restores tabs without loading them; going there loads it
      const known = watch.tab >= 0 ? watch.tab : ((await tabsAt(watch.url)).find(({ url }) => url === watch.url)?.id ?? -1);
      const tab = known < 0 ? null : await chrome.tabs.update(known, { active: true }).catch(() => null);
      if (tab?.windowId !== undefined) return void (await chrome.windows.update(tab.windowId, { focused: true }).catch(() => undefined));
      const made = await chrome.tabs.create({ url: watch.url, pinned: true, active: true });
      if (made.id === undefined) return;
      const now = Date.now() / 1000;
      await this.put(this.all.map((each) => (each === watch ? { ...watch, tab: made.id as number, doubtSince: now } : each)), true);
    });
  }

  /** Looks into every watched tab. */
  look(): Promise<void> {
    return this.inTurn(async () => {
      await this.load();
      if (this.all.length === 0) return;
      const next = await Promise.all(this.all.map((watch) => this.lookAt(watch)));
      const before = this.all;
      await this.put(next, next.some((watch, at) => watch.reason !== before[at]?.reason || watch.tab !== before[at]?.tab));
      for (const [at, watch] of next.entries()) {
        const was = before[at] as Watch;
        if (alarming(was, watch)) this.hooks.alarm(this.view(watch), true);
        else if (was.reason !== "" && watch.reason === "") this.hooks.alarm(this.view(watch), false);
      }
    });
  }

  /** A tab was closed. */
  async removed(tabId: number): Promise<void> {
    await this.load();
    if (this.all.some((watch) => watch.tab === tabId)) await this.look();
  }

  /** The browser put another tab in the place of one. */
  async replaced(added: number, removed: number): Promise<void> {
    await this.load();
    await this.inTurn(() => this.put(this.all.map((watch) => (watch.tab === removed ? { ...watch, tab: added } : watch)), false));
  }

  reported(): InboxWatch[] {
    return this.views.map(({ inbox, reason, since, looked_at, gap_from, gap_until, gap_reason }) => ({ inbox, reason, since, looked_at, gap_from, gap_until, gap_reason }));
  }

  private async lookAt(watch: Watch): Promise<Watch> {
    const now = Date.now() / 1000;
    if (watch.tab >= 0) return after(watch, await lookInto(watch.tab, this.hooks.marketplaces()), now);
    const again = await this.findAgain(watch);
    return again ? after(again.watch, again.facts, now) : after(watch, { tab: watch.reason === "tab_gone" ? "gone" : "missing" }, now);
  }

  /** A tab counts when this very inbox stands in it: one address may show the shops of several accounts. */
  private async findAgain(watch: Watch): Promise<{ watch: Watch; facts: Facts } | null> {
    for (const { id: tab } of await tabsAt(watch.url)) {
      const facts = await lookInto(tab, this.hooks.marketplaces());
      if (facts.tab !== "there" || facts.glance.inbox === null || inboxKey(facts.glance.inbox.ref) !== inboxKey(watch.inbox)) continue;
      const { pinned } = await chrome.tabs.get(tab);
      return { watch: { ...watch, tab, pinned: pinned && watch.pinned, awake: await hold(tab) }, facts };
    }
    return null;
  }

  private view({ inbox, reason, since, lookedAt, gap, awake }: Watch): WatchView {
    const title = this.hooks.marketplaces().find((each) => each.name === inbox.marketplace)?.title ?? inbox.marketplace;
    return { inbox, title, awake, reason, since, looked_at: lookedAt, gap_from: gap?.from ?? null, gap_until: gap?.until ?? null, gap_reason: gap?.reason ?? "" };
  }

  /** Kept for this run of the browser at every look, over restarts only when something changed. */
  private async put(next: Watch[], lasting: boolean): Promise<void> {
    this.all = next;
    await Promise.all([chrome.storage.session.set({ [KEY]: next }), lasting && chrome.storage.local.set({ [KEY]: next })]);
    this.hooks.report(this.reported());
    this.hooks.onChange();
  }

  /** One after the other: two looks at once would raise the same alarm twice. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(() => this.load()).then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
