// The other fields of an editor that hold words for buyers: attributes no description names.

import { editable } from "../insertion/editable";
import { labelOf } from "../listing/label";
import type { Field } from "../sites/composer";
import { matches } from "../sites/query";
import { isShown } from "../sites/shown";
import type { ListingPage } from "../shared/protocol.gen";

/** Most attributes looked at, and most nodes walked for them. */
const MOST = 60;
const MOST_NODES = 20_000;

/** Chosen from a list or searched with, not written for buyers. */
const NOT_WRITTEN = "[role=combobox], [role=listbox], [role=search], [role=searchbox], [role=spinbutton], [role=dialog], [type=search], [inputmode=numeric], [inputmode=decimal], [list]";
/** What is read of a listing but is no text for buyers. */
const NUMBERS = ["price", "stock", "sku", "item", "category", "images", "brand"] as const;

export interface Attribute {
  field: Field;
  label: string;
}

/** Those that stand in one editor with the known fields, in the order of the page. */
export function attributesOf(page: ListingPage, document: Document, known: readonly Field[]): Attribute[] {
  const editor = editorOf(known);
  if (!editor) return [];
  const taken = new Set<Element>(known);
  for (const name of NUMBERS) for (const { css } of page.listing[name] ?? []) for (const element of css ? matches(document, css) : []) taken.add(element);
  const found = new Map<Field, Attribute>();
  for (const element of fieldsIn(editor)) {
    if (found.size >= MOST) break;
    const field = editable(element);
    if (!field || found.has(field) || within(field, taken) || !isWritten(field) || !isShown(field)) continue;
    found.set(field, { field, label: labelOf(field) });
  }
  return [...found.values()];
}

/** The form the fields stand in, else the nearest element around all of them. */
function editorOf(known: readonly Field[]): Element | null {
  const [first, ...rest] = known;
  if (!first) return null;
  const shared = rest.reduce((most, field) => {
    const own = new Set(around(field));
    return most.filter((element) => own.has(element));
  }, around(first));
  const form = shared.find((element) => element.tagName === "FORM");
  // a single field says nothing of where its editor ends
  return form ?? (rest.length > 0 ? (shared[0] ?? null) : null);
}

function around(field: Element): Element[] {
  const all: Element[] = [];
  for (let at = parentOf(field); at && at.tagName !== "BODY" && at.tagName !== "HTML"; at = parentOf(at)) all.push(at);
  return all;
}

/** The parent, out of shadow roots as well. */
function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode() as Partial<ShadowRoot>;
  return root.host ?? null;
}

/** Everything one may type into, open shadow roots included. */
function* fieldsIn(editor: Element): Generator<Element> {
  const waiting: (Element | ShadowRoot)[] = editor.shadowRoot ? [editor, editor.shadowRoot] : [editor];
  for (let seen = 0; seen < MOST_NODES; ) {
    const scope = waiting.shift();
    if (!scope) return;
    yield* scope.querySelectorAll("input, textarea, [contenteditable]:not([contenteditable=false])");
    const inner: ShadowRoot[] = [];
    for (const { shadowRoot } of scope.querySelectorAll("*")) {
      seen += 1;
      if (shadowRoot) inner.push(shadowRoot);
    }
    waiting.unshift(...inner);
  }
}

/** It, something in it, or something around it is another field already. */
function within(field: Field, taken: ReadonlySet<Element>): boolean {
  if (taken.has(field)) return true;
  for (const other of taken) if (field.contains(other)) return true;
  return around(field).some((element) => taken.has(element));
}

function isWritten(field: Field): boolean {
  if (field.matches(NOT_WRITTEN) || field.closest(NOT_WRITTEN) || (parentOf(field)?.matches(NOT_WRITTEN) ?? false)) return false;
  // what a browser fills in by name is about a person
  return ["", "on", "off"].includes(field.getAttribute("autocomplete")?.trim() ?? "");
}
