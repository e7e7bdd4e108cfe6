// Hears what may change where words stand or what a field holds, in the document and in the shadow roots of its fields.

import { OURS } from "../sites/text";

export interface Ears {
  /** Somebody typed, or a script said that somebody did. */
  input: (event: Event) => void;
  /** Something moved, or may have. */
  stir: () => void;
  /** Sizes or types of letters may be others. */
  resize: () => void;
  /** Something around the fields changed: it may have moved or covered them, or be another field. */
  around: () => void;
}

/** Until the signal aborts; `hear` may be told of the same field twice. */
export function listen({ input, stir, resize, around }: Ears, signal: AbortSignal): { hear: (field: Element) => void } {
  const known = new WeakSet<Node>();
  let fields: Element[] = [];
  const sizes = new ResizeObserver(resize);
  const changes = new MutationObserver((records) => {
    // what somebody types into an editable area changes its nodes, and is heard as input
    const others = records.filter(({ target }) => !fields.some((field) => field.contains(target)) && !(target as Partial<Element>).hasAttribute?.(OURS));
    if (others.length > 0) around();
  });
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    changes.disconnect();
  });
  const options = { capture: true, passive: true, signal } as const;

  function root(scope: Document | ShadowRoot): void {
    if (known.has(scope)) return;
    known.add(scope);
    // scrolling within a shadow root is not heard outside
    for (const type of ["scroll", "transitionend", "animationend", "toggle"]) scope.addEventListener(type, stir, options);
    changes.observe(scope, { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "hidden", "open", "value"] });
    if (scope.nodeType !== 9) return;
    const { defaultView, fonts } = scope as Document;
    for (const type of ["input", "change", "compositionend", "focusin"]) scope.addEventListener(type, input, options);
    for (const type of ["resize", "load"]) defaultView?.addEventListener(type, resize, options);
    fonts?.addEventListener("loadingdone", resize, { signal });
  }

  return {
    hear: (field) => {
      if (!known.has(field)) {
        known.add(field);
        fields = [...fields.filter(({ isConnected }) => isConnected), field];
        sizes.observe(field);
      }
      let scope = field.getRootNode() as Document | ShadowRoot;
      while ("host" in scope) {
        root(scope);
        scope = scope.host.getRootNode() as Document | ShadowRoot;
      }
      root(scope);
    },
  };
}
