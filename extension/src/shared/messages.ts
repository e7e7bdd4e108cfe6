// What travels inside the extension, between the background and the untrusted content scripts.
// Own pages (side panel, options, popup) use these and the further requests of `own.ts`.

import type { DraftInsertedParams, InboxSeenParams, InstallProgress, ListingSeenParams, Marketplace, MessageSeenParams, MessageSeenResult, Methods, PageFound, Settings } from "./protocol.gen";

/** Where the connection to the companion stands. */
export type Link = "connecting" | "no_companion" | "unpaired" | "version" | "ready";

/** Why, where `link` alone does not say what to do. */
export type Detail =
  | ""
  | "foreign" // something answers on the port but could not prove that it is the paired companion
  | "revoked" // the companion no longer knows our key
  | "update_extension" // no common protocol version, ours is the older
  | "update_companion"; // no common protocol version, the companion's is the older

export interface State {
  link: Link;
  detail: Detail;
  /** Connected to the practice companion: nothing here is real. */
  practice: boolean;
  /** Messages kept here until the companion takes them. */
  queue: QueueState;
}

export interface QueueState {
  waiting: number;
  /** Entries the companion refused for good; kept and shown, they block nothing. */
  parked: number;
  /** Full: further messages are refused until the companion takes some. */
  full: boolean;
  /** Code of the companion's reason for not storing what waits, such as a full disk; "" = none. */
  trouble: string;
}

/** An error as code and data; the sentence is `t("error_" + code, data)`. */
export interface Failure {
  code: string;
  retryable: boolean;
  data: Record<string, unknown>;
}

export type Answer<T> = { result: T } | { error: Failure };

/** Methods of the companion that a page may ask for. */
export const PAGE_CALLS = ["translate", "translate.others", "thread.get", "thread.set_language", "thread.set_tone", "languages.install", "listing.check", "message.check", "message.sending", "waivers.put"] as const;
export type PageCall = (typeof PAGE_CALLS)[number];

export type Texts = Record<string, string>;

export interface PageHello {
  state: State;
  /** Locale of the texts, already decided: setting, else the browser's. */
  locale: "zh_CN" | "en";
  texts: Texts;
  settings: Required<Settings>;
  /** Only those that own the asking host. */
  marketplaces: Marketplace[];
  practice: boolean;
}

export interface HelloRequest {
  type: "page.hello";
  /** Address of the asking document. */
  url: string;
}

export interface CallRequest<M extends keyof Methods = PageCall> {
  type: "call";
  method: M;
  params: Methods[M]["params"];
  idem?: string;
}

/** Rows a page shows. Kept durably before the answer; `seq` counts up within a document. */
export interface SeenRequest {
  type: "seen";
  params: MessageSeenParams;
  seq: number;
}

/**
 * `result` when the companion took the rows at once. `queued` true: kept here and delivered later, do not send again.
 * `queued` false without a result: not kept; `error` says why (`queue_full`, or the companion refused the rows).
 */
export interface SeenAnswer {
  result?: MessageSeenResult;
  queued: boolean;
  error?: Failure;
}

export interface DraftRequest {
  type: "draft";
  params: DraftInsertedParams;
}

/** How much of what was read of a page, e.g. {"notices": 12}; lengths in characters. */
export type Counts = Record<string, number>;

/** A page that stands in this frame, as read last. */
export interface SightRequest {
  type: "sight";
  /** Which description: the marketplace's name, a slash, the page's id. */
  description: string;
  /** Null: it is not there any more. */
  read: { lost: string[]; counts: Counts } | null;
}

/** Capture the top document now and let the companion read it. */
export interface ReadRequest {
  type: "read";
}

/** The document's pages, the main one first; `whole` false: the capture is cut short, so amounts are not known. */
export interface PageReading {
  pages: PageFound[];
  whole: boolean;
}

/** An inbox as it stands in this frame. True: taken, do not tell the same again. */
export interface InboxRequest {
  type: "inbox";
  params: InboxSeenParams;
}

/** A listing as its editor shows it, before anybody typed. True: taken, do not tell the same again. */
export interface ListingSeenRequest {
  type: "listing.seen";
  params: ListingSeenParams;
}

/** The engines that can be asked by name, as the seller ordered them. */
export interface EnginesRequest {
  type: "engines";
}

export interface OfferedEngine {
  name: string;
  /** As its maker calls it; "" for those on this computer, which have texts of their own. */
  title: string;
  /** Host that sees the text; "" = it stays on this computer. */
  destination: string;
}

export interface OpenPanelRequest {
  type: "open.panel";
}

export interface OpenOptionsRequest {
  type: "open.options";
}

/** A part of the content script that is loaded when it is first needed. */
export interface PartRequest {
  type: "part";
  name: Part;
}

export const PARTS = ["dialog", "engines", "health", "insert", "listing", "others", "pages", "tone"] as const;
export type Part = (typeof PARTS)[number];

export type PageRequest =
  | HelloRequest
  | { [M in PageCall]: CallRequest<M> }[PageCall]
  | SeenRequest
  | DraftRequest
  | PartRequest
  | SightRequest
  | ReadRequest
  | InboxRequest
  | ListingSeenRequest
  | EnginesRequest
  | OpenPanelRequest
  | OpenOptionsRequest;

/** The answer type that belongs to a request type. */
export type AnswerTo<R> = R extends HelloRequest
  ? PageHello
  : R extends { type: "call"; method: infer M extends keyof Methods }
    ? Answer<Methods[M]["result"]>
    : R extends ReadRequest
      ? Answer<PageReading>
      : R extends SeenRequest
      ? SeenAnswer
      : R extends DraftRequest
        ? { queued: boolean }
        : R extends PartRequest | SightRequest
          ? null
          : R extends InboxRequest | ListingSeenRequest
            ? boolean
            : R extends EnginesRequest
              ? Answer<OfferedEngine[]>
              : R extends OpenPanelRequest | OpenOptionsRequest
                ? { opened: boolean }
                : never;

/** Unasked-for messages from the background to every content script. */
export type PagePush =
  | { type: "state"; state: State }
  | { type: "settings"; settings: Required<Settings>; locale: "zh_CN" | "en"; texts: Texts }
  | { type: "pages"; marketplaces: Marketplace[] }
  /** Rules, own words, marks or waivers are others: what was checked is to be checked again. */
  | { type: "checks" }
  /** The seller wants the listing in this tab translated. */
  | { type: "listing" }
  | { type: "install.progress"; source: string; target: string; progress: InstallProgress };
