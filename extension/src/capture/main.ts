// Injected when a page shall be captured, into the extension's isolated world: leaves two functions there to call. No part
// of content.js, which every page of a marketplace loads.

import { captureDocument, captureInPieces, type Captured, type Options } from "../../../companion/pages/capture.js";
import { breathe } from "../features/kit/work";

/** Beside a seller at work: in pieces, and of one moment. Null where the page does not hold still. */
async function captureSoftly(options: Options): Promise<Captured | null> {
  let changed = false;
  const observer = new MutationObserver(() => (changed = true));
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  try {
    return await captureInPieces(options, {
      breathe,
      changed: () => {
        const did = changed || observer.takeRecords().length > 0;
        changed = false;
        return did;
      },
    });
  } finally {
    observer.disconnect();
  }
}

Object.assign(globalThis, { seabridgeCapture: captureDocument, seabridgeCaptureSoftly: captureSoftly });
