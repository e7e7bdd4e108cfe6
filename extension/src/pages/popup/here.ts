// "This page": which page the tab shows, what was read of it, how far that may be relied on, and whether it has changed.

import { fill, h } from "../../shared/dom";
import { pageFits, patternsOf } from "../../shared/hosts";
import type { T } from "../../shared/i18n";
import { askOwn, type Sight } from "../../shared/own";
import type { Marketplace } from "../../shared/protocol.gen";
import type { Frame } from "../frame";
import { canTeach, changedLesson, teachButton, type Teachable } from "./teach";

export interface Here {
  marketplace: Marketplace | undefined;
  /** Address of the tab, "" where the browser does not tell it. */
  url: string;
  /** The seller switched the marketplace on. */
  on: boolean;
  /** What the content scripts in the tab found. */
  sights: Sight[];
}

export const NOWHERE: Here = { marketplace: undefined, url: "", on: false, sights: [] };

/** Order in which what was read is spoken of. */
const COUNTED = ["threads", "unread", "notices", "kpis", "orders", "reviews", "returns", "messages", "title", "bullets", "description"];

export function drawHere(node: HTMLElement, frame: Frame, here: Here, tab: Teachable, again: () => void, trouble: HTMLElement): void {
  const { t } = frame;
  const { marketplace, on, sights } = here;
  const lesson = on && changedLesson(sights) && canTeach(frame, tab);
  const title = marketplace?.title ?? "";
  const changed = sights.some(({ lost }) => lost.length > 0);
  fill(
    node,
    h(
      "div",
      {},
      h("p", { class: "soft small" }, t("popup_this_page")),
      h("p", {}, t(`popup_page_${stateOf(here, changed)}`, { title })),
      sights.length > 0 && h("ul", { class: "sights" }, ...sights.map((sight) => row(t, sight))),
      changed && h("p", { class: "soft small" }, t("popup_page_changed_help")),
    ),
    on && sights.some(({ kind }) => kind === "listing") && translateButton(frame, tab),
    lesson && teachButton(frame, tab, "teach_popup_again", "main", trouble),
    lesson && h("p", { class: "soft small" }, t("teach_popup_again_help")),
    marketplace && !on && h("button", { class: "main", onclick: () => void chrome.permissions.request({ origins: patternsOf(marketplace) }).then(again) }, t("popup_page_switch_on")),
  );
}

/** The page opens what translates it, which takes the keyboard over. */
function translateButton({ t }: Frame, { tab }: Teachable): HTMLElement {
  const open = (): void => void askOwn("own.listing", { tab }).finally(() => window.close());
  return h("button", { id: "translate-listing", class: "main", onclick: open }, t("popup_listing"));
}

function stateOf({ marketplace, url, on, sights }: Here, changed: boolean): string {
  if (!marketplace) return "unknown";
  if (!on) return "off";
  if (changed) return "changed";
  if (sights.length) return "on";
  return pageFits(url, marketplace) ? "waiting" : "other";
}

function row(t: T, { kind, state, trust, lost, counts }: Sight): HTMLElement {
  // what is read of a page that has changed is no number to show anybody
  const read = lost.length ? "" : readOf(t, counts);
  return h(
    "li",
    { "data-kind": kind, "data-health": lost.length ? "changed" : "ok" },
    h(
      "span",
      {},
      h("strong", {}, t(`popup_kind_${kind}`)),
      state !== "done" && h("span", { class: "tag" }, t(`quality_state_${state}`)),
      lost.length > 0 && h("span", { class: "tag warn" }, t("popup_kind_changed")),
    ),
    read && h("span", { class: "soft small" }, read),
    state !== "done" && !lost.length && h("span", { class: "soft small" }, t(`popup_read_hint_${state}`, { trust: t(`popup_trust_${trust}`) })),
  );
}

/** What was read, in words: "12 notices", "title 78 characters, 5 bullet points". */
export function readOf(t: T, counts: Record<string, number>): string {
  return COUNTED.filter((name) => counts[name])
    .map((name) => t(`popup_read_${name}${counts[name] === 1 ? "_one" : ""}`, { count: counts[name] as number }))
    .join(t("popup_read_and"));
}
