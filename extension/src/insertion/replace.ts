// Puts a text in the place of what a field of the page holds, only while exactly what was translated still stands there.

import { copy } from "../features/kit/copy";
import { pause } from "../features/kit/work";
import { routesOf, select, write } from "./editors";
import { fieldText, isInput, sameText, type Field } from "../sites/composer";
import { lengthOf, SETTLE_MS } from "../sites/insertion";

/** changed: other words stand there now. long_field: the field takes no more than its limit. copied, lost: it took nothing. */
export type Replaced = "done" | "changed" | "long_field" | "copied" | "lost";

export async function replace(field: Field, was: string, text: string, signal: AbortSignal): Promise<Replaced> {
  if (isInput(field) && field.maxLength > 0 && lengthOf(text) > field.maxLength) return "long_field";
  for (const route of routesOf(field)) {
    if (!field.isConnected || fieldText(field) !== was) return "changed";
    await select(field);
    if (!field.isConnected || fieldText(field) !== was) return "changed";
    write(field, text, route);
    await pause(SETTLE_MS, signal);
    const now = fieldText(field);
    if (field.isConnected && sameText(now, text)) return "done";
    // half taken, or overwritten by somebody: only what is still the seller's own text is tried another way
    if (now !== was) break;
  }
  return (await copy(text)) ? "copied" : "lost";
}
