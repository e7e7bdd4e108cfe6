// Taking a capture of a tab, on demand.

import type { Captured } from "../../../companion/pages/capture.js";

export type { Captured };

/** The tab's page with letters and digits replaced; null where the browser does not let us look or the page went away. */
export async function takeMasked(tabId: number): Promise<Captured | null> {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, files: ["capture.js"] });
    const [answer] = await chrome.scripting.executeScript({
      target: { tabId },
      func: () => (globalThis as unknown as { seabridgeCapture: (options: object) => Captured }).seabridgeCapture({ mask: true }),
    });
    return answer?.result ?? null;
  } catch {
    return null;
  }
}

/** The page in the top frame of a tab as it is, taken without holding it up, with its address; null as above. */
export async function takeOpen(tabId: number, bytes: number): Promise<(Captured & { url: string }) | null> {
  try {
    const target = { tabId, frameIds: [0] };
    await chrome.scripting.executeScript({ target, files: ["capture.js"] });
    const [answer] = await chrome.scripting.executeScript({
      target,
      args: [bytes],
      func: async (most: number) => {
        const world = globalThis as unknown as { seabridgeCaptureSoftly: (options: object) => Promise<Captured | null> };
        const captured = await world.seabridgeCaptureSoftly({ bytes: most });
        return captured && { ...captured, url: location.href };
      },
    });
    return answer?.result ?? null;
  } catch {
    return null;
  }
}

/** Name of the file: which host, which day, nothing of the shop. */
export function fileName(host: string, now: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}`;
  return `seabridge-${host.replace(/[^a-z0-9.-]/gi, "_").slice(0, 80)}-${day}.html`;
}
