// What an answer to a question would mean: shown while the seller points, and whether one can go on with it.

import type { T } from "../shared/i18n";
import { findIn, matches } from "../sites/query";
import { alikeFields, fieldAt, isField, learnConversation } from "./learn";
import type { Samples } from "./samples";
import { hostOf, simples, type Root } from "./select";
import { clip } from "./show";
import type { Step } from "./steps";
import type { Mark } from "./surface";
import { said, scrollerOf, textElementAt } from "./tree";
import { valueOf } from "./tryout";

export interface Judged {
  /** What the choice would match, as a sentence. */
  say: string;
  good: boolean;
  marks: Mark[];
}

/** `chosen`: the seller has settled on the element, so nothing around it is meant. */
export function judge(t: T, step: Step, element: Element, samples: Samples, chosen: boolean): Judged {
  if (step.id === "seller") return judgeSides(t, samples.get("buyer"), chosen ? element : textElementAt(element));
  if (step.id === "buyer") {
    const like = alike(chosen ? element : textElementAt(element));
    return { say: t("teach_count_alike", { count: like.length }), good: said(element) !== "", marks: marked(like) };
  }
  if (step.at !== "field") return { say: reads(t, said(element)), good: true, marks: [] };
  if (step.id === "field" && !isField(element)) return { say: t("teach_no_field"), good: false, marks: [] };
  const field = fieldAt(element);
  if (step.id !== "bullet2") return { say: reads(t, valueOf(field)), good: true, marks: [] };
  const first = samples.get("bullet");
  const css = first ? alikeFields(first, field)[0]?.css : undefined;
  const found = css ? matches(document, css) : [];
  return { say: t("teach_count_fields", { count: found.length }), good: found.length > 1, marks: marked(found) };
}

function judgeSides(t: T, buyer: Element | null, seller: Element): Judged {
  const talk = buyer && learnConversation(buyer, seller);
  if (!talk) return { say: t("teach_count_none"), good: false, marks: [] };
  const look = (row: Element): Mark["look"] => (findIn(row, talk.marks.buyer) ? "buyer" : findIn(row, talk.marks.seller) ? "seller" : "like");
  const marks = talk.rows.elements.map((row) => ({ element: row, look: look(row) }));
  const count = (side: string): number => marks.filter((mark) => mark.look === side).length;
  const counts = { all: marks.length, buyer: count("buyer"), seller: count("seller") };
  return { say: t("teach_count_chat", counts), good: counts.buyer > 0 && counts.seller > 0, marks };
}

const reads = (t: T, text: string): string => t("teach_reads", { text: clip(text) || t("teach_empty") });
const marked = (elements: Element[]): Mark[] => elements.map((element) => ({ element, look: "like" }));

/** Elements that look like this one to its best name, in the list around it. */
function alike(element: Element): Element[] {
  const root = element.getRootNode() as Root;
  const list = scrollerOf(element);
  for (const { css, rank } of simples(element)) {
    if (rank === 4.5) continue;
    const found = Array.from(root.querySelectorAll(css)).filter((each) => !list || list.contains(each) || hostOf(root) !== null);
    if (found.length > 1) return found.slice(0, 200);
  }
  return [element];
}
