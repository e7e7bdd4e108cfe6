// What the extension's own pages may ask.

import { problemIn, problemOf } from "../shared/check";
import type { Answer, PagePush } from "../shared/messages";
import { IMPORT_CALLS, OWN_CALLS, type OwnCall, type OwnRequests, type OwnType, type ParkedView } from "../shared/own";
import type { DraftInsertedParams, InboxRef, MessageSeenParams, Methods, SettingsSetParams } from "../shared/protocol.gen";
import type { Way } from "../shared/translator";
import type { App } from "./app";
import { CallError, toFailure } from "./failure";
import { importFile } from "./importing";
import { Refused } from "./pages_side";
import { portsIn } from "./ports";
import type { Parked } from "./queue_store";
import { sightsIn } from "./sights";
import { begin as beginTeaching } from "./teaching";

type Asked = Record<string, unknown>;
type Handlers = { [K in OwnType]: (app: App, asked: Asked) => Promise<OwnRequests[K]["answer"]> };

const HANDLERS: Handlers = {
  "own.state": async (app) => {
    app.link.ensure("hurry");
    return app.ownState();
  },
  "own.retry": async (app) => {
    app.link.ensure("force");
    return null;
  },
  "own.pair.start": async (app) => {
    void app.pairing.start(); // takes minutes; the page hears of it by push
    return null;
  },
  "own.pair.same": async (app) => {
    app.pairing.same();
    return null;
  },
  "own.pair.cancel": async (app) => {
    app.pairing.cancel();
    return null;
  },
  "own.pair.forget": async (app) => {
    await app.forgetPairing();
    return null;
  },
  "own.settings": async (app, { patch }) => {
    const problem = problemIn("SettingsSetParams", patch);
    return attempt(problem, async () => {
      await app.settings.change(patch as SettingsSetParams, app.link.channel);
      return null;
    });
  },
  "own.ports": async (app, { ports }) => {
    const good = portsIn(ports);
    return attempt(good ? "" : "ports", async () => {
      await app.setPorts(good ?? []);
      return null;
    });
  },
  "own.parked": async (app) => (await app.queue.listParked()).map(showParked),
  "own.parked.retry": async (app) => {
    await app.queue.retryParked();
    return null;
  },
  "own.parked.forget": async (app) => {
    await app.queue.forgetParked();
    return null;
  },
  "own.teach": async (_app, { tab }) => Number.isSafeInteger(tab) && beginTeaching(tab as number),
  "own.listing": async (_app, { tab }) => {
    const push: PagePush = { type: "listing" };
    // nobody answers it; a tab that went elsewhere meanwhile has nobody to hear it
    if (Number.isSafeInteger(tab)) await chrome.tabs.sendMessage(tab as number, push).catch(() => undefined);
    return null;
  },
  "own.sights": async (_app, { tab }) => (Number.isSafeInteger(tab) ? sightsIn(tab as number) : []),
  "own.watch.here": async (app, { tab }) => {
    const found = Number.isSafeInteger(tab) ? await app.watches.here(tab as number) : null;
    return found && { inbox: found.ref, changed: found.lost.length > 0, watch: app.watches.of(found.ref) };
  },
  "own.watch.begin": async (app, { tab }) => Number.isSafeInteger(tab) && app.watches.begin(tab as number),
  "own.watch.stop": async (app, { inbox }) => {
    if (!problemIn("InboxRef", inbox)) await app.watches.stop(inbox as InboxRef);
    return null;
  },
  "own.watch.open": async (app, { inbox }) => {
    if (!problemIn("InboxRef", inbox)) await app.watches.open(inbox as InboxRef);
    return null;
  },
  "own.watch.look": async (app) => {
    await app.watches.look();
    return null;
  },
  "own.translator": async (app, { ways }) => app.translator.look(waysIn(ways)),
  "own.import": async (app, { method, params }) => {
    const known = IMPORT_CALLS.find((each) => each === method);
    if (!known || typeof params !== "object" || params === null) throw new Refused("method");
    return importFile(app, known, params as Parameters<typeof importFile>[2]);
  },
  "own.call": async (app, { method, params }) => {
    if (!OWN_CALLS.includes(method as OwnCall)) throw new Refused("method");
    const problem = problemOf(method as string, "params", params);
    if (problem) return { error: toFailure(new CallError("bad_params", { problem })) };
    return app.call(method as OwnCall, params as Methods[OwnCall]["params"]);
  },
};

export async function answerOwn(app: App, asked: Asked): Promise<unknown> {
  const type = asked["type"];
  if (typeof type !== "string" || !Object.hasOwn(HANDLERS, type)) throw new Refused("request");
  return HANDLERS[type as OwnType](app, asked);
}

/** Directions between languages, no more than a seller can choose among. */
function waysIn(ways: unknown): Way[] {
  const good = (way: unknown): way is Way => Array.isArray(way) && way.length === 2 && way.every((code) => typeof code === "string" && /^[a-z]{2,3}$/.test(code));
  return Array.isArray(ways) ? ways.filter(good).slice(0, 100) : [];
}

async function attempt<T>(problem: string, work: () => Promise<T>): Promise<Answer<T>> {
  if (problem) return { error: toFailure(new CallError("bad_params", { problem })) };
  try {
    return { result: await work() };
  } catch (error) {
    return { error: toFailure(error) };
  }
}

function showParked(entry: Parked): ParkedView {
  const params = entry.params as MessageSeenParams | DraftInsertedParams;
  const text = "messages" in params ? (params.messages[0]?.text ?? "") : params.text;
  return { at: entry.at, method: entry.method, buyer: params.thread.buyer ?? "", text: text.slice(0, 200), code: entry.code, data: entry.data };
}
