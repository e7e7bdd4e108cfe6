// translate-thread: every buyer message has its translation beside it, exactly once, whatever the page does to its nodes.

import { restyle } from "../shared/dom";
import type { Translated } from "../shared/protocol.gen";
import { hasWords } from "../sites/han";
import { threadKey, threadRef } from "../sites/identity";
import type { Row } from "../sites/rows";
import { textElement } from "../sites/rows";
import { OURS, tidy, words } from "../sites/text";
import { offerAnother } from "./kit/another";
import { Bubble } from "./kit/bubble";
import { Installer } from "./kit/install";
import { Near } from "./kit/near";
import { anchorOf, bubbleBox, lieBeside, placeBelow, rowDetector } from "./kit/place";
import { Translations } from "./kit/requests";
import { EndKeeper } from "./kit/scroll";
import { Themes } from "./kit/theme";
import type { Host, Page, Snapshot } from "./kit/types";
import { coalesced, inPieces } from "./kit/work";

export function init(host: Host, page: Page, signal: AbortSignal): void {
  const bubbles = new Map<Element, Bubble>();
  const translations = new Translations(host, signal);
  const installer = new Installer(host, signal);
  const inRow = rowDetector();
  const end = new EndKeeper(signal);
  const themes = new Themes(signal);
  /** When a row was first found without an answer. */
  const since = new WeakMap<Element, { text: string; at: number }>();
  /** Rows whose nodes changed since their bubble was last looked after. */
  const changed = new WeakSet<Element>();
  const mode = page.spec.placement.mode;
  const draw = coalesced(() => void drawAll(), signal);
  const near = new Near(page.document, draw, signal);
  let snapshot: Snapshot | null = null;
  let round = 0;
  let language = "";
  let retry = 0;

  page.onRows((now) => {
    snapshot = now;
    void drawAll();
  }, signal);
  page.onDirty(hideChanged, signal);
  translations.onAnswers(() => void drawAll(), signal);
  installer.onChange((done) => {
    if (done) translations.forget((_, item) => item.match === "none");
    draw();
  }, signal);
  host.onChange(draw, signal);
  page.onThread((state) => {
    // a corrected language makes earlier guesses worthless
    if (state.language_source === "seller" && language && state.language !== language) translations.forget((thread) => thread === threadKey(page.identity()));
    language = state.language;
    draw();
  }, signal);
  page.document.defaultView?.addEventListener("resize", draw, { signal });
  signal.addEventListener("abort", () => bubbles.forEach((bubble) => bubble.remove()));

  /** Before the page paints: a recycled row loses the words of the message it showed before. */
  function hideChanged(rows: ReadonlySet<Element>): void {
    for (const row of rows) {
      changed.add(row);
      const bubble = bubbles.get(row);
      if (!bubble || bubble.host.hidden) continue;
      const element = textElement(row, page.spec);
      if (!element || !tidy(words(element)).startsWith(bubble.text)) bubble.hide();
    }
  }

  async function drawAll(): Promise<void> {
    round += 1;
    const mine = round;
    const now = snapshot;
    if (!now || now.stale) return;
    const rows = host.settings.translate_incoming ? now.rows.filter(isWanted) : [];
    if (mode === "below") end.watch(now.rows[0]?.element ?? null);
    const alive = new Set(rows.map((row) => row.element));
    for (const [element, bubble] of bubbles) if (!alive.has(element)) drop(element, bubble);
    const thread = threadKey(now.identity);
    const items = rows.map((row) => translations.get(thread, row.text));
    const spoken = mostOf(items.filter((item) => item?.sure).map((item) => (item as Translated).source));
    if (spoken && spoken !== host.settings.seller_language) page.hear(now.identity, spoken);
    const close = near.choose(rows.map((row) => row.element));
    const asked: string[] = [];
    const changes: (() => void)[] = [];
    const newest = items.findLastIndex((item) => item?.match === "none");
    for (const [at, row] of rows.entries()) {
      const item = items[at];
      if (!item && close.has(row.element)) asked.push(row.text);
      if (item || close.has(row.element)) changes.push(() => settle(row, item, at === newest));
    }
    translations.drop();
    translations.want(thread, threadRef(now.identity), asked);
    await put(changes, () => mine === round);
  }

  /** Placing is layout work: in pieces, the newest rows first, since they are in view. */
  async function put(changes: (() => void)[], go: () => boolean): Promise<void> {
    await inPieces(changes.reverse(), (change) => change(), signal, go);
    if (mode === "beside") lieAll();
  }

  function settle(row: Row, item: Translated | undefined, isNewest: boolean): void {
    const { element } = row;
    if (!element.isConnected) return;
    let bubble = bubbles.get(element);
    const silent = item ? item.match === "same" || (item.match === "none" && !(isNewest && item.missing.length)) : !isSlow(row);
    if (silent) {
      if (bubble) drop(element, bubble);
      return;
    }
    if (bubble && !changed.has(element) && bubble.holds(row.text, item, themes.of(bubble.host.parentElement ?? element))) return;
    changed.delete(element);
    end.touch();
    if (!bubble) {
      const made: Bubble = new Bubble(page.document, host, mode, (item, place) => anew(made.text, item, place));
      bubble = made;
      bubbles.set(element, bubble);
    }
    if (bubble.text !== row.text) bubble.hide();
    bubble.text = row.text;
    if (!item) bubble.wait();
    else if (item.match === "none") bubble.help(installer.help(item.missing[0] as { source: string; target: string }, item.source));
    else bubble.show(item);
    place(bubble, row);
  }

  function anew(text: string, item: Translated, place: HTMLElement): void {
    const identity = page.identity();
    const took = (better: Translated): void => translations.set(threadKey(identity), text, better);
    offerAnother(host, place, item, { text, purpose: "read", thread: threadRef(identity), took, growing: () => end.touch() });
  }

  /** Most answers come within a frame or two; a sign that one is awaited is drawn, and laid out, only after that. */
  function isSlow({ element, text }: Row): boolean {
    if (host.state.link !== "ready") return false;
    const now = performance.now();
    let first = since.get(element);
    if (first?.text !== text) {
      since.set(element, (first = { text, at: now }));
      setTimeout(draw, WAIT_MS + 10);
    }
    return now - first.at >= WAIT_MS;
  }

  function place(bubble: Bubble, { element }: Row): void {
    for (const twin of element.querySelectorAll(`[${OURS}="bubble"]`)) if (twin !== bubble.host) twin.remove();
    if (!bubble.host.isConnected) {
      const wait = bubble.stubborn.wait(performance.now());
      if (wait) {
        retry ||= setTimeout(() => {
          retry = 0;
          draw();
        }, wait) as unknown as number;
        return;
      }
    }
    if (mode === "below") placeBelow(bubble.host, element, page.spec, inRow);
    else if (bubble.host.parentElement !== element) element.append(bubble.host);
    restyle(bubble.host);
    bubble.theme(themes.of(bubble.host.parentElement ?? element));
  }

  /** Measure everything, then write everything: one layout for all rows. */
  function lieAll(): void {
    const measured = [...bubbles].filter(([, bubble]) => bubble.host.isConnected && !bubble.host.hidden).map(([row, bubble]) => {
      const parent = bubble.host.offsetParent ?? row;
      const origin = parent.getBoundingClientRect();
      const at = { left: origin.left - parent.scrollLeft + parent.clientLeft, top: origin.top - parent.scrollTop + parent.clientTop };
      const around = whole(row).getBoundingClientRect();
      return { bubble, lie: lieBeside(around, bubbleBox(anchorOf(row, page.spec), row), at) };
    });
    for (const { bubble, lie } of measured) bubble.lie(lie);
  }

  function drop(element: Element, bubble: Bubble): void {
    bubble.remove();
    bubbles.delete(element);
  }
}

const WAIT_MS = 160;

/** The most frequent word, the later one among equals; "" of none. */
function mostOf(all: readonly string[]): string {
  const counts = new Map<string, number>();
  let most = "";
  for (const each of all) {
    counts.set(each, (counts.get(each) ?? 0) + 1);
    if (each && (counts.get(each) ?? 0) >= (counts.get(most) ?? 0)) most = each;
  }
  return most;
}

function isWanted(row: Row): boolean {
  return row.direction === "buyer" && hasWords(row.text);
}

/** The absolutely placed element around a row, whose height the list has reserved. */
function whole(row: Element): Element {
  for (let at: Element | null = row, level = 0; at && level < 4; at = at.parentElement, level += 1) {
    const { style } = at as HTMLElement;
    if (style?.position === "absolute" || style?.transform) return at;
  }
  return row;
}
