// What a page shows right now, as one file without scripts, secrets or network: read by companion/pages.
//
// One source, two users. The extension imports it (extension/src/capture); Playwright gets the text of this file behind
// that of capture_safe.js, without their imports and exports (companion/pages/capture.py). So: the two share one scope,
// and the functions need nothing but the page. Run it in an isolated world: then no script of the page can change the
// functions used here. Names that a page can still put in the way (a form with a field called "attributes") are avoided
// by asking the prototypes.

import { attribute, cardNumber, escape, length, masked, safeAddress, safeValue, secretField } from "./capture_safe.js";

const NEVER = new Set("script style noscript noframes noembed".split(" "));
const VOID = new Set("area base br col embed frame hr img input link meta param source track wbr".split(" "));
/** Not drawn by themselves, or drawn by the browser alone: whether they are seen is not asked. */
const UNASKED = new Set("html head body title option optgroup br wbr source track area col param slot map legend".split(" "));
/** As small as what they show: a picture that has not come yet has no size. */
const SIZELESS = new Set("img picture video audio canvas svg".split(" "));
/** Elements that take their content as plain text become ones that do not. */
const RENAMED = { xmp: "pre", plaintext: "pre", listing: "pre" };
const DROPPED = /^(on|shadowroot|srcset|imagesrcset|srcdoc|integrity|ping|nonce|data-seabridge)/i;
/** Bounds of what companion/pages reads; a page beyond them is cut, not refused. */
const MOST_ELEMENTS = 240_000;
const MOST_CHILDREN = 24_000;
const MOST_DEEP = 900;
const MOST_FRAMES_DEEP = 4;

const get = (type, name, node) => Reflect.get(type.prototype, name, node);
const has = (element, name) => Element.prototype.hasAttribute.call(element, name);

/**
 * Capture the document this runs in.
 *
 * options: `bytes` largest size (UTF-8), `ms` longest time, `mask` letters and digits replaced, `address` instead of the
 * document's own, `standalone` hidden elements also hide themselves, for a file that is opened in a browser again.
 * Returns {html, bytes, truncated}; truncated = something was left out for size or time, or could not be read.
 */
export function captureDocument(options = {}) {
  const steps = capture(options, Infinity);
  return steps.next().value;
}

/**
 * The same in pieces of about `piece` ms, between which `breathe` is waited for: no task of ours holds up a page that the
 * seller works in. A page that changed meanwhile, as `changed` says, is captured anew; null when it never held still,
 * because half of one moment and half of another is no page that ever was.
 */
export async function captureInPieces(options, { piece = 8, breathe, changed = () => false, tries = 4 }) {
  for (let left = tries; left > 0; left -= 1) {
    const steps = capture(options, piece);
    let step = steps.next();
    while (!step.done) {
      await breathe();
      if (changed()) break;
      step = steps.next();
    }
    if (step.done) return step.value;
  }
  return null;
}

/** Yields whenever `piece` ms have gone by; returns the capture. */
function* capture(options, piece) {
  const { bytes = 8 * 1024 * 1024, ms = 4_000, mask = false, standalone = false } = options;
  const shared = { until: performance.now() + ms, elements: 0, mask, standalone, piece, pause: performance.now() + piece };
  const address = safeAddress(options.address || get(Document, "URL", document), mask).slice(0, 3_900);
  const head = `<!-- saved from url=(${String(address.length).padStart(4, "0")})${address.replaceAll("--", "-%2D")} -->\n`;
  const out = new Out(bytes - head.length - 200);
  yield* writeDocument(out, document, shared, false, 0);
  const html = head + out.parts.join("");
  return { html, bytes: length(html), truncated: out.full || out.cut };
}

/** Collects text up to a size. Of an element that fits, the end tag fits too. */
class Out {
  constructor(most) {
    this.parts = [];
    this.left = most;
    this.full = false;
    /** Something was left out, yet there is room for more. */
    this.cut = false;
  }

  add(text, end = "") {
    const size = length(text) + end.length;
    if (this.full || size > this.left) {
      this.full = true;
      return false;
    }
    this.left -= size;
    this.parts.push(text);
    return true;
  }
}

