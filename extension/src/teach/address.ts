// What of an address names the page, what the conversation and what the shop.

import type { Read } from "../shared/protocol.gen";
import { isIdLike, isRandom } from "./stable";

const THREAD = /(conv|thread|chat|dialog|session|talk|room|ticket|msg|message|contact|buyer|customer|member|peer|im_?id|^to$|^uid$|^user_?id$|^u$|^[ct]?id$)/i;
const SHOP = /(shop|seller|store|merchant|mall|account|supplier|vendor)/i;
const ITEM = /^(product|item|goods|listing|offer|sku|asin|spu)(_?(id|no|number))?$|^p?id$/i;
const NEVER = /^(lang|language|locale|tab|page|from|source|src|ref|utm_.*|spm|scm|theme|type|filter|sort|status|region|country|site|platform|v|version|t|ts|time|timestamp|_.*)$/i;

/** Two looks at one page while another conversation was opened. */
export interface Change {
  before: URL;
  after: URL;
}

/** Pattern of the path: parts that name one thing among many stand for any. */
export function pathPattern(url: URL, change: Change | null = null): string {
  const moved = change ? changedSegment(change) : -1;
  const parts = segments(url).map((part, at) => (at === moved || oneOfMany(part) ? "[^/]+" : quote(part)));
  return parts.length ? `^/${parts.join("/")}(/|$)` : "^/$";
}

/** How the address tells which conversation this is; empty when it does not. */
export function threadReads(url: URL, change: Change | null): Read[] {
  if (change) return changedReads(change);
  const named = [...url.searchParams].find(([name, value]) => THREAD.test(name) && !SHOP.test(name) && !NEVER.test(name) && value.length >= 2 && /\d|-/.test(value));
  if (named) return [{ query: named[0], trust: "medium" }];
  const hashed = [...hashParams(url)].find(([name, value]) => THREAD.test(name) && !SHOP.test(name) && !NEVER.test(name) && /\d|-/.test(value));
  if (hashed) return [{ hash: hashed[0], trust: "medium" }];
  const parts = segments(url);
  const last = parts.length - 1;
  return parts[last] && oneOfMany(parts[last]) ? [pathRead(url, last, "medium")] : [];
}

/** How the address of an editor tells which listing it holds; empty when it does not. */
export function itemReads(url: URL): Read[] {
  const named = [...url.searchParams].find(([name, value]) => ITEM.test(name) && value.length >= 2 && /\d/.test(value));
  if (named) return [{ query: named[0], trust: "medium" }];
  const parts = segments(url);
  const at = parts.findLastIndex(oneOfMany);
  return at < 0 ? [] : [pathRead(url, at, "medium")];
}

/** How the address tells whose shop it is; empty when it does not. */
export function shopReads(url: URL, change: Change | null): Read[] {
  const stays = (name: string): boolean => !change || change.before.searchParams.get(name) === change.after.searchParams.get(name);
  return [...url.searchParams].filter(([name, value]) => SHOP.test(name) && !THREAD.test(name) && value.length >= 2 && stays(name)).map(([name]) => ({ query: name, trust: "medium" as const }));
}

function changedReads({ before, after }: Change): Read[] {
  // Firefox gives a content script no iterable keys()
  const differs = (a: URLSearchParams, b: URLSearchParams): string[] => [...b].map(([name]) => name).filter((name) => b.get(name) && a.get(name) && a.get(name) !== b.get(name) && !NEVER.test(name));
  const queries = differs(before.searchParams, after.searchParams);
  const hashes = differs(hashParams(before), hashParams(after));
  const best = (names: string[]): string | undefined => names.find((name) => THREAD.test(name)) ?? names[0];
  const reads: Read[] = [];
  const query = best(queries);
  if (query) reads.push({ query, trust: "high" });
  const hash = best(hashes);
  if (hash) reads.push({ hash, trust: "high" });
  const at = changedSegment({ before, after });
  if (at >= 0) reads.push(pathRead(after, at, "high"));
  return reads;
}

/** The part of the path that is another one now, with everything else the same; -1 for none. */
function changedSegment({ before, after }: Change): number {
  const [a, b] = [segments(before), segments(after)];
  const moved = b.flatMap((part, at) => (part !== a[at] ? [at] : []));
  return a.length === b.length && moved.length === 1 ? (moved[0] as number) : -1;
}

function pathRead(url: URL, at: number, trust: "high" | "medium"): Read {
  const front = segments(url)
    .slice(0, at)
    .map((part) => (oneOfMany(part) ? "[^/]+" : quote(part)));
  return { path: true, pattern: `^/${[...front, "([^/]+)"].join("/")}`, trust };
}

function segments(url: URL): string[] {
  return url.pathname.split("/").filter(Boolean);
}

function hashParams(url: URL): URLSearchParams {
  const at = url.hash.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : url.hash.slice(at + 1));
}

function oneOfMany(part: string): boolean {
  return isIdLike(part) || (part.length >= 6 && isRandom(part)) || /^\d{3,}$/.test(part);
}

function quote(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
