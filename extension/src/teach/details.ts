// What rows have besides words: their time, their own name in the page, and how the list orders them.

import type { Read } from "../shared/protocol.gen";
import { writtenOffset } from "../sites/order";
import { tidy, words } from "../sites/text";
import { inside, target, type Rows } from "./rows";
import { query, trustOf, type Simple } from "./select";
import { isTime } from "./times";

/** A clock and nothing but what belongs to it. */
const BARE_CLOCK = /^[\s✓✔]*(\p{L}{1,12}\.?,?\s*)?\d{1,2}[:.]\d{2}(:\d{2})?(\s?[AaPp]\.?[Mm]\.?)?[\s✓✔]*$/u;
/** The same at the end of a bubble's text, for the wire. */
export const STRIP = "\\s*\\d{1,2}[:.]\\d{2}(?:\\s?[AaPp]\\.?[Mm]\\.?)?[\\s✓✔]*$";
/** Only what looks like a time is one, whatever else stands at that place. */
const TIME_PATTERN = "^(.{0,30}\\d{1,2}[:.]\\d{2}.{0,12})$";

/** Where rows say when; `pointed` is the seller's own choice. */
export function learnTime(rows: Rows, pointed: Element | null): Read[] {
  const found: Simple[] = [];
  const holding = pointed && rows.elements.find((row) => row.contains(pointed));
  if (holding && pointed) found.push(...inside(holding, pointed));
  else
    for (const row of [rows.buyer, rows.seller, ...rows.elements.slice(0, 20)]) {
      const text = rows.text.map(({ css }) => target(row, css)).find(Boolean);
      const time = query(row, "*").find((each) => each !== text && !each.contains(text ?? null) && isTime(each) && !Array.from(each.children).some(isTime));
      if (time) found.push(...inside(row, time));
      if (found.length) break;
    }
  return found
    .filter(({ css }) => rows.elements.some((row) => isTimeAt(row, css)))
    .slice(0, 3)
    .map(({ css, rank }) => ({ css, pattern: TIME_PATTERN, trust: trustOf(rank) }));
}

function isTimeAt(row: Element, css: string): boolean {
  const element = target(row, css);
  return element !== null && isTime(element);
}

/** Whether the words have a clock of their own element at their end, which is the page's and not the writer's. */
export function hasGluedClock(rows: Rows): boolean {
  return [rows.buyer, rows.seller].every((row) => {
    const text = rows.text.map(({ css }) => target(row, css)).find(Boolean);
    return text ? query(text, "*").some((each) => BARE_CLOCK.test(tidy(words(each)))) : false;
  });
}

/** An attribute by which the page itself tells its messages apart: long, all different, and no mere position. */
export function learnKey(rows: Rows): Read[] {
  for (const name of namesOfKeys(rows.buyer)) {
    const css = `[${name}]`;
    const values = rows.elements.map((row) => target(row, css)?.getAttribute(name) ?? "");
    const given = values.filter(Boolean);
    const apart = new Set(given).size === given.length && given.length >= rows.elements.length * 0.8;
    if (apart && given.every((value) => value.length >= 6 && value.length <= 200 && /\d/.test(value))) return [{ css, attr: name, trust: "medium" }];
  }
  return [];
}

function namesOfKeys(row: Element): string[] {
  const near = [row, ...query(row, "*").slice(0, 12)];
  return [...new Set(near.flatMap((each) => each.getAttributeNames()))].filter((name) => /^data-([a-z]+-)*(id|key|mid|uuid|msgid|messageid|sid)$/.test(name) && !/(user|buyer|sender|author|thread|conversation|shop|test|list|item)/.test(name));
}

/** How the document's order of rows relates to that of the conversation. */
export function learnSequence(rows: Rows): "document" | "reverse" | "offset" {
  const written = (row: Element): boolean => writtenOffset(row, rows.list) !== null;
  if (rows.elements.length > 1 && rows.elements.every(written)) return "offset";
  const tops = rows.elements.map((row) => row.getBoundingClientRect().top);
  const falling = tops.every((top, at) => at === 0 || top < (tops[at - 1] ?? 0));
  return tops.length > 1 && falling ? "reverse" : "document";
}

