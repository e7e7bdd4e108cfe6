// A page description out of what the seller pointed at. Pure: looks at the page, changes nothing.

import type { ChatPage, ListingPage, Read, Select } from "../shared/protocol.gen";
import { type Change, itemReads, pathPattern, shopReads, threadReads } from "./address";
import { hasGluedClock, learnKey, learnSequence, learnTime, STRIP } from "./details";
import { learnMarks, type Marks } from "./marks";
import { learnRows, type Rows } from "./rows";
import { matches } from "../sites/query";
import { fromTop, reach, simples, toSelect, trustOf, unique, type Simple } from "./select";
import type { Kind, StepId } from "./steps";
import { chatShapes, listingShapes } from "./shapes";
import { rootOf, said } from "./tree";

/** What the seller pointed at in a conversation; messages by the element that holds their words. */
export interface ChatSamples {
  buyer: Element | null;
  seller: Element | null;
  field: Element | null;
  send: Element | null;
  name: Element | null;
  time: Element | null;
  shop: Element | null;
}

/** What the seller pointed at in a listing editor. */
export interface ListingSamples {
  title: Element | null;
  bullet: Element | null;
  otherBullet: Element | null;
  description: Element | null;
}

/** What is not as good as it could be; keys of sentences. */
export type Doubt = "host_shop" | "thread_unsure" | "thread_by_name" | "hashed";

export interface Lesson<P> {
  page: P;
  doubts: Doubt[];
}

/** Rows with their marks; null when the two bubbles have nothing to learn from. */
export interface Conversation {
  rows: Rows;
  marks: Marks;
}

const COMMON = { state: "provisional", trust: "medium", source: "taught by pointing", checked: "" } as const;

export function learnConversation(buyer: Element, seller: Element): Conversation | null {
  const rows = learnRows(buyer, seller);
  const marks = rows && learnMarks(rows);
  return rows && marks && marks.buyer.length && marks.seller.length ? { rows, marks } : null;
}

/** Null while something is missing without which no conversation can be read. */
export function learnChat(samples: ChatSamples, url: URL, today: string): Lesson<ChatPage> | null {
  const { buyer, seller, field } = samples;
  const talk = buyer && seller && learnConversation(buyer, seller);
  const composer = field && fieldAt(field);
  if (!talk || !composer) return null;
  const { rows, marks } = talk;
  // "Write to Lucia" is a placeholder of today's conversation only
  const fields = selects(freeOf(reach(composer), samples.name));
  const row = selects(fromTop(rows.root, rows.row, 4));
  const name = samples.name ? reads(freeOf(reach(samples.name, 6), samples.name)) : [];
  const byAddress = threadReads(url, null);
  const thread = byAddress.length ? byAddress : name;
  const shown = samples.shop ? reads(freeOf(reach(samples.shop, 6), samples.shop)) : [];
  const inAddress = shopReads(url, null);
  const shop: Read[] = shown.length ? shown : inAddress.length ? inAddress : [{ host: true, trust: "low" }];
  const sequence = learnSequence(rows);
  const time = learnTime(rows, samples.time);
  const key = learnKey(rows);
  const page: ChatPage = {
    ...COMMON,
    checked: today,
    page: "chat",
    id: "taught-chat",
    paths: [pathPattern(url)],
    frames: "top",
    root: [...fields, ...row],
    identity: { thread, shop, region: [], buyer: name },
    messages: {
      scroller: selects(reach(rows.list, 3)),
      row,
      buyer: selects(marks.buyer),
      seller: selects(marks.seller),
      text: reads(rows.text),
      time,
      key,
      sequence,
      strip: hasGluedClock(rows) ? STRIP : "",
      inherit_time: time.length > 0,
    },
    composer: { field: fields, send: samples.send ? selects(reach(buttonAt(samples.send))) : [] },
    placement: { anchor: selects(rows.text), mode: sequence === "offset" ? "beside" : "below", where: "after" },
    health: [
      { field: "messages.row", min: 1 },
      { field: "messages.text", min: 1 },
      { field: "messages.buyer", min: 1 },
      { field: "composer.field", min: 1 },
      ...(samples.send ? [{ field: "composer.send", min: 1 }] : []),
      { field: "identity.thread", min: 1 },
      { field: "identity.shop", min: 1 },
    ],
    shapes: chatShapes(rows, composer, samples.send && buttonAt(samples.send), samples),
  };
  return { page, doubts: doubtsOf(page, byAddress.length > 0, shown.length + inAddress.length > 0) };
}

/** With the roots that go with its fields: a page is there when one of them is. */
export function withRoot<P extends ChatPage | ListingPage>(page: P): P {
  const bare = ({ css = "", trust = "low" }: Read): Select => ({ css, trust });
  return { ...page, root: page.page === "chat" ? [...page.composer.field, ...page.messages.row] : page.listing.title.map(bare) };
}

function doubtsOf(page: ChatPage, addressed: boolean, shop: boolean): Doubt[] {
  const doubts: Doubt[] = [];
  if (!shop) doubts.push("host_shop");
  if (!addressed) doubts.push("thread_by_name");
  else doubts.push("thread_unsure");
  const { messages } = page;
  if ([messages.row, messages.buyer, messages.seller].some((list) => (list[0]?.trust ?? "low") === "low")) doubts.push("hashed");
  return doubts;
}

/**
 * The same page after the seller opened another conversation: what changed in the address is what tells conversations
 * apart. Nothing changed: only the buyer's name can tell, if it did.
 */
