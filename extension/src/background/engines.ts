// Which engines a page may offer, out of what the companion tells of them.

import type { OfferedEngine } from "../shared/messages";
import type { EnginesResult } from "../shared/protocol.gen";

/** Those that can be asked now: first the seller's order, then the ones kept for a press. */
export function offered({ engines, order, presets }: EnginesResult): OfferedEngine[] {
  const at = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return engines
    .filter(({ ready }) => ready)
    .sort((a, b) => at(a.name) - at(b.name))
    .map(({ name, kind, destination }) => ({ name, title: kind === "argos" || kind === "bergamot" || kind === "browser" ? "" : (presets.find((preset) => preset.name === name)?.title ?? name), destination }));
}
