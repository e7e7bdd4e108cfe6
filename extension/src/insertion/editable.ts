// Which elements of a page people write words into.

import { isInput, type Field } from "../sites/composer";

/** Fields of one line for words; never passwords, numbers or dates. */
const WRITTEN = new Set(["text", "search", ""]);

/** The field to write into, null for what is none or must not be read. */
export function editable(element: Element): Field | null {
  if (element.closest("[data-seabridge]") || element.getRootNode() instanceof ShadowRoot && (element.getRootNode() as ShadowRoot).host.closest("[data-seabridge]")) return null;
  if (isInput(element)) {
    const closed = element.disabled || element.readOnly;
    return !closed && (element.tagName === "TEXTAREA" || WRITTEN.has(element.type)) ? element : null;
  }
  // the outermost: editors give the caret to a part of what is theirs
  let root = element as HTMLElement;
  if (!root.isContentEditable) return null;
  while (root.parentElement?.isContentEditable) root = root.parentElement;
  return root;
}
