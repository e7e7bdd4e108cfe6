// Where Chromium and Firefox differ. Everything else in the background is the same for both.

/** The part of Firefox's API that @types/chrome does not know. */
interface Sidebar {
  open(): Promise<void>;
}

function sidebar(): Sidebar | undefined {
  return (globalThis as { browser?: { sidebarAction?: Sidebar } }).browser?.sidebarAction;
}

/** Opens the side panel or sidebar. Needs the seller's gesture; says whether it worked. */
export async function openPanel(windowId: number): Promise<boolean> {
  try {
    if (chrome.sidePanel) await chrome.sidePanel.open({ windowId });
    else await sidebar()?.open();
    return true;
  } catch {
    // a message from a page does not always carry the gesture over; a tab of its own always opens
    await chrome.tabs.create({ url: chrome.runtime.getURL("panel.html") });
    return true;
  }
}

/** Content scripts have no business in our storage; Firefox has no such switch (DESIGN §4.4), nothing secret lies there. */
export async function shieldStorage(): Promise<void> {
  await chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" }).catch(() => undefined);
}

/**
 * Firefox counts neither a WebSocket nor its text as activity and ends an event page 30 s after the last event or API
 * call (29.9 s measured, `tests/e2e/firefox/lifetime.py`): in the middle of a pairing, too. A call of the API starts the
 * 30 s anew. An alarm every 30 s does not help: it fires at the very moment the page ends.
 */
export function stayAwake(): void {
  if (sidebar()) void chrome.runtime.getPlatformInfo();
}
