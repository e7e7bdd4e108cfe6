// The inbox in a page: read when it changes and now and then anyway, and told to the background.

import type { Host } from "../../features/kit/types";
import { coalesced } from "../../features/kit/work";
import type { Glance } from "../../shared/inbox";
import { parts } from "../../shared/parts";
import type { InboxSeenParams, ThreadsPage } from "../../shared/protocol.gen";
import type { LivePage, Open } from "../types";
import { readInbox, type Look } from "./look";

/** Pages draw a list in several steps; it is read when they have been quiet for so long, or after the second number. */
const QUIET_MS = 300;
const LONGEST_MS = 2_000;
/** A look even when no change was reported: marks outside the list may have changed, such as the chosen folder. */
const ANYWAY_MS = 5_000;
/** The same list is told again after this, so that it is known when it was last looked at. */
const AGAIN_MS = 5 * 60_000;
/** So long a page may be incomplete before it counts as one that has changed, or as one that does not name its shop. */
const PATIENCE_MS = 3_000;
const SHOP_MS = 10_000;
/** Bounds of the wire: rows, and characters of all of them together, well below a frame. */
const MOST_ROWS = 200;
const MOST_CHARS = 60_000;
const WATCHED = ["class", "title", "style", "hidden", "aria-selected", "data-conversation-id"];

export const openInbox: Open = (host, page, signal) => {
  const spec = page.spec as ThreadsPage;
  const began = performance.now();
  let told = { mark: "", at: 0 };
  let brokenSince = 0;
  let list: Element | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let firstChange = 0;
  const observer = new MutationObserver(() => {
    firstChange ||= performance.now();
    clearTimeout(quiet);
    quiet = setTimeout(soon, Math.max(0, Math.min(QUIET_MS, firstChange + LONGEST_MS - performance.now())));
  });
  const soon = coalesced(() => void look(), signal);

  function look(): Look {
    firstChange = 0;
    const read = readInbox(spec, page.place());
    attach(read.elements);
    report(page, read);
    if (read.lost.length === 0 && mayTell(read)) tell(host, page, read);
    return read;
  }

  /** Recycled rows change within the list; of what stands around it only whether the list still hangs there. */
  function attach(rows: readonly Element[]): void {
    const now = around(rows);
    if (now && now === list && list.isConnected) return;
    list = now;
    observer.disconnect();
    if (list) observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: WATCHED });
  }

  function report(page: LivePage, read: Look): void {
    const counts = { threads: read.rows.length, unread: read.rows.filter((row) => row.unread > 0).length };
    if (read.lost.length === 0) brokenSince = 0;
    else if (!brokenSince) brokenSince = performance.now();
    if (brokenSince && performance.now() - brokenSince < PATIENCE_MS) return;
    page.tell({ lost: read.lost, counts });
  }

  /** A shop that is not drawn yet must not make a second, nameless inbox. */
  function mayTell({ account }: Look): boolean {
    return account.shop !== "" || !spec.account?.shop?.length || performance.now() - began > SHOP_MS;
  }

  function tell(host: Host, page: LivePage, read: Look): void {
    const params = seenParams(page, read);
    const mark = JSON.stringify([params.inbox, params.rows]);
    if (mark === told.mark && Date.now() - told.at < AGAIN_MS) return;
    told = { mark, at: Date.now() };
    // what the background did not take is told at the next look
    host.ask({ type: "inbox", params }).then((taken) => taken || (told.mark = ""), () => (told.mark = ""));
  }

  const glance = (): Glance["inbox"] => {
    const { account, lost } = look();
    return { ref: { marketplace: page.marketplace.name, ...account }, lost };
  };
  parts().inbox = glance;
  // nobody needs it sooner of a tab in the back: changes are heard of, and the tab of a watched inbox is asked
  const timer = setInterval(() => page.document.hidden || look(), ANYWAY_MS);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    clearTimeout(quiet);
    observer.disconnect();
    if (parts().inbox === glance) delete parts().inbox;
  });
  look();
};

/** The nearest element around all rows. */
function around(rows: readonly Element[]): Element | null {
  let holder = rows[0]?.parentElement ?? null;
  const last = rows.at(-1);
  while (holder && last && !holder.contains(last)) holder = holder.parentElement;
  return holder;
}

function seenParams(page: LivePage, { account, rows }: Look): InboxSeenParams {
  let chars = 0;
  const bounded = rows.slice(0, MOST_ROWS).filter((row) => (chars += row.preview.length + row.buyer.length + row.key.length + row.order.length + 120) <= MOST_CHARS);
  const lang = page.document.documentElement.lang;
  return {
    inbox: { marketplace: page.marketplace.name, ...account },
    rows: bounded,
    observed_at: Date.now() / 1000,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    page_language: /^[A-Za-z0-9-]{1,16}$/.test(lang) ? lang : "",
  };
}
