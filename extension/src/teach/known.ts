// What is known of a page that was taught or described before: which answers still stand, and a description that keeps them.

import type { ChatPage, ListingPage, Read, Shape } from "../shared/protocol.gen";
import { foundOf, misfits } from "../sites/misfits";
import { readPage, type Place } from "../sites/read";
import { textElement } from "../sites/rows";
import { isField, withRoot, type Lesson } from "./learn";
import { seekMessage, seekOne, seekRows } from "./seek";
import type { StepId } from "./steps";
import { textElementAt } from "./tree";
import { readRows } from "./tryout";

/** found: as described. alike: only built like it. lost: to be pointed at. kept: read from the address, or left out. */
export interface Recalled {
  step: StepId;
  state: "found" | "alike" | "lost" | "kept";
  element: Element | null;
}

const CHAT: [StepId, string][] = [["field", "composer.field"], ["send", "composer.send"], ["name", "identity.buyer"], ["shop", "identity.shop"]];
const LISTING: [StepId, string][] = [["title", "listing.title"], ["bullet", "listing.bullets"], ["description", "listing.description"]];

export function recall(page: ChatPage | ListingPage, place: Place): Recalled[] {
  const { document } = place;
  const odd = misfits(page, document);
  const shape = (field: string): Shape | undefined => page.shapes?.find((each) => each.field === field);
  const look = ([step, field]: [StepId, string]): Recalled => {
    if (!isTold(page, field)) return { step, state: "kept", element: null };
    const found = odd.includes(field) ? [] : foundOf(field, page, document);
    const element = found[0] ?? null;
    if (element && (step !== "field" || isField(element))) return { step, state: "found", element };
    const known = shape(field);
    const alike = known && seekOne(known, document);
    return { step, state: alike ? "alike" : "lost", element: alike ?? null };
  };
  if (page.page === "listing") {
    const bullets = foundOf("listing.bullets", page, document);
    const second: Recalled[] = bullets.length > 1 && !odd.includes("listing.bullets") ? [{ step: "bullet2", state: "found", element: bullets[1] as Element }] : [];
    return [...LISTING.map(look), ...second];
  }
  const thread: Recalled = { step: "other", state: readPage(place, page.identity.thread) ? "kept" : "lost", element: null };
  return [...messages(page, document, odd.includes("messages.row"), shape), ...CHAT.map(look), thread];
}

/** One message of each side, by the description, else by the shape of the rows and the side they hung on. */
function messages(page: ChatPage, document: Document, odd: boolean, shape: (field: string) => Shape | undefined): Recalled[] {
  const sides: ("buyer" | "seller")[] = ["buyer", "seller"];
  const read = odd ? [] : readRows(page, document);
  const found = sides.map((side) => read.findLast((row) => row.direction === side && row.text !== "")?.element);
  if (found.every(Boolean)) return sides.map((step, at) => ({ step, state: "found", element: wordsOf(found[at] as Element, page) }));
  const known = shape("messages.row");
  const rows = known ? seekRows(known, document) : null;
  return sides.map((step) => {
    const element = rows && seekMessage(rows, shape(`messages.${step}`)?.side ?? "");
    return { step, state: element ? "alike" : "lost", element };
  });
}

function wordsOf(row: Element, page: ChatPage): Element {
  const words = textElement(row, page) ?? row;
  return textElementAt(words);
}

/** Whether the description looks for it in the page at all. */
function isTold(page: ChatPage | ListingPage, field: string): boolean {
  const [part = "", name = ""] = field.split(".");
  const section = (page as unknown as Record<string, Record<string, Read[] | undefined>>)[part];
  return (section?.[name] ?? []).some(({ css }) => css);
}

/** What was just learned, with everything of the description before that nobody had to point at again. */
export function keeping(known: ChatPage | ListingPage, lesson: Lesson<ChatPage> | Lesson<ListingPage>, mended: (step: StepId) => boolean): Lesson<ChatPage> | Lesson<ListingPage> {
  const { page, doubts } = lesson;
  const common = { paths: known.paths, frames: known.frames ?? "top" };
  if (page.page === "listing" && known.page === "listing") {
    const { title, bullets, description } = page.listing;
    const listing = {
      ...known.listing,
      title: mended("title") ? title : known.listing.title,
      bullets: mended("bullet") ? (bullets ?? []) : (known.listing.bullets ?? []),
      description: mended("description") ? (description ?? []) : (known.listing.description ?? []),
    };
    return { page: withRoot({ ...known, ...page, ...common, listing }), doubts };
  }
  if (page.page !== "chat" || known.page !== "chat") return lesson;
  const talk = mended("buyer") || mended("seller");
  const other = mended("other");
  const chat: ChatPage = {
    ...page,
    ...(other ? {} : common),
    identity: {
      ...known.identity,
      // a name that told conversations apart tells them apart under its new selectors
      thread: other || (mended("name") && sameReads(known.identity.thread, known.identity.buyer)) ? page.identity.thread : known.identity.thread,
      shop: mended("shop") ? page.identity.shop : known.identity.shop,
      buyer: mended("name") ? (page.identity.buyer ?? []) : (known.identity.buyer ?? []),
    },
    messages: talk ? page.messages : known.messages,
    placement: talk ? page.placement : known.placement,
    composer: {
      ...known.composer,
      field: mended("field") ? page.composer.field : known.composer.field,
      send: mended("send") ? (page.composer.send ?? []) : (known.composer.send ?? []),
    },
  };
  const kept = doubts.filter((doubt) => (doubt.startsWith("thread") ? other : doubt === "host_shop" ? chat.identity.shop.some(({ host }) => host) : true));
  return { page: withRoot(chat), doubts: kept };
}

const sameReads = (a: readonly Read[], b: readonly Read[] | undefined): boolean => a.length > 0 && JSON.stringify(a) === JSON.stringify(b);
