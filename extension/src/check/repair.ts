// Puts words in the place of what was found, the way a person would: selected, then typed over. The page's own editor takes
// it, and its own undo takes it back.

import { pause } from "../features/kit/work";
import { routesOf, select, selectRange, write, type Route } from "../insertion/editors";
import { replace } from "../insertion/replace";
import { isInput, sameText } from "../sites/composer";
import { lengthOf, SETTLE_MS } from "../sites/insertion";
import { replaced, spanFor, type Span } from "./span";
import type { Watched } from "./watched";

/** changed: the words stand there no more. long_field: the field takes no more. lost: it took nothing. */
export type Repaired = "done" | "changed" | "long_field" | "lost";

/** `words`: what was found at `at`; nothing else is ever replaced. */
export async function repair(watched: Watched, at: Span, words: string, instead: string, signal: AbortSignal): Promise<Repaired> {
  const { field } = watched;
  watched.read();
  const was = watched.text;
  if (!field.isConnected || was.slice(at.start, at.end) !== words) return "changed";
  const span = spanFor(was, at, instead);
  const wanted = replaced(was, span, instead);
  if (isInput(field) && field.maxLength > 0 && wanted.length > was.length && lengthOf(wanted) > field.maxLength) return "long_field";
  for (const route of waysOf(watched, instead)) {
    await select(field, () => selectSpan(watched, span));
    watched.read();
    if (watched.text !== was) return "changed";
    write(field, instead, route);
    await pause(SETTLE_MS, signal);
    watched.read();
    if (sameText(watched.text, wanted)) return "done";
    if (watched.text !== was) return "lost";
  }
  // undone by the field's own undo it cannot be any more, but it is in
  return isInput(field) && (await replace(field, was, wanted, signal)) === "done" ? "done" : "lost";
}

/** Show the words in the page, selected, with the keyboard there. */
export async function show(watched: Watched, span: Span): Promise<void> {
  const { field } = watched;
  field.scrollIntoView({ block: "center" });
  if (span.end > span.start) await select(field, () => selectSpan(watched, span));
  else field.focus({ preventScroll: true });
}

/** Typed first, for the sake of undo; nothing cannot be pasted. */
function waysOf({ field }: Watched, instead: string): Route[] {
  if (isInput(field) || instead === "") return ["typed"];
  return routesOf(field);
}

function selectSpan(watched: Watched, { start, end }: Span): void {
  const { field } = watched;
  if (isInput(field)) return field.setSelectionRange(start, end);
  const range = watched.range(start, end);
  if (range) selectRange(field, range);
}
