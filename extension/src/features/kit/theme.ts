// Is the page light or dark where we draw? Its own background says so; the system's preference only when it has none.

/** "dark" or "light" for something drawn over `element`. */
export function themeAt(element: Element | null): "dark" | "light" {
  for (let at = element; at; at = at.parentElement ?? hostOf(at)) {
    const level = lightness(getComputedStyle(at).backgroundColor);
    if (level !== null) return level < 0.45 ? "dark" : "light";
  }
  const scheme = element ? getComputedStyle(element).colorScheme : "";
  return /^dark$/.test(scheme) ? "dark" : "light";
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Relative luminance of a computed colour, null when it lets the ground show through. */
export function lightness(colour: string): number | null {
  const parts = /^rgba?\(([^)]+)\)$/.exec(colour)?.[1]?.split(/[\s,/]+/).map(Number);
  if (!parts || parts.length < 3) return null;
  const [r, g, b, alpha = 1] = parts as [number, number, number, number?];
  if (alpha < 0.5) return null;
  const linear = [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** Remembered by the class of what is drawn over, since each question costs a style calculation; anew every few seconds. */
export class Themes {
  readonly #known = new Map<string, "light" | "dark">();

  constructor(signal: AbortSignal) {
    const timer = setInterval(() => this.#known.clear(), 4_000);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  of(element: Element): "light" | "dark" {
    const key = `${element.tagName} ${element.getAttribute("class") ?? ""}`;
    let theme = this.#known.get(key);
    if (!theme) this.#known.set(key, (theme = themeAt(element)));
    return theme;
  }
}
