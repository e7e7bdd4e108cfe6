// What content scripts may ask. Every request is checked against the wire's own shapes before anything happens.

import { problemIn, problemOf } from "../shared/check";
import { marketplacesOf } from "../shared/hosts";
import { PAGE_CALLS, PARTS, type Answer, type OfferedEngine, type PageCall, type PageHello, type PageReading, type SeenAnswer } from "../shared/messages";
import type { DraftInsertedParams, InboxSeenParams, ListingSeenParams, MessageSeenParams, Methods } from "../shared/protocol.gen";
import { pageTexts } from "../shared/texts";
import type { App } from "./app";
import { CallError, toFailure } from "./failure";
import { offered } from "./engines";
import { writtenBy } from "./pace";
import { openPanel } from "./platform";
import { laneOf } from "./queue";
import { readDocument } from "./reading";
import type { Tier } from "./senders";
import { describedAs, dropFrame, dropSight, noteSight, readOf } from "./sights";

type Content = Extract<Tier, { kind: "content" }>;
type Asked = Record<string, unknown>;

/** How long a page waits for its rows to be stored before it hears "queued". */
const STORED_MS = 12_000;
/** Requests one tab may have under way. */
const MAX_AT_ONCE = 32;

const underWay = new Map<number, number>();

/** Thrown for what no honest content script sends. */
export class Refused extends Error {}

type Handler = (app: App, asked: Asked, from: Content) => Promise<unknown> | unknown;

const HANDLERS: Record<string, Handler> = {
  "page.hello": hello,
  call: callCompanion,
  seen,
  draft,
  sight,
  read,
  inbox,
  "listing.seen": listing,
  part,
  engines,
  "open.panel": async (_app, _asked, from) => ({ opened: await openPanel(from.windowId) }),
  "open.options": async () => {
    await chrome.runtime.openOptionsPage();
    return { opened: true };
  },
};

export async function answerPage(app: App, asked: Asked, from: Content): Promise<unknown> {
  const type = asked["type"];
  const handler = typeof type === "string" && Object.hasOwn(HANDLERS, type) ? HANDLERS[type] : undefined;
  if (!handler) throw new Refused("request");
  const busy = underWay.get(from.tabId) ?? 0;
  if (busy >= MAX_AT_ONCE) throw new Refused("too many at once");
  underWay.set(from.tabId, busy + 1);
  try {
    return await handler(app, asked, from);
  } finally {
    const left = (underWay.get(from.tabId) ?? 1) - 1;
    if (left > 0) underWay.set(from.tabId, left);
    else underWay.delete(from.tabId);
  }
}

async function hello(app: App, asked: Asked, from: Content): Promise<PageHello> {
  app.link.ensure("hurry");
  const url = typeof asked["url"] === "string" ? asked["url"] : "";
  const owner = marketplacesOf(`https://${from.host}/`, app.descriptions.marketplaces);
  if (new URL(url).hostname !== from.host) throw new Refused("address");
  await dropFrame(from.tabId, from.frame, await app.texts());
  const state = app.state();
  return { state, locale: app.locale(), texts: pageTexts(await app.texts()), settings: app.settings.current, marketplaces: owner, practice: state.practice };
}

type Placed = { marketplace?: unknown } | null | undefined;

/** A page speaks of its own marketplace only: one that was taken over must not write another's conversations, nor read its
 * shop's terms. */
function ownThread(app: App, params: unknown, from: Content): void {
  const named = params as { marketplace?: unknown; thread?: Placed; shop?: Placed; waiver?: Placed } | null;
  ownMarketplace(app, named?.marketplace, from);
  ownMarketplace(app, named?.thread?.marketplace, from);
  ownMarketplace(app, named?.shop?.marketplace, from);
  ownMarketplace(app, named?.waiver?.marketplace, from);
}

function ownMarketplace(app: App, named: unknown, from: Content): void {
  const own = marketplacesOf(`https://${from.host}/`, app.descriptions.marketplaces);
  if (named !== undefined && !own.some((each) => each.name === named)) throw new Refused("marketplace");
}