export function withChange({ page, doubts }: Lesson<ChatPage>, change: Change): Lesson<ChatPage> {
  const byAddress = threadReads(change.after, change);
  const shop = page.identity.shop.some(({ host }) => host) ? shopReads(change.after, change) : page.identity.shop;
  const rest = doubts.filter((doubt) => !doubt.startsWith("thread"));
  return {
    page: {
      ...page,
      paths: [pathPattern(change.after, change)],
      identity: { ...page.identity, thread: byAddress.length ? byAddress : (page.identity.buyer ?? []), shop: shop.length ? shop : page.identity.shop },
    },
    doubts: byAddress.length ? rest : [...rest, "thread_by_name"],
  };
}

export function learnListing(samples: ListingSamples, url: URL, today: string): Lesson<ListingPage> | null {
  if (!samples.title) return null;
  const title = reads(reach(fieldAt(samples.title)));
  if (!title.length) return null;
  const bullets = samples.bullet ? reads(alikeFields(fieldAt(samples.bullet), samples.otherBullet && fieldAt(samples.otherBullet))) : [];
  const description = samples.description ? reads(reach(fieldAt(samples.description))) : [];
  const fields = { title: fieldAt(samples.title), description: samples.description && fieldAt(samples.description) };
  const page: ListingPage = {
    ...COMMON,
    checked: today,
    page: "listing",
    id: "taught-listing",
    paths: [pathPattern(url)],
    frames: "top",
    root: title.map(({ css = "", trust = "low" }) => ({ css, trust })),
    listing: { title, bullets, description, item: itemReads(url) },
    health: [{ field: "listing.title", min: 1, max: 1 }, ...(description.length ? [{ field: "listing.description", min: 1 }] : []), ...(bullets.length ? [{ field: "listing.bullets", min: 1 }] : [])],
    shapes: listingShapes(fields, bullets.map(({ css = "" }) => matches(document, css)).find((found) => found.length) ?? []),
  };
  return { page, doubts: title[0]?.trust === "low" ? ["hashed"] : [] };
}

/** The lesson out of everything the seller pointed at; null while something is missing without which nothing can be read. */
export function learnFrom(kind: Kind, get: (id: StepId) => Element | null, url: URL, today: string): Lesson<ChatPage> | Lesson<ListingPage> | null {
  if (kind === "listing") return learnListing({ title: get("title"), bullet: get("bullet"), otherBullet: get("bullet2"), description: get("description") }, url, today);
  return learnChat({ buyer: get("buyer"), seller: get("seller"), field: get("field"), send: get("send"), name: get("name"), shop: get("shop"), time: get("time") }, url, today);
}

/** One selector for several fields of a kind; with a single sample only that field. */
export function alikeFields(first: Element, second: Element | null): Simple[] {
  if (!second || second === first || rootOf(first) !== rootOf(second)) return reach(first);
  const root = rootOf(first);
  const others = simples(second);
  const common = simples(first).filter(({ css, rank }) => rank < 4.5 && others.some((other) => other.css === css));
  const stems = ["name", "id", "data-testid", "placeholder", "aria-label"].flatMap((attribute) => {
    const shared = sharedStart(first.getAttribute(attribute) ?? "", second.getAttribute(attribute) ?? "");
    return shared.length >= 4 ? [{ css: `[${attribute}^="${shared.replace(/["\\]/g, "\\$&")}"]`, rank: 1.2 }] : [];
  });
  const around = nearestAround(first, second);
  const scoped = around ? unique(around, 2).map(({ css, rank }) => ({ css: `${css} ${first.localName}`, rank: Math.max(rank, 4.5) })) : [];
  const fits = (css: string): boolean => {
    const found = Array.from(root.querySelectorAll(css));
    return found.includes(first) && found.includes(second) && found.length <= 40;
  };
  return fromTop(root, [...stems, ...common, ...scoped].filter(({ css }) => fits(css)), 4);
}

function nearestAround(first: Element, second: Element): Element | null {
  let at = first.parentElement;
  while (at && !at.contains(second)) at = at.parentElement;
  return at;
}

function sharedStart(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a.slice(0, at).replace(/\d+$/, "");
}

/** The field itself, from wherever in or around it the seller pointed. */
export function fieldAt(pointed: Element): Element {
  const input = "textarea, input:not([type=hidden]):not([type=file]):not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])";
  if (pointed.matches(input)) return pointed;
  let editable: Element | null = null;
  for (let at: Element | null = pointed; at; at = at.parentElement) if (at.hasAttribute("contenteditable") && at.getAttribute("contenteditable") !== "false") editable = at;
  if (editable) return editable;
  const inner = Array.from(pointed.querySelectorAll(`${input}, [contenteditable]:not([contenteditable=false])`));
  if (inner.length === 1) return inner[0] as Element;
  const shadow = pointed.shadowRoot?.querySelectorAll(`${input}, [contenteditable]:not([contenteditable=false])`);
  return shadow?.length === 1 ? (shadow[0] as Element) : pointed;
}

/** Whether one can write in it. */
export function isField(element: Element): boolean {
  const field = fieldAt(element);
  return field.matches("textarea, input") || (field.hasAttribute("contenteditable") && field.getAttribute("contenteditable") !== "false");
}

/** Without those selectors that rest on what stands in the element today. */
function freeOf(found: Simple[], element: Element | null): Simple[] {
  const words = element ? said(element).toLowerCase().split(/\s+/).filter((word) => word.length >= 3) : [];
  return found.filter(({ css }) => !words.some((word) => css.toLowerCase().includes(word))).slice(0, 4);
}

export function buttonAt(pointed: Element): Element {
  return pointed.closest("button, [role=button], input[type=submit], a") ?? pointed;
}

export function selects(found: Simple[]): Select[] {
  return found.map(toSelect);
}

export function reads(found: Simple[]): Read[] {
  return found.map(({ css, rank }) => ({ css, trust: trustOf(rank) }));
}
