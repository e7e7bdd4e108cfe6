// Reading text out of a page: bounded, without our own nodes, without layout.

/** Attribute of every node Seabridge puts into a page. */
export const OURS = "data-seabridge";

/** Longest text of one message, in UTF-16 units; the wire bounds code points at the same number. */
export const LONGEST = 20_000;

const SKIP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "SVG", "svg"]);
/** Longest alternative text that still is an emoji or sticker name rather than a picture's description. */
const EMOJI = 16;

/** Elements that begin and end lines wherever a page does not style them otherwise. */
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIELDSET FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TR UL".split(" "),
);

/**
 * Visible words of an element: blocks and breaks begin lines, emoji pictures as their alternative text, our own nodes left
 * out, and what `skip` names. companion/pages/text.py reads saved pages alike.
 */
export function words(element: Element, skip?: (inner: Element) => boolean): string {
  const parts: string[] = [];
  let length = 0;
  const add = (text: string, unless: RegExp | null = null): void => {
    if (!text || (unless && unless.test(parts.at(-1) ?? "\n"))) return;
    parts.push(text);
    length += text.length;
  };
  const walk = (node: Element, keeps: boolean): void => {
    for (let child = node.firstChild; child && length < LONGEST; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const value = child.nodeValue ?? "";
        // the white space between two tags of a formatted page is a gap, not a text
        if (!keeps && value.includes("\n") && !value.trim()) add(" ", /[\n ]$/);
        else add(value);
      } else if (child.nodeType === 1) {
        const inner = child as Element;
        if (inner.hasAttribute(OURS) || SKIP.has(inner.tagName) || skip?.(inner)) continue;
        if (inner.tagName === "BR") add("\n");
        else if (inner.tagName === "IMG") add(emoji(inner));
        else {
          const around = BLOCKS.has(inner.tagName) ? "\n" : /^T[DH]$/.test(inner.tagName) ? " " : "";
          add(around, around === " " ? /[\n ]$/ : /\n$/);
          walk(inner, keeps || keepsSpace(inner));
          add(around, around === " " ? /[\n ]$/ : /\n$/);
        }
      }
    }
  };
  walk(element, keepsSpace(element));
  return parts.join("").slice(0, LONGEST);
}

/** As far as the element itself says it; asking the browser would cost a layout a row. */
function keepsSpace(element: Element): boolean {
  return element.tagName === "PRE" || element.tagName === "TEXTAREA" || /white-space\s*:\s*(pre|break-spaces)/i.test(element.getAttribute("style") ?? "");
}

function emoji(image: Element): string {
  const alt = image.getAttribute("alt") ?? "";
  return alt.length <= EMOJI ? alt : "";
}

/** One spelling for what looks the same: line ends, hard spaces, zero-width marks, trailing space of lines. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u200b\u2060\ufeff]/g, "")
    .replace(/[^\S\n]+\n/g, "\n")
    .trim();
}

const patterns = new Map<string, RegExp | null>();

/** A description's pattern, compiled once; null when this browser cannot read it. */
export function pattern(source: string): RegExp | null {
  let compiled = patterns.get(source);
  if (compiled === undefined) {
    try {
      compiled = new RegExp(source, "u");
    } catch {
      try {
        compiled = new RegExp(source);
      } catch {
        compiled = null;
      }
    }
    patterns.set(source, compiled);
  }
  return compiled;
}

/** Cut at whole code points, so that no half of a pair crosses the wire. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
