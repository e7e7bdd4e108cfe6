// Injected on the seller's click only, into the extension's isolated world: leaves one function there for the click to
// call. No part of content.js, which every page of a marketplace loads.

import { captureDocument } from "../../../companion/pages/capture.js";

Object.assign(globalThis, { seabridgeCapture: captureDocument });
