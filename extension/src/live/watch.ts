// Hears when something in a document changes, its open shadow roots and same-origin frames included, as far as a
// description steps into them.

import { coalesced } from "../features/kit/work";
import { matches } from "../sites/query";
import { OURS } from "../sites/text";

/** By which a person changes a page, apart from looking at it. */
const HANDS = ["pointerdown", "keydown", "beforeinput", "input", "change", "drop"];
/** Typing makes many changes; a reading for each would only cost. */
const CALM_MS = 250;
/** Cross-check against changes nobody reported, such as a value that a script put into a field. */
const RECHECK_MS = 2_000;

const STEP = " >>> ";

/** Calls `changed` soon after each change, and now and then anyway, and `hand` as soon as a person clicks or types, until the
 * signal aborts. */
export function watchDeep(document: Document, selectors: readonly string[], changed: () => void, signal: AbortSignal, hand: (event: Event) => void = () => undefined): void {
  const known = new WeakSet<Node>();
  let timer = 0;
  const tell = coalesced(changed, signal);
  const soon = (): void => {
    timer ||= setTimeout(() => {
      timer = 0;
      attach();
      tell();
    }, CALM_MS) as unknown as number;
  };
  const observer = new MutationObserver((records) => {
    if (records.some(({ target }) => !(target as Element).closest?.(`[${OURS}]`))) soon();
  });

  function attach(): void {
    for (const scope of [document, ...inner(document, selectors)]) {
      if (known.has(scope)) continue;
      known.add(scope);
      observer.observe(scope, { childList: true, characterData: true, attributes: true, attributeFilter: ["value", "hidden"], subtree: true });
      // what is typed into a form field changes no node
      for (const type of HANDS) scope.addEventListener(type, hand, { capture: true, passive: true, signal });
      for (const type of ["input", "change"]) scope.addEventListener(type, soon, { capture: true, passive: true, signal });
    }
  }

  const recheck = setInterval(() => {
    attach();
    tell();
  }, RECHECK_MS);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearInterval(recheck);
    clearTimeout(timer);
  });
  attach();
}

/** The shadow roots and frame documents that selectors step into, as they are now. */
function inner(document: Document, selectors: readonly string[]): Node[] {
  const found = new Set<Node>();
  for (const css of selectors) {
    const steps = css.split(STEP);
    for (let deep = 1; deep < steps.length; deep += 1) {
      for (const holder of matches(document, steps.slice(0, deep).join(STEP))) {
        const scope = holder.shadowRoot ?? frameDocument(holder);
        if (scope) found.add(scope);
      }
    }
  }
  return [...found];
}

function frameDocument(holder: Element): Document | null {
  try {
    return (holder as HTMLIFrameElement).contentDocument ?? null;
  } catch {
    return null;
  }
}
