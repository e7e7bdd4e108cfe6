// Hosts in the page: one marked element with an open shadow root, readable on light and dark pages.

import { adopt } from "../../shared/dom";
import { OURS } from "../../sites/text";
import { BASE } from "./looks";

/** A host element of a feature. Its look starts from nothing of the page's. */
export function makeHost(document: Document, feature: string, css: string): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement("div");
  host.setAttribute(OURS, feature);
  const root = host.attachShadow({ mode: "open" });
  for (const type of ["click", "keydown"]) root.addEventListener(type, onlyByHand, true);
  adopt(root, BASE);
  adopt(root, css);
  return { host, root };
}

/** The page can reach what is in an open root: its scripts must not press our buttons. */
function onlyByHand(event: Event): void {
  if (!event.isTrusted) event.stopImmediatePropagation();
}

/** Keys and typed text inside a host stay there: many pages listen for keys on the whole document. */
export function keepKeys(host: HTMLElement, signal: AbortSignal): void {
  for (const type of ["keydown", "keypress", "keyup", "input", "beforeinput", "paste", "copy", "cut"]) {
    host.addEventListener(type, (event) => event.stopPropagation(), { signal });
  }
}
