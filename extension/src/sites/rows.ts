// The rows of a conversation: direction, words, time, key, pictures.

import type { ChatPage, SeenMessage } from "../shared/protocol.gen";
import { find, findAll, findIn, matches } from "./query";
import { readRow, target } from "./read";
import { inOrder } from "./order";
import { clip, LONGEST, pattern, tidy, words } from "./text";

/** One row as read; `time` is what the row itself shows. */
export interface Reading {
  direction: "buyer" | "seller" | "system";
  text: string;
  time: string;
  key: string;
  order: string;
  images: string[];
}

/** A row in visual order; `time` is inherited from above where the page leaves it out. */
export interface Row extends Reading {
  element: Element;
}

const MOST_IMAGES = 20;
const LONGEST_TIME = 100;

/** Row elements in visual order. Rows inside rows count once; those of a conversation kept hidden not at all. */
export function rowElements(document: Document, page: ChatPage): Element[] {
  const { messages } = page;
  const found = findAll(document, messages.row);
  const outer = found.filter((row, at) => (at === 0 || !(found[at - 1] as Element).contains(row)) && row.checkVisibility());
  return inOrder(outer, messages.sequence ?? "document", scroller(document, page, outer));
}

/** What moves the rows: as described, else the nearest element around all of them. */
export function scroller(document: Document, page: ChatPage, rows: readonly Element[]): Element | null {
  const described = find(document, page.messages.scroller);
  if (described && (rows.length === 0 || described.contains(rows[0] as Element))) return described;
  let around = rows[0]?.parentElement ?? null;
  const last = rows.at(-1);
  while (around && last && !around.contains(last)) around = around.parentElement;
  return around;
}

/** Read one row. */
export function readOne(row: Element, page: ChatPage): Reading {
  const { messages } = page;
  const text = textOf(row, page);
  return {
    direction: saysNotice(text, page) ? "system" : directionOf(row, page),
    text,
    time: readRow(row, messages.time, LONGEST_TIME),
    key: readRow(row, messages.key),
    order: readRow(row, messages.order),
    images: imagesOf(row, page),
  };
}

/** A notice first, since platforms draw notices in bubbles too; neither buyer nor seller = a notice. */
function directionOf(row: Element, { messages }: ChatPage): Reading["direction"] {
  if (findIn(row, messages.system)) return "system";
  if (findIn(row, messages.buyer)) return "buyer";
  return findIn(row, messages.seller) ? "seller" : "system";
}

/** A notice that is drawn like a message is told by its words. */
export function saysNotice(text: string, { messages }: ChatPage): boolean {
  return text !== "" && (messages.system_texts ?? []).some((each) => pattern(each)?.test(text));
}

/** The element that holds a row's words. */
export function textElement(row: Element, { messages }: ChatPage): Element | null {
  for (const read of messages.text) {
    const element = target(row, read);
    if (element) return element;
  }
  return null;
}

/**
 * The words of a row without page furniture such as a clock. A nested element that holds nothing else is left out whole:
 * in "Tem 9" + "9:05" the joined text alone could not tell where the clock begins.
 */
function textOf(row: Element, page: ChatPage): string {
  const element = textElement(row, page);
  if (!element) return "";
  const strip = page.messages.strip ? pattern(page.messages.strip) : null;
  if (!strip) return clip(tidy(words(element)), LONGEST);
  let nested = false;
  const text = tidy(
    words(element, (inner) => {
      const own = tidy(words(inner));
      const furniture = own !== "" && strip.exec(own)?.[0].length === own.length;
      nested ||= furniture;
      return furniture;
    }),
  );
  const found = nested ? null : strip.exec(text);
  return clip(found ? tidy(text.slice(0, found.index) + text.slice(found.index + found[0].length)) : text, LONGEST);
}

function imagesOf(row: Element, { messages }: ChatPage): string[] {
  const urls: string[] = [];
  for (const select of messages.images ?? []) {
    for (const image of matches(row, select.css).slice(0, MOST_IMAGES)) {
      const url = (image as HTMLImageElement).currentSrc || image.getAttribute("src") || "";
      const absolute = addressOf(url, image.baseURI);
      if (absolute && !urls.includes(absolute)) urls.push(absolute);
    }
    if (urls.length) break;
  }
  return urls;
}

/** Only pictures a later fetch can reach; `data:` and `blob:` live in the page alone. */
function addressOf(url: string, base: string): string {
  try {
    const absolute = new URL(url, base || undefined);
    return absolute.protocol === "https:" && absolute.href.length <= 4_000 ? absolute.href : "";
  } catch {
    return "";
  }
}

/** Give rows without a time the time of the row above. */
export function inherit(rows: Row[], page: ChatPage): Row[] {
  if (!page.messages.inherit_time) return rows;
  let last = "";
  return rows.map((row) => {
    last = row.time || last;
    return row.time === last ? row : { ...row, time: last };
  });
}

/** For the wire. Rows without words and pictures (stickers, cards) still hold their place in the sequence. */
export function seen(row: Row): SeenMessage {
  return { key: row.key, direction: row.direction, text: row.text, time: row.time, order: row.order, images: row.images };
}
