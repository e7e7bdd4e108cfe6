// A document for tests of page code: happy-dom's window under the names a browser gives them.

import { Window } from "happy-dom";

const NAMES = ["document", "Node", "Element", "HTMLElement", "HTMLTextAreaElement", "HTMLInputElement", "ShadowRoot", "MutationObserver", "KeyboardEvent", "InputEvent", "Event", "CustomEvent", "CSSStyleSheet", "DOMParser"] as const;

/** Opens a page and puts its names into the global scope. Returns the window. */
export function open(html: string, url = "https://seller-us.tiktok.com/chat/inbox/current?oec_seller_id=749001&shop_region=US&conversation=c1"): Window {
  const window = new Window({ url, settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true } });
  window.document.write(html);
  for (const name of NAMES) Object.defineProperty(globalThis, name, { value: (window as unknown as Record<string, unknown>)[name], configurable: true, writable: true });
  Object.defineProperty(globalThis, "window", { value: window, configurable: true, writable: true });
  Object.defineProperty(globalThis, "location", { value: window.location, configurable: true, writable: true });
  Object.defineProperty(globalThis, "getComputedStyle", { value: window.getComputedStyle.bind(window), configurable: true, writable: true });
  Object.defineProperty(globalThis, "requestAnimationFrame", { value: (work: () => void) => setTimeout(work, 1), configurable: true, writable: true });
  Object.defineProperty(globalThis, "cancelAnimationFrame", { value: (handle: number) => clearTimeout(handle), configurable: true, writable: true });
  return window;
}

/** A description with the marks most tests need; `more` replaces parts. */
export function spec(more: object = {}): import("../../src/shared/protocol.gen").ChatPage {
  const base = {
    page: "chat",
    id: "chat",
    paths: ["^/chat/inbox(/|$)"],
    frames: "top",
    root: [{ css: ".room" }],
    identity: {
      thread: [{ query: "conversation" }],
      shop: [{ query: "oec_seller_id" }],
      region: [{ query: "shop_region" }],
      buyer: [{ css: ".buyer-name" }],
    },
    messages: {
      scroller: [{ css: ".list" }],
      row: [{ css: ".row" }],
      buyer: [{ css: ".in" }],
      seller: [{ css: ".out" }],
      system: [{ css: ".notice" }],
      text: [{ css: "pre" }],
      time: [{ css: "time" }],
      sequence: "document",
      inherit_time: true,
    },
    composer: { field: [{ css: ".field" }], send: [{ css: ".send" }], limit: 2000 },
    placement: { anchor: [{ css: ".bubble" }], mode: "below", where: "after" },
    health: [],
    trust: "high",
    source: "test",
    checked: "2026-01-01",
  };
  return { ...base, ...more } as never;
}

export const marketplace = { name: "tiktok-shop", title: "TikTok Shop", hosts: ["https://seller-us.tiktok.com/*"], pages: [] };

/** Lets timers and promises of the code under test run. */
export function soon(ms = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
