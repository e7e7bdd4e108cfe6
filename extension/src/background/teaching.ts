// Which tabs are being taught. The seller started it in the popup; nothing else may hand us a page description.

import { problemOf } from "../shared/check";
import type { Answer, Texts } from "../shared/messages";
import type { ChatPage, ListingPage, Marketplace, PagesTeachParams } from "../shared/protocol.gen";
import type { TeachHello, TeachSaved } from "../shared/teach";
import type { App } from "./app";
import { pattern } from "../sites/text";
import { CallError, toFailure } from "./failure";
import { Refused } from "./pages_side";
import type { Sender } from "./senders";

const FILE = "teach.js";
/** A lesson takes minutes. */
const LONGEST_MS = 60 * 60_000;
const KEY = "teaching";

interface Lesson {
  origin: string;
  document: string;
  until: number;
}

type Asked = Record<string, unknown>;
type Lessons = Record<string, Lesson>;

/** The worker may be killed in the middle of a lesson; what it knows lives as long as the browser. */
async function lessons(): Promise<Lessons> {
  const { [KEY]: kept = {} } = (await chrome.storage.session.get(KEY)) as Record<string, Lessons>;
  return Object.fromEntries(Object.entries(kept).filter(([, { until }]) => until > Date.now()));
}

/** Address of a tab that can be taught: https on the usual port. "" for others. */
export function teachable(url: string): string {
  try {
    const { protocol, port, origin } = new URL(url);
    return protocol === "https:" && port === "" ? origin : "";
  } catch {
    return "";
  }
}

/** Starts a lesson in a tab; the popup's press gave us the tab for as long as it stays at this site. */
export async function begin(tabId: number): Promise<boolean> {
  const tab = await chrome.tabs.get(tabId);
  const origin = teachable(tab.url ?? "");
  if (!origin) return false;
  const lesson: Lesson = { origin, document: "", until: Date.now() + LONGEST_MS };
  await chrome.storage.session.set({ [KEY]: { ...(await lessons()), [tabId]: lesson } });
  try {
    const [done] = await chrome.scripting.executeScript({ target: { tabId }, files: [FILE] });
    lesson.document = (done as { documentId?: string } | undefined)?.documentId ?? "";
    await chrome.storage.session.set({ [KEY]: { ...(await lessons()), [tabId]: lesson } });
    return true;
  } catch {
    return false; // a page no extension may enter, or one that is just going away
  }
}

export function isTeaching(asked: Asked): boolean {
  return asked["type"] === "teach.hello" || asked["type"] === "teach.save";
}

/** What the panel in the page asks. Throws Refused for everybody else. */
export async function answerTeach(app: App, asked: Asked, sender: Sender): Promise<unknown> {
  const host = await hostOf(sender);
  if (asked["type"] === "teach.hello") return greet(app, new URL(sender.url ?? ""));
  return save(app, host, asked["page"]);
}

/** The sender's own host, when it is the very document in which the lesson was started. */
async function hostOf(sender: Sender): Promise<string> {
  const origin = teachable(sender.url ?? "");
  const lesson = (await lessons())[String(sender.tab?.id)];
  if (sender.id !== chrome.runtime.id || sender.frameId !== 0 || !origin || !lesson) throw new Refused("not taught");
  if (lesson.origin !== origin || (sender.origin !== undefined && sender.origin !== origin)) throw new Refused("origin");
  if (lesson.document && sender.documentId && lesson.document !== sender.documentId) throw new Refused("document");
  return new URL(origin).host;
}

async function greet(app: App, url: URL): Promise<TeachHello> {
  const texts = await app.texts();
  return { locale: app.locale(), texts: teachTexts(texts), known: knownPages(url, app.descriptions.marketplaces) };
}

/** Descriptions of pages that can be taught for this address, the one that counts first. */
export function knownPages(url: URL, marketplaces: readonly Marketplace[]): (ChatPage | ListingPage)[] {
  const pages = marketplaces.filter(({ hosts }) => hosts.includes(`https://${url.host}/*`)).flatMap((each) => each.pages);
  return pages.filter((page): page is ChatPage | ListingPage => (page.page === "chat" || page.page === "listing") && page.paths.some((path) => pattern(path)?.test(url.pathname)));
}

/** Only what the panel shows. */
export function teachTexts(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => /^(teach|error)_/.test(key)));
}

async function save(app: App, host: string, page: unknown): Promise<Answer<TeachSaved>> {
  const known = app.descriptions.marketplaces.find((each) => each.hosts.includes(`https://${host}/*`));
  const params = { host, title: known?.title ?? host.replace(/^www\./, ""), page };
  const kind = (page as { page?: unknown } | null)?.page;
  const problem = kind === "chat" || kind === "listing" ? problemOf("pages.teach", "params", params) : "page: kind";
  if (problem) return { error: toFailure(new CallError("bad_params", { problem })) };
  const answer = await app.call("pages.teach", params as PagesTeachParams);
  if ("error" in answer) return answer;
  const { marketplace, page: id, folder } = answer.result;
  await app.syncPages();
  return { result: { marketplace, page: id, folder, on: app.isGranted(`https://${host}/`) } };
}
