// Texts with what a search hit marked in them.

import { h } from "../../shared/dom";
import type { Span, Stretch } from "../../shared/protocol.gen";

/** Passages as the companion cut them. */
export function spans(parts: readonly Span[]): (HTMLElement | string)[] {
  return parts.map((part) => (part.hit ? h("mark", {}, part.text) : part.text));
}

/** A whole text in pieces; the companion counts in code points. */
export function pieces(text: string, hits: readonly Stretch[]): Span[] {
  if (hits.length === 0) return [{ text, hit: false }];
  const points = [...text];
  const found: Span[] = [];
  let at = 0;
  for (const { start, end } of hits) {
    if (start > at) found.push({ text: points.slice(at, start).join(""), hit: false });
    found.push({ text: points.slice(start, end).join(""), hit: true });
    at = end;
  }
  if (at < points.length) found.push({ text: points.slice(at).join(""), hit: false });
  return found;
}
