// What content hands to a feature, and what features offer each other through it.

import type { AnswerTo, PagePush, Part, PageRequest, State } from "../../shared/messages";
import type { Glance } from "../../shared/inbox";
import type { Settings, ThreadRef, ThreadState, Translated } from "../../shared/protocol.gen";
import type { Data } from "../../shared/i18n";
import type { ChatPage, ListingPage, Marketplace } from "../../shared/protocol.gen";
import type { Composer } from "../../sites/composer";
import type { Health } from "../../sites/health";
import type { Identity } from "../../sites/identity";
import type { ListingSnapshot } from "../../sites/listing";
import type { Row } from "../../sites/rows";

/** The extension around the page. */
export interface Host {
  ask<R extends PageRequest>(request: R): Promise<AnswerTo<R>>;
  /** A part that is not loaded with the page; rejects when it cannot be had. */
  part<K extends Part>(name: K): Promise<Parts[K]>;
  t(key: string, data?: Data): string;
  readonly locale: "zh_CN" | "en";
  readonly settings: Required<Settings>;
  readonly state: State;
  /** State, settings or texts changed. */
  onChange(hear: () => void, signal: AbortSignal): void;
  onPush(hear: (push: PagePush) => void, signal: AbortSignal): void;
}

/** One look at the conversation. */
export interface Snapshot {
  identity: Identity;
  /** Visual order, times inherited. */
  rows: Row[];
  /** The rows still are those of the conversation before: draw nothing lasting from them. */
  stale: boolean;
}

/** The page at hand. */
export interface Page {
  readonly marketplace: Marketplace;
  readonly spec: ChatPage;
  readonly document: Document;
  /** Read anew at every call. */
  identity(): Identity;
  composer(): Composer | null;
  /** The one found before, while it is in the page; for looks that must cost nothing. */
  lastComposer(): Composer | null;
  readonly snapshot: Snapshot | null;
  onRows(hear: (snapshot: Snapshot) => void, signal: AbortSignal): void;
  /** Rows whose nodes just changed, before they are read again and before they are painted. */
  onDirty(hear: (rows: ReadonlySet<Element>) => void, signal: AbortSignal): void;
  /** Composer or conversation may have changed; called at most once a frame. */
  onTick(hear: () => void, signal: AbortSignal): void;
  /** What the companion knows about the language of the conversation at hand. */
  readonly thread: ThreadState;
  learn(identity: Identity, state: ThreadState): void;
  /** The language buyer messages of a conversation turned out to be in. */
  hear(identity: Identity, language: string): void;
  onThread(hear: (state: ThreadState) => void, signal: AbortSignal): void;
  /** Texts Seabridge put into this page's composer, newest last, with what the seller wrote. */
  readonly inserted: Inserted[];
  /** The page is not understood well enough to write into it. */
  doubted: boolean;
  services: Services;
}

export interface Inserted {
  text: string;
  written: string;
}

export interface InsertRequest {
  /** The conversation the seller wrote for. */
  meant: Identity;
  text: string;
  written: string;
  language: string;
  engine: string;
  match: "exact" | "near" | "memory" | "memory_near" | "machine" | "same" | "none";
  /** Text of the seller's in the field that the insertion takes the place of; other text stays in front. */
  replaces?: string;
}

export type InsertResult = { done: true } | { done: false; why: string; copied: boolean };

/** What one feature does for another; absent while the feature is not there. */
export interface Services {
  insert?: (request: InsertRequest) => Promise<InsertResult>;
  focusBar?: () => void;
  bar?: BarService;
}

/** What stands in the bar, for what judges it. */
export interface BarService {
  /** Below everything the bar says. */
  readonly place: HTMLElement;
  /** What would be put in, null while nothing is on show. */
  shown(): Translated | null;
  /** Calls back before anything in the bar changes. */
  onChange(hear: () => void, signal: AbortSignal): void;
  /** Another text for what is on show. */
  take(text: string): void;
  /** Hears before anything is put into the place. */
  growing(): void;
}

/** Another answer for what stands in the bar. */
export interface Other {
  item: Translated;
  /** Which of how many, from 1. */
  at: number;
  of: number;
}

/** A text whose translation another engine may make anew. */
export interface Wish {
  text: string;
  purpose: "read" | "write";
  thread: ThreadRef | null;
  /** Asks an engine by name in another way than as a line of the conversation; null when it made nothing. */
  ask?: (engine: string) => Promise<Translated | null>;
  /** Hears of the other translation. */
  took: (item: Translated) => void;
  /** Hears before words are put into the place. */
  growing: () => void;
}

/** A listing editor, as the parts that translate and check it need it. */
export interface ListingAtHand {
  readonly marketplace: Marketplace;
  readonly spec: ListingPage;
  readonly document: Document;
  /** Of the page's address. */
  readonly host: string;
  /** As read last; `lost`: what the description demands and the page does not have. */
  readonly snapshot: Pick<ListingSnapshot, "shop" | "region" | "lost" | "fields">;
  /** Calls back after every change of a field. */
  onChange(hear: () => void, signal: AbortSignal): void;
}

/** What the parts offer, by the file they come in. */
export interface Parts {
  /** Marks what breaks a rule in a listing's fields, until the signal aborts. */
  check: (host: Host, listing: ListingAtHand, signal: AbortSignal) => void;
  /** Puts a button for another engine into `place`; nothing when there is none. */
  engines: (host: Host, place: HTMLElement, item: Translated, wish: Wish) => Promise<void>;
  /** Watches what may go out on a page; gives what has to hear every key and press before the page does. */
  guard: (host: Host, page: Page, window: Window, signal: AbortSignal) => (event: Event) => void;
  /** Opens the translation of a listing's fields; it closes with the signal at the latest. */
  listing: (host: Host, listing: ListingAtHand, signal: AbortSignal) => void;
  insert: (host: Host, page: Page, request: InsertRequest, signal: AbortSignal) => Promise<InsertResult>;
  /** The answer after `shown` for the seller's `text`; null when there is no other. Rejects when nobody answers. */
  others: (host: Host, thread: ThreadRef | null, text: string, shown: Translated) => Promise<Other | null>;
  /** Lets the seller choose how replies sound; `put` takes the control, `say` a reason why a choice was not kept. */
  tone: (host: Host, page: Page, put: (control: HTMLElement) => void, say: (text: string) => void, signal: AbortSignal) => void;
  /** Whether a conversation is still understood. */
  health: {
    look: (page: Page, signal: AbortSignal) => Promise<Health | null>;
    watch: (host: Host, page: Page, tell: (lost: string[], doubtful: boolean) => void, signal: AbortSignal) => Promise<void>;
  };
  /** Reads every page but conversations, for as long as `signal` lets it. */
  pages: (host: Host, window: Window, marketplaces: () => readonly Marketplace[], signal: AbortSignal) => void;
}

/** What parts leave in the page for each other. */
export interface Left {
  /** When the content script came into the document, in ms since that began. */
  begun: number;
  /** Looks at the inbox that is drawn here. */
  inbox: () => Glance["inbox"];
}

export type Init = (host: Host, page: Page, signal: AbortSignal) => void;
