// Where a part of the content script that comes later leaves what it offers: in the world both run in, which no page reaches.

import type { Left, Parts } from "../features/kit/types";

const world = globalThis as { seabridgeParts?: Partial<Parts & Left> };

export function parts(): Partial<Parts & Left> {
  return (world.seabridgeParts ??= {});
}

/** Parts of an instance before this one are another build's. */
export function dropParts(): void {
  world.seabridgeParts = { begun: performance.now() };
}
