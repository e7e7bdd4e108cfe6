// Finding elements the way a page description says: fallbacks in order, ` >>> ` into open shadow roots and same-origin frames.

import type { Select } from "../shared/protocol.gen";

export type Scope = Document | ShadowRoot | Element;

const STEP = " >>> ";
/** Most elements one query may give; a page that shows more is not read completely. */
export const MOST = 2_000;

/** All matches of the first selector that finds anything. */
export function findAll(scope: Scope, selects: readonly Select[] | undefined): Element[] {
  for (const select of selects ?? []) {
    const found = matches(scope, select.css);
    if (found.length) return found;
  }
  return [];
}

/** The first match of the first selector that finds anything. */
export function find(scope: Scope, selects: readonly Select[] | undefined): Element | null {
  for (const select of selects ?? []) {
    const found = match(scope, select.css);
    if (found) return found;
  }
  return null;
}

/** Like `find`, but the element itself counts too: a row may carry its own mark. */
export function findIn(element: Element, selects: readonly Select[] | undefined): Element | null {
  for (const select of selects ?? []) {
    if (itself(element, select.css)) return element;
    const found = match(element, select.css);
    if (found) return found;
  }
  return null;
}

export function match(scope: Scope, css: string): Element | null {
  if (css.includes(STEP)) return matches(scope, css)[0] ?? null;
  try {
    return scope.querySelector(css);
  } catch {
    return null; // a selector this browser cannot parse finds nothing; the next fallback may
  }
}

export function matches(scope: Scope, css: string): Element[] {
  const steps = css.split(STEP);
  let scopes: Scope[] = [scope];
  for (const [at, step] of steps.entries()) {
    const found = scopes.flatMap((each) => all(each, step)).slice(0, MOST);
    if (at === steps.length - 1) return found;
    scopes = found.flatMap(inside);
  }
  return [];
}

function all(scope: Scope, css: string): Element[] {
  try {
    return Array.from(scope.querySelectorAll(css)).slice(0, MOST);
  } catch {
    return [];
  }
}

/** Whether the element itself fits; a selector that steps inside never does. */
export function itself(element: Element, css: string): boolean {
  if (css.includes(STEP)) return false;
  try {
    return element.matches(css);
  } catch {
    return false;
  }
}

function inside(element: Element): Scope[] {
  if (element.shadowRoot) return [element.shadowRoot];
  if (element.tagName === "IFRAME") {
    try {
      const inner = (element as HTMLIFrameElement).contentDocument;
      return inner ? [inner] : [];
    } catch {
      return [];
    }
  }
  return [];
}
