// Which languages this browser's own translator has, and downloading one. Nothing here draws.

import type { BrowserPair } from "../../../shared/protocol.gen";
import { type PairState, tagsOf, type TranslatorApi, type Way } from "../../../shared/translator";

/** Both ways between the seller's language and each other one. */
export function waysOf(languages: readonly string[], seller: string): Way[] {
  return languages.filter((code) => code !== seller).flatMap((code): Way[] => [[code, seller], [seller, code]]);
}

export interface Stock {
  /** Languages that are there both ways, to be downloaded, and not to be had. */
  ready: string[];
  wanting: string[];
  lacking: string[];
}

export function stockOf(languages: readonly string[], seller: string, pairs: readonly BrowserPair[]): Stock {
  const stock: Stock = { ready: [], wanting: [], lacking: [] };
  for (const code of languages.filter((each) => each !== seller)) {
    const states = waysOf([code], seller).map((way) => stateIn(pairs, way));
    const all = (state: PairState): boolean => states.every((each) => each === state);
    (all("available") ? stock.ready : states.includes("unavailable") ? stock.lacking : stock.wanting).push(code);
  }
  return stock;
}

/** The direction a press downloads next: first the buyer's words, then the answers; null when both are there. */
export function nextWay(code: string, seller: string, pairs: readonly BrowserPair[]): Way | null {
  return waysOf([code], seller).find((way) => stateIn(pairs, way) !== "available") ?? null;
}

/** A direction that is there and for which the companion has a line to try, in Chinese or English; else null. */
export function trialWay(languages: readonly string[], seller: string, pairs: readonly BrowserPair[]): Way | null {
  const ways = waysOf(languages, seller).filter(([source]) => source === "en" || source === "zh");
  // what the seller can read comes first
  ways.sort(([, one], [, other]) => Number(other === seller) - Number(one === seller));
  return ways.find((way) => stateIn(pairs, way) === "available") ?? null;
}

function stateIn(pairs: readonly BrowserPair[], [source, target]: Way): PairState {
  return pairs.find((pair) => pair.source === source && pair.target === target)?.state ?? "unavailable";
}

/** How a download ended; `press`: the browser wants the seller's press once more. */
export type Ending = "done" | "cancelled" | "press" | "unsupported" | "failed";

/**
 * Has the browser download one direction. To be called within a press, before anything is awaited: the browser lets
 * nobody else begin a download, and one press begins one. `progress` hears of the share that is there, 0 to 1.
 */
export async function download(api: TranslatorApi, way: Way, signal: AbortSignal, progress: (share: number) => void): Promise<Ending> {
  const monitor = (target: EventTarget): void => {
    target.addEventListener("downloadprogress", (event) => {
      const { loaded } = event as ProgressEvent;
      if (!signal.aborted && Number.isFinite(loaded)) progress(Math.min(1, Math.max(0, loaded)));
    });
  };
  try {
    (await api.create({ ...tagsOf(way), signal, monitor })).destroy();
    return "done";
  } catch (error) {
    if (signal.aborted) return "cancelled";
    const name = error instanceof DOMException ? error.name : "";
    return name === "NotAllowedError" ? "press" : name === "NotSupportedError" ? "unsupported" : "failed";
  }
}
