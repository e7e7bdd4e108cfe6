// insert: puts a translation into the page's composer so that the page's own model takes it, and makes sure it did.

import { fieldText, isInput, sameText, type Composer, type Field } from "../sites/composer";
import { refusal, threadRef, type Identity } from "../sites/identity";
import { afterSettling, combined, lengthOf, SETTLE_MS } from "../sites/insertion";
import type { Host, InsertRequest, InsertResult, Page } from "./kit/types";
import { pause } from "./kit/work";

/** Remembered texts, for the guard and for replacing what we put there ourselves. */
const REMEMBERED = 30;

export function init(host: Host, page: Page, signal: AbortSignal): void {
  let busy = false;
  page.services.insert = async (request) => {
    if (busy) return { done: false, why: "busy", copied: false };
    busy = true;
    try {
      return await insert(host, page, request, signal);
    } finally {
      busy = false;
    }
  };
  signal.addEventListener("abort", () => delete page.services.insert);
}

async function insert(host: Host, page: Page, request: InsertRequest, signal: AbortSignal): Promise<InsertResult> {
  const composer = page.composer();
  if (!composer) return { done: false, why: "no_composer", copied: await copy(request.text) };
  const current = fieldText(composer.field);
  const replaceable = [...page.inserted.map(({ text }) => text), ...(request.replaces ? [request.replaces] : [])];
  const wanted = combined(current, request.text, replaceable);
  if (composer.limit > 0 && lengthOf(wanted) > composer.limit) return { done: false, why: "too_long", copied: false };
  const touched = watchTouch(composer.field);
  try {
    let wasSame = false;
    for (let attempt = 1; ; attempt += 1) {
      // the last moment before the page is changed: is this still the conversation the seller meant?
      const why = mismatch(page, request.meant);
      if (why) return { done: false, why, copied: false };
      touched.reset();
      remember(page, request, wanted);
      write(composer, wanted);
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

function write({ field, kind }: Composer, text: string): void {
  field.focus({ preventScroll: true });
  if (kind === "textarea" && isInput(field)) setValue(field, text);
  else setEditable(field, text);
}

/** Through the prototype's own setter: frameworks shadow `value` on the element and would not notice a plain write. */
function setValue(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  const view = field.ownerDocument.defaultView ?? window;
  const kind = field.tagName === "TEXTAREA" ? view.HTMLTextAreaElement : view.HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set;
  if (setter) setter.call(field, text);
  else field.value = text;
  field.setSelectionRange?.(text.length, text.length);
  field.dispatchEvent(new view.InputEvent("input", { bubbles: true, composed: true, inputType: "insertText", data: text }));
  field.dispatchEvent(new view.Event("change", { bubbles: true }));
}

/** As if typed: editors keep a model of their own and refuse nodes they did not make. */
function setEditable(field: HTMLElement, text: string): void {
  const { ownerDocument } = field;
  const selection = ownerDocument.getSelection();
  const range = ownerDocument.createRange();
  range.selectNodeContents(field);
  selection?.removeAllRanges();
  selection?.addRange(range);
  ownerDocument.execCommand("insertText", false, text);
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

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** So that the archive can show what the seller wrote beside what went out. */
function report(host: Host, { meant, written, text, language, engine, match }: InsertRequest): void {
  const thread = threadRef(meant);
  if (!thread) return;
  const params = { thread, written, written_language: host.settings.seller_language, text, language, engine, match, inserted_at: Date.now() / 1000 };
  // the reply is in the composer; a lost note about it must not disturb the seller
  host.ask({ type: "draft", params }).catch(() => undefined);
}