function* writeDocument(out, owner, shared, hidden, deep) {
  const root = get(Document, "documentElement", owner);
  if (get(Document, "compatMode", owner) !== "BackCompat") out.add("<!DOCTYPE html>\n");
  if (!root) return;
  // {next: node to write, end: end tag, hidden, mute: own text is not seen, keeps: white space counts, count}
  const stack = [{ next: root, end: "\n", hidden, mute: false, keeps: false, count: 0, inSvg: false }];
  while (stack.length) {
    const top = stack[stack.length - 1];
    const node = top.next;
    if (!node || out.full || top.count > MOST_CHILDREN) {
      if (node) out.full = true;
      out.parts.push(top.end);
      stack.pop();
      continue;
    }
    top.next = node === root ? null : get(Node, "nextSibling", node);
    top.count += 1;
    const kind = get(Node, "nodeType", node);
    if (kind === 3) {
      if (!top.mute) out.add(writeText(get(CharacterData, "data", node), top.keeps, shared.mask));
    } else if (kind === 1) {
      if ((shared.elements += 1) > MOST_ELEMENTS || (shared.elements % 64 === 0 && performance.now() > shared.until)) out.full = true;
      else
        try {
          yield* writeElement(out, node, top, stack, shared, deep);
        } catch {
          out.full = true; // an element that cannot be read is an incomplete capture, not none
        }
      if (shared.elements % 16 === 0 && performance.now() > shared.pause) {
        const before = performance.now();
        yield;
        // waiting is not working: it does not count against the longest time
        shared.until += performance.now() - before;
        shared.pause = performance.now() + shared.piece;
      }
    }
  }
}

