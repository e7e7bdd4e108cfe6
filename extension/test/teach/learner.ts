// Teaches a page that has a description by one bubble of each side, and reads it by both: a global `learner` for tests
// in a real browser.

import type { ChatPage, Marketplace } from "../../src/shared/protocol.gen";
import { readComposer } from "../../src/sites/composer";
import { candidates, drawn } from "../../src/sites/page";
import { textElement } from "../../src/sites/rows";
import { learnChat } from "../../src/teach/learn";
import { textElementAt } from "../../src/teach/tree";
import { readRows } from "../../src/teach/tryout";

const said = (page: ChatPage) => readRows(page, document).map(({ direction, text, time }) => ({ direction, text, time }));

/** What is read by the rules and by what was learned; null where no conversation with both sides is described. */
function relearn(marketplaces: Marketplace[]) {
  const url = new URL(location.href);
  const found = drawn(candidates(marketplaces, url, window === window.top), document);
  if (!found) return null;
  const { page } = found;
  const rows = readRows(page, document);
  const wordsOf = (direction: string): Element | null => {
    const row = rows.find((each) => each.direction === direction && each.text !== "");
    return row ? textElement(row.element, page) : null;
  };
  const [buyer, seller] = [wordsOf("buyer"), wordsOf("seller")];
  const field = readComposer(document, page)?.field ?? null;
  if (!buyer || !seller || !field) return null;
  const lesson = learnChat({ buyer: textElementAt(buyer), seller: textElementAt(seller), field, send: null, name: null, time: null, shop: null }, url, "2026-11-22");
  return { page: page.id, described: said(page), learned: lesson ? said(lesson.page) : null, lesson: lesson?.page.messages ?? null };
}

Object.assign(globalThis, { learner: { relearn } });
