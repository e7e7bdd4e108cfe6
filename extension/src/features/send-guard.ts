// send-guard: Chinese never goes out by accident. Enter or Send on untranslated Chinese waits once; whatever goes wrong
// in here, sending passes.

import { fieldText, type Composer } from "../sites/composer";
import { threadRef, type Identity } from "../sites/identity";
import { isSendKey, mustPause } from "../sites/guarding";
import type { Host, Page, Parts } from "./kit/types";
import { pause } from "./kit/work";
import { forBuyer } from "./kit/write";

export interface Guard {
  /** Watch a page's composer until the signal aborts; before and after everything passes. */
  arm(host: Host, page: Page, signal: AbortSignal): void;
}

interface Armed {
  host: Host;
  page: Page;
}

/** Kept back: all events of one press, so that a page that sends on release does not send either. */
const GESTURE = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "touchend"] as const;
const GESTURE_MS = 1_500;
/** Until the question is asked for again where it could not be had. */
const AGAIN_MS = 1_000;

/** Must be called before the page's own scripts run: listeners of one target are called in order of registration. */
export function listen(window: Window, signal: AbortSignal): Guard {
  let armed: Armed | null = null;
  let paused = "";
  let letThrough = false;
  /** Comes as a part. Until it is there everything passes: a pause that cannot say why would only look broken. */
  let ask: Parts["dialog"] | null = null;
  let dialog: ReturnType<Parts["dialog"]> | null = null;
  let blockedUntil = 0;
  let blockedKey = false;

  const options = { capture: true, signal };
  window.addEventListener("keydown", (event) => safely(() => onKey(event)), options);
  window.addEventListener("keypress", (event) => safely(() => blockedKey && event.key === "Enter" && stop(event)), options);
  window.addEventListener("keyup", (event) => safely(() => onKeyUp(event)), options);
  for (const type of GESTURE) window.addEventListener(type, (event) => safely(() => onPress(event)), options);

  function onKey(event: KeyboardEvent): void {
    if (!armed || letThrough || !isSendKey(event)) return;
    const composer = armed.page.composer();
    if (!composer || !event.composedPath().includes(composer.field)) return;
    if (dialog?.isOpen()) dialog.close();
    if (!decide(armed, composer)) return;
    stop(event);
    blockedKey = true;
    open(armed, composer, () => pressEnter(composer));
  }

  /** The release of a key that was kept back. */
  function onKeyUp(event: KeyboardEvent): void {
    if (!blockedKey || event.key !== "Enter") return;
    blockedKey = false;
    stop(event);
  }

  function onPress(event: Event): void {
    if (!armed || letThrough) return;
    const path = event.composedPath();
    if (dialog && path.includes(dialog.host)) return;
    const composer = armed.page.composer();
    if (!composer?.send || !path.includes(composer.send)) return;
    if (performance.now() < blockedUntil) {
      stop(event);
      if (event.type === "click") blockedUntil = 0;
      return;
    }
    if (event.type !== "pointerdown" && event.type !== "mousedown" && event.type !== "click") return;
    if (!decide(armed, composer)) return;
    stop(event);
    if (event.type !== "click") blockedUntil = performance.now() + GESTURE_MS;
    const { send } = composer;
    open(armed, composer, () => (send as HTMLElement).click());
  }

  function decide({ host, page }: Armed, composer: Composer): boolean {
    const text = fieldText(composer.field);
    const waits = mustPause({
      text,
      inserted: page.inserted.map((known) => known.text),
      language: page.thread.language,
      sellerLanguage: host.settings.seller_language,
      ready: host.settings.guard_sending && host.state.link === "ready" && Boolean(page.services.insert && ask),
      paused,
    });
    // the same words pass once after a pause; later they are asked about again
    paused = waits ? text : "";
    return waits;
  }

  function open({ host, page }: Armed, composer: Composer, send: () => void): void {
    const text = fieldText(composer.field);
    const meant = page.identity();
    dialog?.close();
    dialog = (ask as Parts["dialog"])(window.document, host, text, {
      near: composer.field,
      translate: () => translate(host, page, meant, text),
      sendAnyway: () => {
        const now = page.composer();
        // something else now stands there: that has not been agreed to
        if (!now || fieldText(now.field) !== text) return;
        paused = "";
        letThrough = true;
        try {
          send();
        } finally {
          letThrough = false;
        }
      },
    });
  }

  async function load(host: Host, until: AbortSignal): Promise<void> {
    while (!ask && !until.aborted) {
      ask = await host.part("dialog").catch(() => null);
      // the background is just starting over
      if (!ask) await pause(AGAIN_MS, until);
    }
  }

  /** Whatever breaks in here must not keep a message back. */
  function safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      armed = null;
      console.error("Seabridge: send-guard", error);
    }
  }

  return {
    arm(host, page, until) {
      const mine = { host, page };
      armed = mine;
      paused = "";
      void load(host, until);
      until.addEventListener("abort", () => {
        if (armed === mine) armed = null;
        dialog?.close();
      });
    },
  };
}

/** Puts the translation in place of the Chinese. "" = done, else the key of the sentence to show. */
async function translate(host: Host, page: Page, meant: Identity, text: string): Promise<string> {
  const written = await forBuyer(host, threadRef(meant), text, page.thread.language);
  if ("failure" in written) return `error_${written.failure.code}`;
  const { item } = written;
  if (item.match === "none" || item.text === "") return "guard_untranslatable";
  const result = await page.services.insert?.({
    meant,
    text: item.text,
    written: text,
    language: item.target,
    engine: item.engine,
    match: item.match,
    replaces: text,
  });
  if (!result) return "guard_untranslatable";
  return result.done ? "" : `bar_refused_${result.why}`;
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Once more, as the page heard it the first time. */
function pressEnter({ field }: Composer): void {
  field.focus({ preventScroll: true });
  for (const type of ["keydown", "keypress", "keyup"]) {
    // React and older pages look at keyCode, which type declarations have forgotten
    const init = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true, composed: true };
    const event = new KeyboardEvent(type, init as KeyboardEventInit);
    field.dispatchEvent(event);
  }
}