async function callCompanion(app: App, asked: Asked, from: Content): Promise<Answer<unknown>> {
  const method = asked["method"] as PageCall;
  if (!PAGE_CALLS.includes(method)) throw new Refused("method");
  const problem = problemOf(method, "params", asked["params"]);
  if (problem) return { error: toFailure(new CallError("bad_params", { problem })) };
  ownThread(app, asked["params"], from);
  const params = asked["params"] as Methods[PageCall]["params"];
  const written = writtenBy(method, params);
  if (written && !app.pace.admits(from.tabId, method, written)) return { error: toFailure(new CallError("too_many", {}, true)) };
  return app.call(method, params);
}

async function seen(app: App, asked: Asked, from: Content): Promise<SeenAnswer> {
  const problem = problemIn("MessageSeenParams", asked["params"]);
  if (problem) return { queued: false, error: toFailure(new CallError("bad_params", { problem })) };
  if (!Number.isSafeInteger(asked["seq"])) throw new Refused("seq");
  ownThread(app, asked["params"], from);
  // the same rows asked again, after a kill of this worker for example, keep their key and stand in the queue once
  return app.archive("message.seen", asked["params"] as MessageSeenParams, `${from.document}:${String(asked["seq"])}`, STORED_MS);
}

/** A page speaks of the descriptions of its own marketplace only; all that is shown of one comes from the description. */
async function sight(app: App, asked: Asked, from: Content): Promise<null> {
  const known = describedAs(asked["description"], marketplacesOf(`https://${from.host}/`, app.descriptions.marketplaces));
  if (!known) throw new Refused("description");
  if (asked["read"] === null) {
    await dropSight(from.tabId, from.frame, known.description, await app.texts());
    return null;
  }
  const read = readOf(asked["read"]);
  if (!read) throw new Refused("sight");
  await noteSight(from.tabId, from.frame, { ...known, ...read }, await app.texts());
  return null;
}

/** Only the top document is captured; it holds its frames. */
async function read(app: App, _asked: Asked, from: Content): Promise<Answer<PageReading>> {
  if (!from.top) throw new Refused("frame");
  return readDocument(app, from);
}

async function inbox(app: App, asked: Asked, from: Content): Promise<boolean> {
  const params = asked["params"];
  if (problemIn("InboxSeenParams", params)) throw new Refused("inbox");
  ownMarketplace(app, (params as InboxSeenParams).inbox.marketplace, from);
  await app.latest.put(params as InboxSeenParams);
  return true;
}

/** Kept as messages are: a listing that was changed since can never be read again. */
async function listing(app: App, asked: Asked, from: Content): Promise<boolean> {
  if (problemIn("ListingSeenParams", asked["params"])) throw new Refused("listing");
  const params = asked["params"] as ListingSeenParams;
  ownMarketplace(app, params.marketplace, from);
  if (!app.pace.admits(from.tabId, "listing.seen", { target: laneOf(params), text: "" })) return false;
  const { queued, result } = await app.archive("listing.seen", params, `${from.document}:listing:${params.observed_at}`, 0);
  return queued || result !== undefined;
}

/** Names and destinations only: addresses, models and what was spent are no business of a page's. */
async function engines(app: App): Promise<Answer<OfferedEngine[]>> {
  const answer = await app.call("engines.list", {});
  return "error" in answer ? { error: { ...answer.error, data: {} } } : { result: offered(answer.result) };
}

/** Into the asking frame only, beside the content script that asks. */
async function part(_app: App, asked: Asked, from: Content): Promise<null> {
  const name = PARTS.find((each) => each === asked["name"]);
  if (!name) throw new Refused("part");
  await chrome.scripting.executeScript({ target: { tabId: from.tabId, frameIds: [from.frame] }, files: [`${name}.js`] });
  return null;
}

async function draft(app: App, asked: Asked, from: Content): Promise<{ queued: boolean }> {
  if (problemIn("DraftInsertedParams", asked["params"])) return { queued: false };
  ownThread(app, asked["params"], from);
  const params = asked["params"] as DraftInsertedParams;
  if (!app.pace.admits(from.tabId, "draft.inserted", { target: laneOf(params), text: params.text })) return { queued: false };
  const { queued, result } = await app.archive("draft.inserted", params, `${from.document}:draft:${params.inserted_at}`, 0);
  return { queued: queued || result !== undefined };
}
