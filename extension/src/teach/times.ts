// Times as pages write them beside messages.

import { tidy, words } from "../sites/text";

/** A clock as pages write it. */
const CLOCK = /(^|\D)\d{1,2}[:.h]\d{2}(?!\d)/;
const LONGEST_TIME = 40;

/** Whether an element's words are a time and little else; not where a clock of its own stands beside other words. */
export function isTime(element: Element): boolean {
  if (Array.from(element.children).some((each) => tidy(words(each)) !== tidy(words(element)) && isTime(each))) return false;
  const text = tidy(words(element));
  return text.length > 0 && text.length <= LONGEST_TIME && CLOCK.test(text) && text.replace(/[\d\s:.,/\-年月日上午下午AaPpMm✓✔]/g, "").length <= 14;
}
