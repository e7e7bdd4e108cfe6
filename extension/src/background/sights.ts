// Which described pages stand in each tab, frame by frame, and whether one of them is no longer understood.

import type { Counts, Texts } from "../shared/messages";
import type { Sight } from "../shared/own";
import type { Marketplace } from "../shared/protocol.gen";
import { markTab } from "./badge";

const KEY = "sights";
/** Pages one tab may show at once, frames included; more is no back-end. */
const MOST_PAGES = 24;
const MOST_LOST = 40;
const MOST_COUNTS = 20;
const FIELD = /^[\w.:-]{1,60}$/;

interface Kept extends Sight {
  frame: number;
}
/** Tab → the pages in it. */
type Tabs = Record<string, Kept[]>;

let tabs: Promise<Tabs> | undefined;

/** The worker may be killed at any time; what it knows lives as long as the browser. */
function load(): Promise<Tabs> {
  return (tabs ??= chrome.storage.session.get(KEY).then((all) => ((all as Record<string, Tabs>)[KEY] ??= {})));
}

/** What a content script says it read, or null for what no honest one says. */
export function readOf(value: unknown): { lost: string[]; counts: Counts } | null {
  const { lost, counts } = (value ?? {}) as { lost?: unknown; counts?: unknown };
  if (!Array.isArray(lost) || lost.length > MOST_LOST || !lost.every((field) => typeof field === "string" && FIELD.test(field))) return null;
  if (typeof counts !== "object" || counts === null) return null;
  const entries = Object.entries(counts);
  if (entries.length > MOST_COUNTS || !entries.every(([name, number]) => FIELD.test(name) && Number.isSafeInteger(number) && number >= 0)) return null;
  return { lost: lost as string[], counts: Object.fromEntries(entries) as Counts };
}

/** The description a content script names; only those of its own marketplaces count. */
export function describedAs(name: unknown, own: readonly Marketplace[]): Omit<Sight, "lost" | "counts"> | null {
  for (const marketplace of own) {
    for (const page of marketplace.pages) {
      const description = `${marketplace.name}/${page.id}`;
      if (description === name) return { description, title: marketplace.title, kind: page.page, state: page.state, trust: page.trust };
    }
  }
  return null;
}

export async function noteSight(tab: number, frame: number, sight: Sight, texts: Texts): Promise<void> {
  await change(tab, (kept) => [...kept.filter((each) => each.frame !== frame || each.description !== sight.description), { ...sight, frame }].slice(-MOST_PAGES), texts);
}

export async function dropSight(tab: number, frame: number, description: string, texts: Texts): Promise<void> {
  await change(tab, (kept) => kept.filter((each) => each.frame !== frame || each.description !== description), texts);
}

/** A new document stands in the frame; in the top frame that is a new page altogether. */
export async function dropFrame(tab: number, frame: number, texts: Texts): Promise<void> {
  await change(tab, (kept) => (frame === 0 ? [] : kept.filter((each) => each.frame !== frame)), texts);
}

export async function dropTab(tab: number): Promise<void> {
  const all = await load();
  if (!(tab in all)) return;
  delete all[tab];
  await chrome.storage.session.set({ [KEY]: all });
}

/** What stands in a tab, the top document's first. */
export async function sightsIn(tab: number): Promise<Sight[]> {
  const kept = (await load())[tab] ?? [];
  return kept.toSorted((a, b) => a.frame - b.frame).map(({ frame: _, ...sight }) => sight);
}

async function change(tab: number, next: (kept: Kept[]) => Kept[], texts: Texts): Promise<void> {
  const all = await load();
  const before = all[tab] ?? [];
  const now = next(before);
  if (now.length) all[tab] = now;
  else delete all[tab];
  const [was, is] = [worst(before), worst(now)];
  if (JSON.stringify(before) !== JSON.stringify(now)) await chrome.storage.session.set({ [KEY]: all });
  if (was !== is) await markTab(tab, is, texts);
}

/** Title of the marketplace whose page in this tab is not understood any more; "" while all are. */
function worst(kept: readonly Kept[]): string {
  return kept.find(({ lost }) => lost.length > 0)?.title ?? "";
}
