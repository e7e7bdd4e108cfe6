// What the seller wants translated on any page: the field the caret stands in, else the selected passage.

import { editable } from "../insertion/editable";
import { fieldText, type Field } from "../sites/composer";

/** More than a long message is a document, in UTF-16 units. */
export const LONGEST = 5_000;

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
