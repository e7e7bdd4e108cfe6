// The reading half of the content script as a global `reader`, for tests that open case pages in a real browser.

import type { ChatPage, ListingPage, Marketplace, Read, Select } from "../../src/shared/protocol.gen";
import { readComposer } from "../../src/sites/composer";
import { missing } from "../../src/sites/health";
import { readIdentity } from "../../src/sites/identity";
import { readInbox } from "../../src/live/inbox/look";
import { readListing } from "../../src/sites/listing";
import { candidates, drawn, others } from "../../src/sites/page";
import { findIn, matches } from "../../src/sites/query";
import { readPage, readRow, type Place } from "../../src/sites/read";
import { inherit, readOne, rowElements } from "../../src/sites/rows";

interface Entry {
  kind: "select" | "rowSelect" | "read" | "rowRead";
  entry: Select & Read;
}

const place = (): Place => ({ document, url: new URL(location.href) });

/** How often each entry finds something here; for entries inside a row: in how many rows. */
function counts(page: ChatPage, entries: Entry[]): number[] {
  const rows = rowElements(document, page);
  return entries.map(({ kind, entry }) => {
    if (kind === "select") return matches(document, entry.css).length;
    if (kind === "read") return readPage(place(), [entry]) ? 1 : 0;
    return rows.filter((row) => (kind === "rowSelect" ? findIn(row, [entry]) !== null : readRow(row, [entry]) !== "")).length;
  });
}

/** Selectors this browser cannot parse. */
function unparsed(selectors: string[]): string[] {
  return selectors.filter((css) => {
    try {
      css.split(" >>> ").forEach((step) => document.createDocumentFragment().querySelector(step));
      return false;
    } catch {
      return true;
    }
  });
}

/** Everything a feature would learn here, or null when no page is recognised. */
function read(marketplaces: Marketplace[]) {
  const options = candidates(marketplaces, new URL(location.href), window === window.top);
  const found = drawn(options, document);
  if (!found) return null;
  const { marketplace, page } = found;
  const rows = rowElements(document, page).map((element) => ({ ...readOne(element, page), element }));
  const composer = readComposer(document, page);
  const { shop, region, thread, buyer } = readIdentity(marketplace, page, place());
  return {
    page: `${marketplace.name}/${page.id}`,
    thread: { shop, region, thread, buyer },
    rows: inherit(rows, page).map(({ element: _, ...row }) => row),
    composer: composer && { kind: composer.kind, send: composer.send !== null },
    missing: missing(page, place()),
  };
}

/** What is said to be missing before a part of the page is drawn; null when no page is recognised then. */
function early(marketplaces: Marketplace[], part: "rows" | "words" | "composer"): string[] | null {
  const found = drawn(candidates(marketplaces, new URL(location.href), window === window.top), document);
  if (!found) return null;
  const { messages, composer } = found.page;
  const selects = { rows: messages.row, words: messages.text, composer: composer.field }[part];
  const gone = selects.flatMap(({ css }) => (css ? matches(document, css) : []));
  const back = gone.map((element) => {
    const [parent, next, inside] = [element.parentNode, element.nextSibling, [...element.childNodes]];
    if (part === "words") element.replaceChildren();
    else element.remove();
    return () => (part === "words" ? element.replaceChildren(...inside) : parent?.insertBefore(element, next));
  });
  const said = read(marketplaces)?.missing.map((fault) => fault.field) ?? null;
  back.reverse().forEach((restore) => restore());
  return said;
}

/** The listing editor here, or null when none is recognised. */
function listing(marketplaces: Marketplace[]) {
  const options = others(marketplaces, new URL(location.href), window === window.top).filter(({ page }) => page.page === "listing");
  const found = drawn(options, document);
  return found && readListing(found.marketplace, found.page as ListingPage, place());
}

/** What the inbox of one description shows here; null when it is not recognised. */
function readThreads(marketplaces: Marketplace[], name: string) {
  const options = others(marketplaces, new URL(location.href), window === window.top).filter(({ marketplace, page }) => `${marketplace.name}/${page.id}` === name);
  const found = drawn(options, document);
  if (found?.page.page !== "threads") return null;
  const { account, rows, lost } = readInbox(found.page, place());
  return { account, rows, lost };
}

Object.assign(globalThis, { reader: { counts, unparsed, read, early, listing, readThreads } });