function* writeElement(out, element, around, stack, shared, deep) {
  const own = get(Element, "localName", element);
  if (NEVER.has(own.toLowerCase()) || has(element, "data-seabridge")) return;
  if ((own === "link" && !/\bcanonical\b/i.test(attribute(element, "rel") ?? "")) || (own === "meta" && attribute(element, "property") !== "og:url")) return;
  const name = RENAMED[own] ?? (/^[a-z][^\s/<>"'=&\x00-\x1f]*$/i.test(own) ? own : "x-unnamed");
  const inSvg = around.inSvg || own === "svg";
  const seen = around.hidden || around.inSvg || UNASKED.has(own) ? "unasked" : sight(element, own);
  const attributes = yield* writeAttributes(element, own, name, seen, shared, around.hidden || seen === "hidden", deep, out);
  const end = VOID.has(name) ? "" : `</${name}>`;
  if (!out.add(`<${name}${attributes}>`, end) || !end) return;
  if (own === "head") out.add('\n<meta charset="utf-8">');
  const inner = { hidden: around.hidden || seen === "hidden" || own === "head", mute: seen === "mixed", keeps: around.keeps || name === "pre", count: 0, inSvg };
  if (own === "textarea") {
    const value = secretField(element, "text") ? "" : get(HTMLTextAreaElement, "value", element);
    out.add(writeText(value.startsWith("\n") ? `\n${value}` : value, true, shared.mask));
    out.parts.push(end);
  } else if (own === "iframe" || own === "frame" || own === "template" || own === "canvas" || own === "object") out.parts.push(end);
  else if (stack.length > MOST_DEEP) {
    out.full = true;
    out.parts.push(end);
  } else {
    stack.push({ ...inner, next: get(Node, "firstChild", element), end });
    const shadow = inSvg ? null : get(Element, "shadowRoot", element);
    if (shadow && out.add('<template shadowrootmode="open">', "</template>"))
      stack.push({ ...inner, next: get(Node, "firstChild", shadow), end: "</template>" });
  }
}

/** Whether a person sees the element: "seen", "hidden", "mixed" (something in it, but not its own text) or "unasked". */
function sight(element, name) {
  if (name === "input" && attribute(element, "type")?.toLowerCase() === "hidden") return "unasked"; // says so itself
  const check = Element.prototype.checkVisibility;
  const view = get(Document, "defaultView", get(Node, "ownerDocument", element)) ?? window;
  if (!check || !check.call(element)) {
    const { display, visibility } = view.getComputedStyle(element);
    if (display === "contents") return "seen";
    if (check || display === "none") return "hidden";
    if (visibility === "visible" || visibility === "") return "seen";
  }
  const shown = (inner) => (check ? check.call(inner, { visibilityProperty: true, checkVisibilityCSS: true }) : view.getComputedStyle(inner).visibility === "visible");
  if (!shown(element)) return [...Element.prototype.querySelectorAll.call(element, "*")].slice(0, MOST_CHILDREN).some(shown) ? "mixed" : "hidden";
  const { width, height } = Element.prototype.getBoundingClientRect.call(element);
  if ((width > 1 && height > 1) || SIZELESS.has(name)) return "seen";
  const style = view.getComputedStyle(element);
  if (style.position === "absolute" || style.position === "fixed") {
    if (/^rect\(([01](px)?[, ]*){4}\)$/.test(style.clip) || /^inset\((50|100)%/.test(style.clipPath)) return "hidden";
  }
  const clips = (overflow) => overflow === "hidden" || overflow === "clip";
  if (!(width <= 1 && clips(style.overflowX)) && !(height <= 1 && clips(style.overflowY))) return "seen";
  // what is placed by something further out is not clipped
  const escapes = (inner) => {
    const { position } = view.getComputedStyle(inner);
    return (position === "fixed" || (position === "absolute" && style.position === "static")) && Element.prototype.getBoundingClientRect.call(inner).height > 1;
  };
  return [...Element.prototype.querySelectorAll.call(element, "*")].slice(0, 200).some(escapes) ? "seen" : "hidden";
}

function* writeAttributes(element, own, name, seen, shared, hidden, deep, out) {
  const found = new Map();
  const names = Element.prototype.getAttributeNames.call(element).slice(0, 200);
  for (const each of names) {
    if (!/^[A-Za-z_:][^\s/<>"'=&\x00-\x1f]*$/.test(each) || DROPPED.test(each)) continue;
    if (each === "points") continue;
    // of a drawing its beginning, by which a button without a name is told from another
    found.set(each, each === "d" ? (attribute(element, each) ?? "").slice(0, 40) : (attribute(element, each) ?? ""));
  }
  writeLive(element, own, found);
  for (const [key, value] of found) {
    const safe = safeValue(key, value, own, shared.mask);
    if (safe === null) found.delete(key);
    else found.set(key, safe);
  }
  if (own === "iframe" || own === "frame") yield* writeFrame(element, name, found, shared, hidden, deep, out);
  // a style of the page can show what carries the attribute
  if (seen === "seen") found.delete("hidden");
  if (seen === "hidden") {
    found.set("data-seabridge-hidden", "");
    if (shared.standalone) found.set("style", `${found.get("style") ?? ""};display:none!important`.replace(/^;+/, ""));
  }
  let text = "";
  for (const [key, value] of found) text += value === "" ? ` ${key}` : ` ${key}="${escape(value, true)}"`;
  return text;
}

/** What the person typed or chose, which attributes do not tell; nothing secret. */
function writeLive(element, own, found) {
  const flag = (key, on) => (on ? found.set(key, "") : found.delete(key));
  if (own === "input") {
    const type = get(HTMLInputElement, "type", element);
    const value = get(HTMLInputElement, "value", element);
    if (type === "checkbox" || type === "radio") flag("checked", get(HTMLInputElement, "checked", element));
    if (/^(password|hidden|file)$/.test(type) || secretField(element, type) || cardNumber(value)) found.delete("value");
    else if (value || found.has("value")) found.set("value", value);
  } else if (own === "option") flag("selected", get(HTMLOptionElement, "selected", element));
}

/** The document of a frame, as far as it is ours to see. */
function* writeFrame(element, name, found, shared, hidden, deep, out) {
  let inner = null;
  try {
    inner = get(name === "frame" ? HTMLFrameElement : HTMLIFrameElement, "contentDocument", element);
  } catch {
    inner = null;
  }
  if (!inner) {
    const src = found.get("src");
    if (src)
      try {
        found.set("src", `${new URL(src, get(Document, "baseURI", get(Node, "ownerDocument", element))).origin}/`);
      } catch {
        found.delete("src");
      }
    return;
  }
  if (deep >= MOST_FRAMES_DEEP) {
    out.cut = true;
    return;
  }
  const within = new Out(Math.floor(out.left * 0.6));
  yield* writeDocument(within, inner, shared, hidden, deep + 1);
  const html = within.parts.join("");
  const fits = length(escape(html, true)) + 5_000 < out.left;
  if (fits) found.set("srcdoc", html);
  if (!fits || within.full || within.cut) out.cut = true;
}

function writeText(data, keeps, mask) {
  if (!keeps && data.includes("\n") && !data.trim()) return "\n";
  return escape(mask ? masked(data) : data, false);
}
