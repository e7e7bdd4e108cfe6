// Puts the background together and knows how its parts call each other.

import { fitsPattern } from "../shared/hosts";
import { pickLocale } from "../shared/i18n";
import type { Answer, PagePush, SeenAnswer, State, Texts } from "../shared/messages";
import type { OwnPush, OwnState } from "../shared/own";
import { PORTS } from "../shared/protocol.const.gen";
import type { InstallProgress, Marketplace, MessageSeenResult, Methods } from "../shared/protocol.gen";
import { loadTexts, pageTexts } from "../shared/texts";
import { showBadge } from "./badge";
import { Offscreen } from "./browser/offscreen";
import { BrowserTranslator } from "./browser/translator";
import type { Channel } from "./channel";
import { Descriptions } from "./descriptions";
import { dial } from "./dial";
import { CallError, toFailure } from "./failure";
import { Images } from "./images";
import { Latest } from "./latest";
import { keys } from "./keys";
import { CompanionLink } from "./link";
import { keep, recall } from "./memory";
import { Pace } from "./pace";
import { PairingStory } from "./pairing";
import { portsIn } from "./ports";
import { Queue } from "./queue";
import type { QueuedMethod } from "./queue_store";
import { grantedPatterns, syncScripts } from "./scripts";
import { SettingsCopy } from "./settings";
import { alarm } from "./watch/alarm";
import { Watches } from "./watch/watches";

/** How long a request waits for a connection that is being made. */
const CONNECT_MS = 8_000;
/** A message on its way changes the queue twice within milliseconds; nobody needs to hear of both. */
const TELL_MS = 80;
/** Asking these twice changes nothing, so a break in between is repaired here. */
const REPEATABLE = new Set<keyof Methods>(["translate", "translate.others", "thread.get", "thread.list", "thread.mark", "thread.messages", "search", "inbox.list", "status.get", "languages.list", "pairing.list", "glossary.list", "memory.search", "engines.list"]);

