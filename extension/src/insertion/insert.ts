// Puts a translation into the page's composer so that the page's own model takes it, and makes sure it did.

import { fieldText, sameText, type Field } from "../sites/composer";
import { refusal, threadRef, type Identity } from "../sites/identity";
import { afterSettling, combined, lengthOf, SETTLE_MS } from "../sites/insertion";
import { copy } from "../features/kit/copy";
import type { Host, InsertRequest, InsertResult, Page } from "../features/kit/types";
import { pause } from "../features/kit/work";
import { routesOf, select, write, type Route } from "./editors";

/** Remembered texts, for the guard and for replacing what we put there ourselves. */
const REMEMBERED = 30;

/** Resolves when the text stood the test of `SETTLE_MS`, or with the reason why it is not in. */
export async function insert(host: Host, page: Page, request: InsertRequest, signal: AbortSignal): Promise<InsertResult> {
  const composer = page.composer();
  if (!composer) return { done: false, why: "no_composer", copied: await copy(request.text) };
  const replaceable = [...page.inserted.map(({ text }) => text), ...(request.replaces ? [request.replaces] : [])];
  const touched = watchTouch(composer.field);
  try {
    let wanted = "";
    let wasSame = false;
    const routes = routesOf(composer.field);
    for (let attempt = 1; ; attempt += 1) {
      await select(composer.field);
      // only now, since the seller may have typed meanwhile
      if (attempt === 1) wanted = combined(fieldText(composer.field), request.text, replaceable);
      if (composer.limit > 0 && lengthOf(wanted) > composer.limit) return { done: false, why: "too_long", copied: false };
      // the last moment before the page is changed: is this still the conversation the seller meant?
      const why = mismatch(page, request.meant);
      if (why) return { done: false, why, copied: false };
      touched.reset();
      remember(page, request, wanted);
      // what did not take the text one way may take it another
      write(composer.field, wanted, routes[Math.min(attempt, routes.length) - 1] as Route);
      wasSame = sameText(fieldText(composer.field), wanted);
      await pause(SETTLE_MS, signal);
      const same = composer.field.isConnected && sameText(fieldText(composer.field), wanted);
      const next = afterSettling({ attempt, same, wasSame, touched: touched.yes(), thread: refusal(request.meant, page.identity()) === "" });
      if (next === "again") continue;
      if (next === "done") {
        report(host, request);
        return { done: true };
      }
      if (next === "moved") return { done: false, why: "thread_changed", copied: false };
      return { done: false, why: "not_taken", copied: await copy(request.text) };
    }
  } finally {
    touched.end();
  }
}

/** Why this must not be done now; "" = go. */
function mismatch(page: Page, meant: Identity): string {
  const why = refusal(meant, page.identity());
  if (why) return why;
  if (page.doubted) return "page_changed";
  return page.snapshot?.stale ? "page_loading" : "";
}

function remember(page: Page, { text, written }: InsertRequest, whole: string): void {
  for (const each of new Set([text, whole])) {
    const at = page.inserted.findIndex((known) => known.text === each);
    if (at >= 0) page.inserted.splice(at, 1);
    page.inserted.push({ text: each, written });
  }
  page.inserted.splice(0, Math.max(0, page.inserted.length - REMEMBERED));
}

/** Did a person do something in the field? Only trusted events count: ours and the page's are not. */
function watchTouch(field: Field): { yes: () => boolean; reset: () => void; end: () => void } {
  let touched = false;
  const view = field.ownerDocument.defaultView ?? window;
  const hear = (event: Event): void => {
    if (event.isTrusted && (event.type === "pointerdown" || event.composedPath().includes(field))) touched = true;
  };
  const types = ["keydown", "pointerdown", "paste", "compositionstart"];
  for (const type of types) view.addEventListener(type, hear, true);
  return {
    yes: () => touched,
    reset: () => (touched = false),
    end: () => {
      for (const type of types) view.removeEventListener(type, hear, true);
    },
  };
}

/** So that the archive can show what the seller wrote beside what went out. */
function report(host: Host, { meant, written, text, language, engine, match }: InsertRequest): void {
  const thread = threadRef(meant);
  if (!thread) return;
  const params = { thread, written, written_language: host.settings.seller_language, text, language, engine, match, inserted_at: Date.now() / 1000 };
  // the reply is in the composer; a lost note about it must not disturb the seller
  host.ask({ type: "draft", params }).catch(() => undefined);
}
