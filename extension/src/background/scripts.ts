// The content script runs only where the seller switched a marketplace on: registered after the grant.

import { fitsPattern } from "../shared/hosts";
import type { Marketplace } from "../shared/protocol.gen";

const ID = "seabridge-content";
const FILE = "content.js";

/** Page patterns of the marketplaces that are granted, each host by itself. */
export async function grantedPatterns(marketplaces: Marketplace[]): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll();
  const granted = new Set(origins);
  return marketplaces.flatMap((each) => each.hosts).filter((pattern) => granted.has(pattern));
}

let running: Promise<void> = Promise.resolve();

/** Brings the registration in line with the grants. One at a time: two at once would both register. */
export function syncScripts(marketplaces: Marketplace[], added: string[] = []): Promise<void> {
  running = running.catch(() => undefined).then(() => sync(marketplaces, added));
  return running;
}

async function sync(marketplaces: Marketplace[], added: string[]): Promise<void> {
  const matches = await grantedPatterns(marketplaces);
  const [known] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (matches.length === 0) {
    if (known) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
  } else {
    const script = { id: ID, js: [FILE], matches, allFrames: true, runAt: "document_start" as const, persistAcrossSessions: true };
    if (!known) await chrome.scripting.registerContentScripts([script]);
    else if (known.matches?.join() !== matches.join()) await chrome.scripting.updateContentScripts([script]);
  }
  await injectIntoOpen(added.filter((pattern) => matches.includes(pattern)));
}

/** A marketplace that is open while it is switched on works without a reload. */
async function injectIntoOpen(patterns: string[]): Promise<void> {
  if (patterns.length === 0) return;
  for (const tab of await chrome.tabs.query({ url: patterns })) {
    if (tab.id === undefined || tab.discarded || !patterns.some((pattern) => fitsPattern(tab.url ?? "", pattern))) continue;
    // a tab may close or show an error page at this very moment
    await chrome.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, files: [FILE] }).catch(() => undefined);
  }
}
