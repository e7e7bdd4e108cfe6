// The field the seller writes in and the page's send button.

import type { ChatPage } from "../shared/protocol.gen";
import { findAll, matches } from "./query";
import { tidy, words } from "./text";

export type Field = HTMLTextAreaElement | HTMLInputElement | HTMLElement;

export interface Composer {
  field: Field;
  kind: "textarea" | "editable";
  send: Element | null;
  limit: number;
}

/** Only the visible one counts: pages keep hidden twins. */
export function readComposer(document: Document, page: ChatPage): Composer | null {
  const { composer } = page;
  for (const select of composer.field) {
    const field = matches(document, select.css).filter(isOfPage).find(shown) as HTMLElement | undefined;
    if (!field) continue;
    const kind = isInput(field) ? "textarea" : "editable";
    return { field, kind, send: findAll(document, composer.send).filter(isOfPage).at(-1) ?? null, limit: composer.limit ?? 0 };
  }
  return null;
}

/** Not one of ours: our bar has a field as well, in a shadow root, which selectors do not reach; its host they may. */
function isOfPage(element: Element): boolean {
  return element.closest("[data-seabridge]") === null;
}

function shown(element: Element): boolean {
  return element.isConnected && !element.hasAttribute("hidden") && (element.getClientRects().length > 0 || !hasLayout(element));
}

/** Test documents have no layout: nothing there has a box. */
function hasLayout(element: Element): boolean {
  return (element.ownerDocument.documentElement?.getClientRects().length ?? 0) > 0;
}

export function isInput(element: Element): element is HTMLTextAreaElement | HTMLInputElement {
  return element.tagName === "TEXTAREA" || element.tagName === "INPUT";
}

/** What stands in the field. */
export function fieldText(field: Field): string {
  return isInput(field) ? field.value : editableText(field);
}

const BLOCK = /^(P|DIV|LI|UL|OL|PRE|H\d)$/;

/** The innermost blocks of an editable are lines; so is what stands loose beside blocks. A break at a block's end is none. */
function editableText(field: Element): string {
  const lines: string[] = [];
  let loose: string | null = null;
  for (const child of field.childNodes) {
    const inner = child as Element;
    if (child.nodeType === 1 && BLOCK.test(inner.tagName)) {
      if (loose?.trim()) lines.push(loose);
      lines.push(editableText(inner));
      loose = null;
    } else {
      loose = (loose ?? "") + (child.nodeType === 1 ? (inner.tagName === "BR" ? "\n" : words(inner)) : (child.nodeValue ?? ""));
    }
  }
  if (loose?.trim() || !lines.length) lines.push((loose ?? "").replace(/\n$/, ""));
  return lines.join("\n");
}

/** Whether two texts of a field are the same to a reader. */
export function sameText(a: string, b: string): boolean {
  return tidy(a) === tidy(b);
}
