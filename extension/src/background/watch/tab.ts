// Looks into the tab of an inbox. The only place that touches tabs for watching.

import { marketplacesOf } from "../../shared/hosts";
import type { Glance } from "../../shared/inbox";
import type { InboxRef, Marketplace } from "../../shared/protocol.gen";
import type { Facts } from "./decide";

const FILE = "glance.js";
/** A frozen page does not answer; a busy one does in this time. */
const ANSWER_MS = 4_000;
const FIELD = /^[a-z0-9_.-]{1,60}$/;

export async function lookInto(tabId: number, marketplaces: Marketplace[]): Promise<Facts> {
  let tab: chrome.tabs.Tab;
  try {
    tab = await chrome.tabs.get(tabId);
  } catch {
    return { tab: "gone" };
  }
  if (tab.discarded) return { tab: "discarded" };
  if ((tab as { frozen?: boolean }).frozen) return { tab: "frozen" };
  const url = tab.url ?? "";
  const owners = marketplacesOf(url, marketplaces);
  // without a grant for where the tab is now its address is not told either
  if (owners.length === 0) return { tab: "barred", url };
  const glance = glanceOf(await answer(tabId), owners);
  if (glance === null) return { tab: "silent" };
  return { tab: "there", url, fits: owners.some((each) => inboxAt(url, each)), glance };
}

/** Pins the tab and asks the browser not to put it to sleep; Firefox has no such promise to give. True: given. */
export async function hold(tabId: number): Promise<boolean> {
  await chrome.tabs.update(tabId, { pinned: true });
  try {
    return (await chrome.tabs.update(tabId, { autoDiscardable: false }))?.autoDiscardable === false;
  } catch {
    return false; // a browser that does not know the word refuses it
  }
}

export async function release(tabId: number, pinned: boolean): Promise<void> {
  await chrome.tabs.update(tabId, { autoDiscardable: true }).catch(() => undefined);
  if (!pinned) await chrome.tabs.update(tabId, { pinned: false }).catch(() => undefined);
}

/** Tabs at the address of an inbox whose tab is gone: the browser restored it, or the seller opened it again. */
export async function tabsAt(address: string): Promise<{ id: number; url: string }[]> {
  const { origin, pathname } = new URL(address);
  const tabs = await chrome.tabs.query({ url: `${origin}/*` });
  const fits = (url: string): boolean => URL.canParse(url) && new URL(url).pathname === pathname;
  return tabs.flatMap(({ id, url = "" }) => (id !== undefined && fits(url) ? [{ id, url }] : []));
}

function inboxAt(url: string, { pages }: Marketplace): boolean {
  const { pathname } = new URL(url);
  return pages.some((page) => page.page === "threads" && page.paths.some((path) => new RegExp(path, "u").test(pathname)));
}

async function answer(tabId: number): Promise<unknown> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ANSWER_MS));
  const target = { target: { tabId }, injectImmediately: true };
  const ask = async (): Promise<unknown> => {
    const call = (): unknown => (globalThis as { seabridgeGlance?: () => unknown }).seabridgeGlance?.() ?? null;
    const [known] = await chrome.scripting.executeScript({ ...target, func: call });
    if (known?.result) return known.result;
    await chrome.scripting.executeScript({ ...target, files: [FILE] });
    return (await chrome.scripting.executeScript({ ...target, func: call }))[0]?.result;
  };
  return Promise.race([ask().catch(() => undefined), late]);
}

/** What a page's world says, checked as anything from a page; an inbox of a marketplace that does not own the page is none. */
export function glanceOf(value: unknown, owners: readonly Marketplace[]): Glance | null {
  const { inbox, empty, login, captcha } = (value ?? {}) as Record<string, unknown>;
  if (typeof empty !== "boolean" || typeof login !== "boolean" || typeof captcha !== "boolean") return null;
  const { ref, lost } = (inbox ?? {}) as { ref?: Partial<InboxRef>; lost?: unknown };
  const named = typeof ref?.shop === "string" && ref.shop.length <= 200 && /^[A-Z0-9_.:-]{0,40}$/.test(ref.region ?? "?") && owners.some((each) => each.name === ref.marketplace);
  const told = Array.isArray(lost) && lost.length <= 40 && lost.every((field) => typeof field === "string" && FIELD.test(field));
  return { inbox: named && told ? { ref: { marketplace: ref.marketplace as string, shop: ref.shop as string, region: ref.region as string }, lost: lost as string[] } : null, empty, login, captcha };
}
