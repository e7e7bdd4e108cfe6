// Watches the list of messages and nothing else, and reads only rows that changed.

import type { ChatPage } from "../shared/protocol.gen";
import { inherit, readOne, rowElements, scroller, type Reading, type Row } from "../sites/rows";
import { OURS } from "../sites/text";
import { coalesced, inPieces } from "../features/kit/work";

/** Cross-check against changes nobody reported, and search for a list that was replaced as a whole. */
const RESCAN_MS = 2_000;

export interface Watch {
  /** Rows read anew. */
  rows(rows: Row[]): void;
  /** Rows whose nodes just changed. */
  dirty(rows: ReadonlySet<Element>): void;
  /** Something around the rows changed. */
  tick(): void;
}

/** Watch until the signal aborts. Returns a function that asks for a new reading. */
export function observeRows(document: Document, page: ChatPage, watch: Watch, signal: AbortSignal): () => void {
  const known = new WeakMap<Element, Reading>();
  let list: Element | null = null;
  let round = 0;
  const ask = coalesced(() => void scan(), signal, true);
  const observer = new MutationObserver((records) => {
    const dirty = new Set<Element>();
    let ours = true;
    for (const record of records) {
      if (isOwn(record)) continue;
      ours = false;
      // looks do not change what a row says; where rows are placed by style, their order may have changed
      const row = record.attributeName === "style" ? null : rowOf(record.target);
      if (row) dirty.add(row);
    }
    if (ours) return;
    for (const row of dirty) known.delete(row);
    if (dirty.size) watch.dirty(dirty);
    ask();
  });

  function rowOf(node: Node): Element | null {
    for (let at: Node | null = node; at && at !== list; at = at.parentNode) if (known.has(at as Element)) return at as Element;
    return null;
  }

  /** The list with all inside it; of everything around it only whether the list still hangs there. */
  function attach(rows: readonly Element[]): void {
    const now = scroller(document, page, rows);
    if (now === list && list?.isConnected) return;
    list = now;
    observer.disconnect();
    if (!list) {
      observer.observe(document, { childList: true, subtree: true });
      return;
    }
    observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: page.messages.sequence === "offset" ? [...ATTRIBUTES, "style"] : ATTRIBUTES });
    for (let around = list.parentElement; around; around = around.parentElement) observer.observe(around, { childList: true });
  }

  async function scan(): Promise<void> {
    round += 1;
    const mine = round;
    const elements = rowElements(document, page);
    attach(elements);
    const rows: Row[] = [];
    const whole = await inPieces(
      elements,
      (element) => {
        let reading = known.get(element);
        if (!reading) known.set(element, (reading = readOne(element, page)));
        rows.push({ ...reading, element });
      },
      signal,
      () => mine === round,
    );
    // a newer reading has begun: it has all of this and more
    if (!whole) return;
    watch.rows(inherit(rows, page));
    watch.tick();
  }

  const recheck = (): void => {
    // a page that swaps texts without any report would keep stale readings for ever
    for (const element of rowElements(document, page)) known.delete(element);
    ask();
  };
  const timer = setInterval(recheck, RESCAN_MS);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    observer.disconnect();
  });
  ask();
  return ask;
}

const ATTRIBUTES = ["class", "src", "title", "id"];

/** Our own nodes coming in, or changing. One of ours being taken out is the page's doing or harmless. */
function isOwn(record: MutationRecord): boolean {
  if (record.target.nodeType === 1 && (record.target as Element).hasAttribute(OURS)) return true;
  if (record.type !== "childList") return false;
  if (record.removedNodes.length > 0) return false;
  for (const node of record.addedNodes) if (node.nodeType !== 1 || !(node as Element).hasAttribute(OURS)) return false;
  return true;
}
