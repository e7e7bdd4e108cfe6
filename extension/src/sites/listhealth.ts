// Page health of a list: the description's demands, and what makes a reading doubtful. companion/pages/missing.py asks
// the same of saved pages.

import type { Read, Select, ThreadsPage } from "../shared/protocol.gen";
import type { FoundRows } from "./lists";
import { readField } from "./lists";
import { findAll, findIn, matches } from "./query";
import type { Place } from "./read";
import { shown, someText } from "./shown";
import type { ThreadRow } from "./threads";

/** What pages say of a list that holds nothing, at the beginning of a text of its own. */
const EMPTY =
  /^(?:(?:you (?:have|'ve got) |there (?:are|is) |we found )?(?:no|nothing|none)(?!\w)|0 (?:results?|items?|messages?|orders?)(?!\w)|暂无|暫無|没有|沒有|无数据|空空如也|目前没有|該当|ありません|데이터가 없|내역이 없|없습니다|nenhum|não há|sem (?:resultados|mensagens|dados)|ning[uú]n|no hay|sin (?:resultados|mensajes|datos)|aucun|pas de|keine|nessun|belum ada|tidak ada|chưa có|không có|ไม่มี|ยังไม่มี|нет(?!\w)|ничего|пока нет|bulunamadı|henüz)|(?:ありません|ございません|없습니다|нет|bulunamadı|bulunmuyor)[.。]?$/i;
const LONGEST_EMPTY = 120;

export interface Account {
  shop: string;
  region: string;
}

/** Names of what must be there and is not, each once; empty = the list was understood. */
export function lostIn(page: ThreadsPage, place: Place, account: Account, rows: FoundRows, read: readonly ThreadRow[]): string[] {
  const { elements } = rows;
  const empty = elements.length === 0 && findAll(place.document, page.root).some(saysEmpty);
  const lost = new Set<string>();
  for (const { field, min = 1, max = 0 } of page.health ?? []) {
    const found = count(field, page, place, account, rows.elements, read);
    if (found < min ? !(empty && field.startsWith("rows.")) : max > 0 && found > max) lost.add(field);
  }
  if ((elements.length === 0 && !empty) || rows.more || outside(page, elements)) lost.add("rows.row");
  const nameless = read.every((row) => !row.buyer) && page.rows.buyer.every(({ trust }) => trust === "low");
  // a list of questions that names nobody, of a description that only guesses where it would
  if (nameless ? read.some((row) => !row.preview) : read.some((row) => !row.buyer)) lost.add(nameless ? "rows.preview" : "rows.buyer");
  return [...lost];
}

function count(field: string, page: ThreadsPage, place: Place, account: Account, rows: readonly Element[], read: readonly ThreadRow[]): number {
  const [part, name = ""] = field.split(".") as [string, string | undefined];
  if (part === "root") return findAll(place.document, page.root).filter(shown).length;
  if (part === "account") return account[name as keyof Account] ? 1 : 0;
  if (name === "row") return rows.length;
  // what was read already need not be read again: in a long list that is half of the work
  if (name === "buyer" || name === "time" || name === "key" || name === "order") return read.filter((row) => row[name]).length;
  const entries = (page.rows[name as keyof ThreadsPage["rows"]] ?? []) as (Read | Select)[];
  const marks = name === "system" || name === "last_buyer" || name === "last_seller";
  return rows.filter((row) => (marks ? findIn(row, entries as Select[]) !== null : readField(row, entries as Read[], name === "preview") !== "")).length;
}

/** Of rows that lost their mark the buyer's name is still there, beside the rows that are found. */
function outside(page: ThreadsPage, rows: readonly Element[]): boolean {
  const around = rows[0]?.parentElement;
  if (!around) return false;
  return page.rows.buyer.some((read) => read.css && matches(around, read.css).some((element) => !rows.some((row) => row.contains(element)) && shown(element)));
}

/** Whether an element says itself that there is nothing in its list. */
export function saysEmpty(element: Element): boolean {
  return someText(element, (text) => text.length <= LONGEST_EMPTY && EMPTY.test(text));
}
