// The content script: one instance a frame, alive while a described page is there and the extension is.

import { dropParts } from "../shared/parts";
import { alive, ask } from "../shared/talk";
import * as archiveThread from "../features/archive-thread";
import * as composerBar from "../features/composer-bar";
import * as insert from "../features/insert";
import * as sendGuard from "../features/send-guard";
import * as translateThread from "../features/translate-thread";
import type { Host, Init, Page } from "../features/kit/types";
import { pause } from "../features/kit/work";
import type { Marketplace } from "../shared/protocol.gen";
import { candidates, others } from "../sites/page";
import { OURS } from "../sites/text";
import { onAddress } from "./address";
import { findPage, isTop } from "./finder";
import { ContentHost } from "./host";
import { PageView } from "./view";

const FEATURES: Record<string, Init> = {
  insert: insert.init,
  "translate-thread": translateThread.init,
  "archive-thread": archiveThread.init,
  "composer-bar": composerBar.init,
};
/** An older instance that an update of the extension has orphaned hears this and goes. A page can say it, too. */
const TAKEOVER = "seabridge:takeover";
const HELLO_AGAIN_MS = [300, 1_000, 3_000, 10_000, 30_000];
const ALIVE_MS = 5_000;

const life = new AbortController();
// a second injection of the same extension shares this world, which no page reaches
const world = globalThis as { seabridgeLife?: AbortController };
world.seabridgeLife?.abort();
world.seabridgeLife = life;
dropParts();
document.dispatchEvent(new CustomEvent(TAKEOVER));
document.addEventListener(TAKEOVER, () => alive() || life.abort(), { signal: life.signal });
for (const left of document.querySelectorAll(`[${OURS}]`)) left.remove();
// the guard has to stand in front of the page's own listeners, so it comes before everything that waits
const guard = sendGuard.listen(window, life.signal);
void start();

async function start(): Promise<void> {
  const hello = await greet();
  if (!hello || life.signal.aborted) return;
  const host = new ContentHost(hello, life.signal);
  let { marketplaces } = hello;
  let kind = "";
  let visit = new AbortController();
  let view: PageView | null = null;
  let asked = false;
  /** Every other page is read by a part that follows the address by itself once it is there. */
  const callPart = (): void => {
    if (asked || life.signal.aborted || at(others, marketplaces).length === 0) return;
    asked = true;
    host.part("pages").then(
      (read) => read(host, window, () => marketplaces, life.signal),
      () => (asked = false),
    );
  };
  const enter = (): void => {
    callPart();
    visit.abort();
    visit = new AbortController();
    view = null;
    kind = kindOf(marketplaces);
    const signal = AbortSignal.any([life.signal, visit.signal]);
    findPage(
      window,
      at(candidates, marketplaces),
      (candidate) => {
        view = new PageView(candidate, document, host, signal);
        run(host, view, signal, enter);
      },
      signal,
    );
  };
  host.onPush((push) => {
    // a page that is taken down and set up anew closes what the seller has open: not for descriptions that say the same
    if (push.type !== "pages" || JSON.stringify(push.marketplaces) === JSON.stringify(marketplaces)) return;
    marketplaces = push.marketplaces;
    enter();
  }, life.signal);
  onAddress(
    window,
    () => {
      callPart();
      // another conversation is the same page; features see its identity change by themselves
      if (kindOf(marketplaces) !== kind) enter();
      else view?.refresh();
    },
    life.signal,
  );
  const timer = setInterval(() => {
    if (!alive()) life.abort();
    callPart();
  }, ALIVE_MS);
  life.signal.addEventListener("abort", () => {
    clearInterval(timer);
    visit.abort();
  });
  enter();
}

/** Start the features on a page; one that fails does not take the others with it. */
function run(host: Host, page: PageView, signal: AbortSignal, leave: () => void): void {
  for (const [id, init] of Object.entries(FEATURES)) {
    try {
      init(host, page, signal);
    } catch (error) {
      console.error(`Seabridge: ${id}`, error);
    }
  }
  guard.arm(host, page as Page, signal);
  page.onTick(() => {
    if (page.isGone()) leave();
  }, signal);
}

/** The background may be waking up; without an answer the page stays as it is. */
async function greet(): Promise<Awaited<ReturnType<typeof hello>> | null> {
  for (const wait of [...HELLO_AGAIN_MS, 0]) {
    if (life.signal.aborted || !alive()) return null;
    try {
      return await hello();
    } catch {
      if (!wait) return null;
      await pause(wait, life.signal);
    }
  }
  return null;
}

function hello() {
  return ask({ type: "page.hello", url: location.href });
}

/** Which described conversations this address can be. */
function kindOf(marketplaces: readonly Marketplace[]): string {
  return at(candidates, marketplaces)
    .map(({ marketplace, page }) => `${marketplace.name}/${page.id}`)
    .join();
}

/** What `find` finds for the address of this frame as it is now. */
function at<T>(find: (marketplaces: readonly Marketplace[], url: URL, top: boolean) => T, marketplaces: readonly Marketplace[]): T {
  return find(marketplaces, new URL(location.href), isTop(window));
}
