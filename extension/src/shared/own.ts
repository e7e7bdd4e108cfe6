// What own pages (side panel, options, popup) may ask the background, beyond `messages.ts`.

import type { Answer, Counts, Failure, PagePush, State } from "./messages";
import type { WatchView } from "./inbox";
import type { BrowserPair, InboxRef, Marketplace, Methods, Settings, SettingsSetParams } from "./protocol.gen";
import { alive, transmit } from "./talk";
import type { Way } from "./translator";

/** Methods of the companion own pages may call. */
export const OWN_CALLS = [
  "brands.list",
  "brands.put",
  "brands.remove",
  "dashboard.ticket",
  "engines.list",
  "engines.order",
  "engines.remove",
  "engines.save",
  "engines.test",
  "glossary.export",
  "glossary.list",
  "glossary.put",
  "glossary.remove",
  "inbox.list",
  "languages.install",
  "languages.list",
  "languages.remove",
  "memory.export",
  "memory.remove",
  "memory.search",
  "pages.export",
  "pages.forget",
  "pages.import",
  "pages.own",
  "pairing.list",
  "pairing.revoke",
  "search",
  "status.get",
  "thread.list",
  "thread.mark",
  "thread.messages",
  "waivers.list",
  "waivers.put",
  "waivers.remove",
  "words.list",
  "words.put",
  "words.remove",
] as const;
export type OwnCall = (typeof OWN_CALLS)[number];
/** Methods that take a file. */
export const IMPORT_CALLS = ["glossary.import", "memory.import"] as const;
export type ImportCall = (typeof IMPORT_CALLS)[number];

/** A pairing on its way, as the options page shows it. */
export type PairingView =
  | { step: "none" }
  | { step: "asking" }
  /** `until`: ms since 1970. */
  | { step: "compare"; digits: string; until: number; same: boolean }
  | { step: "done" }
  | { step: "failed"; failure: Failure };

export interface OwnState {
  state: State;
  /** `state.queue.trouble` with what fills its sentence; not for pages of others, since it names folders. */
  trouble: Failure | null;
  companion: { version: string; port: number; instance: string } | null;
  /** Key this extension uses with the connected companion; "" for none. */
  keyId: string;
  pairing: PairingView;
  settings: Required<Settings>;
  locale: "zh_CN" | "en";
  ports: number[];
  /** Whether the ports were set here rather than being the usual ones. */
  portsChanged: boolean;
  marketplaces: Marketplace[];
  watches: WatchView[];
}

/** A described page in a tab, as it was read last. */
export interface Sight {
  /** The marketplace's name, a slash, the page's id. */
  description: string;
  /** Title of the marketplace. */
  title: string;
  kind: Marketplace["pages"][number]["page"];
  /** How far the description may be relied on. */
  state: "done" | "provisional" | "assumed";
  trust: "high" | "medium" | "low";
  /** What the description demands and the page does not have. */
  lost: string[];
  counts: Counts;
}

export interface ParkedView {
  at: number;
  method: string;
  buyer: string;
  text: string;
  code: string;
  data: Record<string, unknown>;
}

export interface OwnRequests {
  "own.state": { ask: object; answer: OwnState };
  "own.retry": { ask: object; answer: null };
  "own.pair.start": { ask: object; answer: null };
  "own.pair.same": { ask: object; answer: null };
  "own.pair.cancel": { ask: object; answer: null };
  "own.pair.forget": { ask: object; answer: null };
  "own.settings": { ask: { patch: SettingsSetParams }; answer: Answer<null> };
  "own.ports": { ask: { ports: number[] }; answer: Answer<null> };
  "own.parked": { ask: object; answer: ParkedView[] };
  "own.parked.retry": { ask: object; answer: null };
  "own.parked.forget": { ask: object; answer: null };
  /** Shows the panel that teaches in a tab; false where no extension may go. */
  "own.teach": { ask: { tab: number }; answer: boolean };
  /** Opens the translation of the listing in a tab. */
  "own.listing": { ask: { tab: number }; answer: null };
  /** The described pages in a tab. */
  "own.sights": { ask: { tab: number }; answer: Sight[] };
  /** The inbox a tab shows, null without one; `watch` when it is watched. */
  "own.watch.here": { ask: { tab: number }; answer: { inbox: InboxRef; changed: boolean; watch: WatchView | null } | null };
  /** False: the tab shows no inbox that is understood. */
  "own.watch.begin": { ask: { tab: number }; answer: boolean };
  "own.watch.stop": { ask: { inbox: InboxRef }; answer: null };
  /** Brings the tab of a watched inbox to the front, or opens it again. */
  "own.watch.open": { ask: { inbox: InboxRef }; answer: null };
  /** Looks now rather than at the next alarm. */
  "own.watch.look": { ask: object; answer: null };
  /** How these directions stand in this browser's own translator, asked anew; `has` false: it has none. */
  "own.translator": { ask: { ways: readonly Way[] }; answer: { has: boolean; pairs: BrowserPair[] } };
  /** A file's `content` may be longer than in a request of the wire. */
  "own.import": { ask: { method: ImportCall; params: unknown }; answer: Answer<unknown> };
  "own.call": { ask: { method: OwnCall; params: unknown }; answer: Answer<unknown> };
}

export type OwnType = keyof OwnRequests;
export type OwnPush = PagePush | { type: "own"; own: OwnState };

export function askOwn<K extends Exclude<OwnType, "own.call" | "own.import">>(type: K, data: OwnRequests[K]["ask"]): Promise<OwnRequests[K]["answer"]> {
  return transmit({ type, ...data }, 20_000);
}

/** Call the companion; the answer is a result or an error with a code. Never rejects. */
export async function callOwn<M extends OwnCall>(method: M, params: Methods[M]["params"]): Promise<Answer<Methods[M]["result"]>> {
  try {
    return await transmit({ type: "own.call", method, params }, method === "languages.install" ? 3_700_000 : 70_000);
  } catch {
    // the worker was killed over it, or never answered
    return { error: { code: "timeout", retryable: true, data: {} } };
  }
}

/** Import a file's text, however long. Never rejects. */
export async function importOwn<M extends ImportCall>(method: M, params: Methods[M]["params"]): Promise<Answer<Methods[M]["result"]>> {
  try {
    return await transmit({ type: "own.import", method, params }, 100_000);
  } catch {
    return { error: { code: "timeout", retryable: true, data: {} } };
  }
}

export function onOwnPush(hear: (push: OwnPush) => void): void {
  chrome.runtime.onMessage.addListener((message: OwnPush, sender) => {
    if (alive() && sender.id === chrome.runtime.id && !sender.tab && typeof message?.type === "string" && !message.type.startsWith("own.")) hear(message);
  });
}