export class App {
  readonly settings = new SettingsCopy();
  readonly descriptions = new Descriptions();
  readonly link: CompanionLink;
  readonly queue: Queue;
  readonly images: Images;
  readonly latest: Latest;
  readonly watches: Watches;
  readonly translator: BrowserTranslator;
  readonly pairing: PairingStory;
  /** What the tabs may have written down. */
  readonly pace = new Pace();
  /** Page patterns the seller switched on. */
  granted: string[] = [];
  booted = false;
  private ports: number[] = [];
  private lastPractice: boolean | null = null;
  private booting: Promise<void> | undefined;
  private shown = "";
  private tellingPages: Promise<void> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const identity = { version: chrome.runtime.getManifest().version, origin: location.origin };
    const channel = (): Channel | null => (this.link.channel?.open ? this.link.channel : null);
    this.link = new CompanionLink({ ...identity, dial, keys, ports: async () => this.portsToTry() });
    this.queue = new Queue({
      channel,
      hopeful: () => this.link.hopeful,
      practice: () => this.lastPractice,
      onChange: () => this.tell(),
      onStored: (entry, result) => {
        if (entry.method === "message.seen") this.fetchImages(result as MessageSeenResult);
      },
    });
    this.images = new Images({ channel, granted: (url) => chrome.permissions.contains({ origins: [`${new URL(url).origin}/*`] }) });
    this.latest = new Latest({ channel, practice: () => this.lastPractice, onStored: () => this.tell() });
    this.translator = new BrowserTranslator({ page: new Offscreen(), channel, agent: navigator.userAgent });
    this.watches = new Watches({
      marketplaces: () => this.descriptions.marketplaces,
      report: (watches) => void channel()?.request("inbox.watch", { watches }).catch(() => undefined),
      onChange: () => this.tell(),
      alarm: (watch, lost) => void this.texts().then((texts) => alarm(watch, lost, texts)),
    });
    this.pairing = new PairingStory({ ...identity, dial, keys, name: browserName(), ports: async () => this.portsToTry() });
    this.link.onView = () => this.tell();
    this.link.onAttempt = () => this.queue.attempted();
    this.link.onReady = (ready) => void this.greetNew(ready);
    this.pairing.onView = () => this.tell();
    this.pairing.onDone = () => this.link.restart();
    this.settings.onChange = () => void this.tellSettings();
    this.descriptions.onChange = () => (this.tellingPages = this.tellPages());
  }

  /** Reads everything kept, once a life; requests wait for it. */
  boot(): Promise<void> {
    this.booting ??= (async () => {
      const [ports, practice] = await Promise.all([
        recall<unknown>("ports", []),
        recall<boolean | null>("last_practice", null),
        this.settings.load(),
        this.descriptions.load(),
        this.queue.load(),
        this.watches.load(),
        this.translator.load(),
      ]);
      this.ports = portsIn(ports) ?? [];
      this.lastPractice = practice;
      await this.refreshGrants();
      this.booted = true;
      this.tell();
      this.link.ensure();
    })();
    this.booting.catch(() => (this.booting = undefined));
    return this.booting;
  }

  /** Every half minute: is the companion there, and are the inboxes? */
  async beat(): Promise<void> {
    this.link.ensure("hurry");
    await Promise.all([this.latest.flush(), this.watches.look()]);
  }

  isGranted(url: string): boolean {
    return this.granted.some((pattern) => fitsPattern(url, pattern));
  }

  async refreshGrants(added: string[] = []): Promise<void> {
    this.granted = await grantedPatterns(this.descriptions.marketplaces);
    await syncScripts(this.descriptions.marketplaces, added);
  }

  /** One call of the companion for somebody outside; never rejects. */
  async call<M extends keyof Methods>(method: M, params: Methods[M]["params"]): Promise<Answer<Methods[M]["result"]>> {
    const onProgress = (progress: unknown): void => this.tellProgress(params as { source: string; target: string }, progress as InstallProgress);
    for (let tries = 0; ; tries++) {
      const channel = await this.link.ready(CONNECT_MS);
      if (!channel) return { error: toFailure(this.whyNot()) };
      try {
        return { result: await channel.request(method, params, method === "languages.install" ? { onProgress } : {}) };
      } catch (error) {
        const broken = error instanceof CallError && error.code === "closed";
        if (!broken || tries > 0 || !REPEATABLE.has(method)) return { error: toFailure(error) };
      }
    }
  }

  /** Keeps something for the archive; never rejects. */
  async archive<M extends QueuedMethod>(method: M, params: Methods[M]["params"], idem: string, ms: number): Promise<SeenAnswer> {
    this.link.ensure("hurry");
    try {
      const fate = await this.queue.put(method, params, idem, ms);
      if ("result" in fate) return { result: fate.result as MessageSeenResult, queued: false };
      return "refused" in fate ? { queued: false, error: toFailure(fate.refused) } : { queued: true };
    } catch (error) {
      return { queued: false, error: toFailure(error) };
    }
  }

  state(): State {
    const { link, detail, practice } = this.link.view;
    return { link, detail, practice: link === "ready" || link === "unpaired" ? practice : (this.lastPractice ?? false), queue: this.queue.state };
  }

  locale(): "zh_CN" | "en" {
    return pickLocale(this.settings.current.locale, chrome.i18n.getUILanguage());
  }

  texts(): Promise<Texts> {
    return loadTexts(this.locale());
  }

  ownState(): OwnState {
    return {
      state: this.state(),
      trouble: this.queue.trouble && toFailure(this.queue.trouble),
      companion: this.link.view.companion,
      keyId: this.link.view.link === "ready" ? (this.link.pairing?.keyId ?? "") : "",
      pairing: this.pairing.view,
      settings: this.settings.current,
      locale: this.locale(),
      ports: this.portsToTry(),
      portsChanged: this.ports.length > 0,
      marketplaces: this.descriptions.marketplaces,
      watches: this.watches.views,
    };
  }

  async setPorts(ports: number[]): Promise<void> {
    this.ports = ports;
    await keep("ports", ports);
    this.link.restart();
    this.tell();
  }

  /** Ends the pairing with the companion at hand, on both sides where it can be reached. */
  async forgetPairing(): Promise<void> {
    const { channel, pairing } = this.link;
    if (channel?.open && pairing) await channel.request("pairing.revoke", { key_id: pairing.keyId }).catch(() => undefined);
    const instance = pairing?.instance ?? this.link.view.companion?.instance;
    if (instance) await keys.remove(instance);
    this.link.restart();
  }

  /** Somebody else (the practice launcher, another device's sync) wrote the ports. */
  async portsWritten(): Promise<void> {
    const { ports: written = [] } = await chrome.storage.local.get("ports");
    const ports = portsIn(written);
    if (ports && ports.join() !== this.ports.join()) await this.setPorts(ports);
  }

  private portsToTry(): number[] {
    return this.ports.length ? this.ports : PORTS;
  }

  private whyNot(): CallError {
    const { link, detail } = this.link.view;
    if (link === "unpaired") return new CallError(detail === "foreign" ? "proof_failed" : "not_paired");
    if (link === "version") return new CallError("version_mismatch", { update: detail === "update_companion" ? "companion" : "extension" });
    return new CallError(link === "no_companion" ? "not_running" : "timeout", {}, true);
  }

  /** A new connection: settings, descriptions, and everything that waited. */
  private async greetNew(channel: Channel): Promise<void> {
    channel.onPush = (topic, data) => {
      if (topic === "settings") void this.settings.take(data as never);
      else if (topic === "browser.translate") void this.translator.take(data as never, channel);
      // a colleague's companion archived something: our own pages read their lists anew
      else if (topic === "archive") this.tell();
      else if (topic === "checks") this.checkAgain();
      else void this.descriptions.sync(channel).catch(() => undefined);
    };
    if (this.link.view.practice !== this.lastPractice) {
      this.lastPractice = this.link.view.practice;
      await keep("last_practice", this.lastPractice);
    }
    await this.queue.load();
    this.queue.flush();
    void this.latest.flush();
    void this.watches.look();
    void this.translator.greet(channel);
    // each may fail alone: an old copy is better than none, and the next connection brings the next try
    await Promise.allSettled([this.settings.sync(channel), this.descriptions.sync(channel)]);
  }

  private fetchImages(result: MessageSeenResult): void {
    for (const { message, url } of result.images) void this.images.store(message, url);
  }

  /** Says how it stands to everybody, once for a burst of changes. */
  private tell(): void {
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      if (this.booted) this.tellNow();
    }, TELL_MS);
  }

  private tellNow(): void {
    const state = this.state();
    void this.texts().then((texts) => showBadge(state, texts, this.watches.lost));
    this.toOwn({ type: "own", own: this.ownState() });
    const text = JSON.stringify(state);
    if (text === this.shown) return;
    this.shown = text;
    this.toPages(() => ({ type: "state", state }));
  }

  private async tellSettings(): Promise<void> {
    const texts = await this.texts();
    const push: PagePush = { type: "settings", settings: this.settings.current, locale: this.locale(), texts: pageTexts(texts) };
    this.toPages(() => push);
    this.tell();
  }

  /** Takes the companion's descriptions now, rather than when its word of new ones comes. */
  async syncPages(): Promise<void> {
    const { channel } = this.link;
    if (channel?.open) await this.descriptions.sync(channel).catch(() => undefined);
    await this.tellingPages;
  }

  private async tellPages(): Promise<void> {
    const before = this.granted;
    const now = await grantedPatterns(this.descriptions.marketplaces);
    // a page that was just taught works in its open tab at once; one that was forgotten hears of it, too
    await this.refreshGrants(this.booted ? now.filter((pattern) => !before.includes(pattern)) : []);
    const marketplacesAt = (url: string): Marketplace[] => this.descriptions.marketplaces.filter((each) => each.hosts.some((pattern) => fitsPattern(url, pattern)));
    this.toPages((url) => ({ type: "pages", marketplaces: marketplacesAt(url) }), [...new Set([...before, ...this.granted])]);
    this.tell();
  }

  private checkAgain(): void {
    this.toPages(() => ({ type: "checks" }));
    this.toOwn({ type: "checks" });
  }

  private tellProgress({ source, target }: { source: string; target: string }, progress: InstallProgress): void {
    const push: PagePush = { type: "install.progress", source, target, progress };
    this.toPages(() => push);
    this.toOwn(push);
  }

  private toOwn(push: OwnPush): void {
    // rejects when none of our pages is open
    void chrome.runtime.sendMessage(push).catch(() => undefined);
  }

  private toPages(pushFor: (url: string) => PagePush, patterns = this.granted): void {
    if (patterns.length === 0) return;
    void chrome.tabs.query({ url: patterns }).then((tabs) => {
      for (const tab of tabs) {
        if (tab.id !== undefined && patterns.some((pattern) => fitsPattern(tab.url ?? "", pattern))) void chrome.tabs.sendMessage(tab.id, pushFor(tab.url ?? "")).catch(() => undefined);
      }
    });
  }
}

function browserName(): string {
  const agent = navigator.userAgent;
  const name = /Firefox/.test(agent) ? "Firefox" : /Edg\//.test(agent) ? "Edge" : "Chrome";
  const system = /Windows/.test(agent) ? "Windows" : /Mac/.test(agent) ? "macOS" : "Linux";
  return `${name} · ${system}`;
}
