// Where the bar stands: in the flow right before the composer; over it where the page leaves no room.

import type { ChatPage } from "../../shared/protocol.gen";
import type { Composer } from "../../sites/composer";
import { find } from "../../sites/query";

/** Levels climbed to get out of a line of buttons. */
const LEVELS = 5;
const NARROWEST = 180;

/** The block before which the bar stands. */
export function blockOf(document: Document, page: ChatPage, { field, send }: Composer, inRow: (parent: Element) => boolean): Element {
  const described = find(document, page.composer.bar);
  let block: Element = described && (described.contains(field) || described === field) ? described : around(field, send);
  for (let level = 0; level < LEVELS && block.parentElement && block.parentElement !== document.body && inRow(block.parentElement); level += 1) block = block.parentElement;
  return block;
}

/** The nearest element around field and send button, or the field's own parent. */
function around(field: Element, send: Element | null): Element {
  let at: Element = field.parentElement ?? field;
  while (send && at.parentElement && !at.contains(send)) at = at.parentElement;
  return send && at.contains(send) && at !== at.ownerDocument.body ? at : field;
}

/** In the flow, unless that pushed the composer out of sight. Gives whether the bar fits there. */
export function fits(host: HTMLElement, field: HTMLElement, wasInView: boolean): boolean {
  const view = field.ownerDocument.defaultView ?? window;
  const box = host.getBoundingClientRect();
  if (box.width < NARROWEST || box.height === 0) return false;
  return !wasInView || inView(field, view);
}

export function inView(field: HTMLElement, view: Window): boolean {
  const box = field.getBoundingClientRect();
  return box.height > 0 && box.bottom <= view.innerHeight + 2 && box.top >= 0;
}

/** Over the page, with its lower edge on the composer's upper one. */
export function standOver(host: HTMLElement, block: Element): void {
  const view = block.ownerDocument.defaultView ?? window;
  const box = block.getBoundingClientRect();
  const width = Math.min(Math.max(box.width, 280), view.innerWidth - 8);
  host.style.setProperty("--w", `${width}px`);
  host.style.setProperty("--x", `${Math.max(4, Math.min(box.left, view.innerWidth - width - 4))}px`);
  host.style.setProperty("--y", `${Math.max(4, view.innerHeight - box.top + 4)}px`);
}
