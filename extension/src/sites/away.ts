// A back-end that shows something else than itself: a form to log in, or a question whether its reader is a person.
// Both are only told to the seller; nothing here fills in or solves anything.

import { shown } from "./shown";

/** Named so by their own makers: Alibaba's "punish" pages (facts/MARKETPLACES.md §6), TikTok's and others' captchas. */
const CAPTCHA = '[class*="captcha" i], [id*="captcha" i], iframe[src*="captcha" i], [class*="punish" i], iframe[src*="/punish" i]';
/** Google's badge in the corner of pages that ask nothing. */
const BADGE = ".grecaptcha-badge";
/** Headings of such pages. */
const ASKS = /unusual traffic|are you (?:a )?(?:human|robot)|not a robot|verify (?:that )?you are (?:a )?human|captcha|slide to verify|too many requests|安全验证|安全驗證|人机验证|滑块验证|拖动滑块|请完成验证/i;
/** Smallest drawn question in px: what is smaller is a badge or a button. */
const WIDE = 160;
const HIGH = 60;

export function asksToLogIn(document: Document): boolean {
  return [...document.querySelectorAll('input[type="password"]')].some(shown);
}

/** `alone`: nothing of the back-end is drawn, so that its headings count, too. */
export function asksForProof(document: Document, alone: boolean): boolean {
  const drawn = [...document.querySelectorAll(CAPTCHA)].some((each) => {
    if (!shown(each) || each.closest(BADGE)) return false;
    const { width, height } = each.getBoundingClientRect();
    return width >= WIDE && height >= HIGH;
  });
  if (drawn || !alone) return drawn;
  return [document.title, ...[...document.querySelectorAll("h1, h2")].filter(shown).map((each) => each.textContent ?? "")].some((text) => ASKS.test(text.slice(0, 300)));
}
