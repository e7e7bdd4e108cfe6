// One look at an inbox as it stands in the page now.

import type { ThreadsPage } from "../../shared/protocol.gen";
import { region } from "../../sites/identity";
import { lostIn, type Account } from "../../sites/listhealth";
import { listRows } from "../../sites/lists";
import { readPage, type Place } from "../../sites/read";
import { readThread, type ThreadRow } from "../../sites/threads";

export interface Look {
  account: Account;
  rows: ThreadRow[];
  elements: Element[];
  /** What the description demands and the page does not have; its rows are then no facts. */
  lost: string[];
}

export function readInbox(page: ThreadsPage, place: Place): Look {
  const account = { shop: readPage(place, page.account?.shop), region: region(readPage(place, page.account?.region)) };
  const found = listRows(place.document, page.rows.row);
  const rows = found.elements.map((row) => readThread(row, page));
  return { account, rows, elements: found.elements, lost: lostIn(page, place, account, found, rows) };
}
