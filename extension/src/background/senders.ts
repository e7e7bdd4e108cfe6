// Who is asking? Content scripts are untrusted callers: they run beside a page that may have taken them over.

/** The facts about a sender that the browser vouches for. */
export interface Sender {
  id?: string | undefined;
  origin?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  documentId?: string | undefined;
  tab?: { id?: number | undefined; url?: string | undefined; windowId?: number | undefined } | undefined;
}

export type Tier =
  | { kind: "own" }
  | { kind: "content"; host: string; tabId: number; frame: number; windowId: number; top: boolean; document: string }
  | { kind: "refused"; why: string };

export interface Ground {
  extensionId: string;
  /** Address of the extension's own files, with a slash at the end. */
  base: string;
  /** Whether a page address belongs to a marketplace that the seller switched on. */
  granted(url: string): boolean;
}

/** own page, content script of a granted marketplace, or nobody. */
export function tierOf(sender: Sender, ground: Ground): Tier {
  if (sender.id !== ground.extensionId) return { kind: "refused", why: "another extension" };
  const url = sender.url ?? "";
  if (url.startsWith(ground.base)) {
    // a frame of ours inside somebody's page would have a tab with another address
    const tab = sender.tab?.url;
    return tab === undefined || tab === "" || tab.startsWith(ground.base) ? { kind: "own" } : { kind: "refused", why: "own page inside another" };
  }
  if (sender.tab?.id === undefined) return { kind: "refused", why: "no tab" };
  const origin = originOf(url);
  // a sandboxed frame has the address of the marketplace but the origin "null"
  if (!origin || (sender.origin !== undefined && sender.origin !== origin)) return { kind: "refused", why: "origin" };
  if (!ground.granted(url)) return { kind: "refused", why: "host" };
  const top = sender.frameId === 0;
  // a frame counts only inside a page that is granted itself: a stranger may embed a marketplace
  const tabUrl = sender.tab.url ?? "";
  if (!ground.granted(tabUrl)) return { kind: "refused", why: "tab host" };
  if (top && originOf(tabUrl) !== origin) return { kind: "refused", why: "tab moved on" };
  return {
    kind: "content",
    host: new URL(url).hostname,
    tabId: sender.tab.id,
    frame: sender.frameId ?? 0,
    windowId: sender.tab.windowId ?? -1,
    top,
    document: sender.documentId ?? `${sender.tab.id}-${sender.frameId ?? 0}`,
  };
}

function originOf(url: string): string {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === "https:" ? origin : "";
  } catch {
    return "";
  }
}
