// What the seller wants translated on any page: the field the caret stands in, else the selected passage.

import { fieldText, isInput, type Field } from "../sites/composer";

/** More than a long message is a document, in UTF-16 units. */
export const LONGEST = 5_000;
/** Fields of one line that people write words into; never passwords, numbers or dates. */
const WRITTEN = new Set(["text", "search", ""]);

export interface Taken {
  /** Null for a passage: then nothing of the page is changed. */
  field: Field | null;
  text: string;
}

/** Null where neither is; of a passage as much as can be translated. */
export function take(document: Document): Taken | null {
  const focused = deepest(document);
  const field = focused && editable(focused);
  if (field) {
    const text = fieldText(field);
    if (text.trim() !== "") return { field, text };
  }
  const text = (focused?.ownerDocument ?? document).getSelection()?.toString().trim() ?? "";
  return text ? { field: null, text: text.slice(0, LONGEST) } : null;
}

/** Through open shadow roots and frames of the same origin. */
function deepest(document: Document): Element | null {
  let at = document.activeElement;
  for (;;) {
    const inner: Element | null | undefined = at?.shadowRoot?.activeElement ?? innerDocument(at)?.activeElement;
    if (!inner || inner === at) return at;
    at = inner;
  }
}

function innerDocument(element: Element | null): Document | null {
  try {
    return element?.tagName === "IFRAME" ? (element as HTMLIFrameElement).contentDocument : null;
  } catch {
    return null;
  }
}

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
