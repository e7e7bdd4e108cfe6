// Building nodes without HTML strings: data from a page only ever becomes text.

type Props = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;
type Child = Node | string | null | undefined | false;

/**
 * An element. A prop named `onclick` and the like becomes a listener, true an empty attribute, false and undefined
 * nothing, everything else an attribute.
 */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, String(value));
  }
  append(node, children);
  return node;
}

/** Replace all children. */
export function fill(node: Element | ShadowRoot, ...children: Child[]): void {
  node.replaceChildren();
  append(node, children);
}

function append(node: Element | ShadowRoot, children: Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) node.append(child);
}

const sheets = new Map<string, CSSStyleSheet>();

const styles = new WeakMap<ShadowRoot, string[]>();

/** Style a host again that moved into a frame: a document takes no shared sheets of another. */
export function restyle(host: HTMLElement): void {
  const root = host.shadowRoot;
  if (!root || root.adoptedStyleSheets?.length !== 0 || root.querySelector("style")) return;
  for (const css of (styles.get(root) ?? []).splice(0).reverse()) adopt(root, css);
}

/** Style a shadow root: one shared constructed sheet a text, a style element where that is not allowed. */
export function adopt(root: ShadowRoot, css: string): void {
  styles.set(root, [...(styles.get(root) ?? []), css]);
  try {
    let sheet = sheets.get(css);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      sheets.set(css, sheet);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // Firefox content scripts see page objects through wrappers that refuse constructed sheets
    const style = document.createElement("style");
    style.textContent = css;
    root.prepend(style);
  }
}
