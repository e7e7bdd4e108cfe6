// The shortcut that translates on any page. It alone opens the page to us (activeTab), and only the page's top document.

import type { Anywhere, Setting, Wish } from "../anywhere/types";
import type { Texts } from "../shared/messages";
import type { Translated } from "../shared/protocol.gen";
import type { App } from "./app";
import { keep, recall } from "./memory";

const FILE = "anywhere.js";
const KEPT = "anywhere_language";
const KNOWN = /^[a-z]{2,3}$/;

/** Never rejects: a page no extension may enter stays as it is. */
export async function translateHere(app: App, tabId: number): Promise<void> {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, files: [FILE] });
    await converse(app, tabId);
  } catch {
    // the page went away, or is the browser's own
  }
}

async function converse(app: App, tabId: number): Promise<void> {
  await app.boot();
  const { seller_language: seller } = app.settings.current;
  const setting: Setting = { texts: anywhereTexts(await app.texts()), locale: app.locale(), seller };
  const asked = await tell(tabId, "begin", [setting]);
  if (!asked) return;
  let language = await targetFor(seller);
  for (;;) {
    const item = { ref: "0", text: asked.text };
    // what stands in any field of any page is no reply to anybody: it greets nobody
    const params = asked.writing ? ({ purpose: "write", tone: "plain", source: seller, target: language } as const) : ({ purpose: "read", target: seller } as const);
    const answer = await app.call("translate", { items: [item], ...params });
    const [found] = "result" in answer ? answer.result.items : [];
    if (!found) {
      const failure = "error" in answer ? answer.error : { code: "internal", data: {} };
      const data = Object.entries(failure.data).map(([name, value]) => [name, String(value)]);
      await tell(tabId, "fail", [`error_${failure.code}`, Object.fromEntries(data)]);
      return;
    }
    const wish: Wish | null = await tell(tabId, "show", [found satisfies Translated]);
    // what comes back was made beside a page: only a language code is believed
    if (wish?.do !== "language" || !KNOWN.test(wish.language)) return;
    language = wish.language;
    await keep(KEPT, language);
  }
}

/** The language chosen last; English for a seller who never chose. */
async function targetFor(seller: string): Promise<string> {
  const kept = await recall<unknown>(KEPT, "");
  return typeof kept === "string" && KNOWN.test(kept) && kept !== seller ? kept : seller === "en" ? "es" : "en";
}

async function tell<K extends keyof Anywhere>(tabId: number, what: K, args: Parameters<Anywhere[K]>): Promise<Awaited<ReturnType<Anywhere[K]>> | null> {
  const [done] = await chrome.scripting.executeScript({
    target: { tabId },
    func: (name: string, given: unknown[]) => (globalThis as unknown as { seabridgeAnywhere: Record<string, (...all: unknown[]) => unknown> }).seabridgeAnywhere[name]?.(...given),
    args: [what, args],
  });
  return (done?.result ?? null) as Awaited<ReturnType<Anywhere[K]>> | null;
}

/** Only what the card says. */
export function anywhereTexts(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => /^(anywhere|bubble|doubt|error)_/.test(key)));
}
