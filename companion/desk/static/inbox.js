// Who waits for an answer, and whether somebody looks at the inboxes.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { face, market } from "./lines.js";
import { exactly, t, when } from "./texts.js";

const MOST = 20;
/** What the list has shown so lately needs no word, in s. */
const FRESH_S = 30 * 60;
/** A stretch without a look is told for so long, in s. */
const GAP_TOLD_S = 24 * 3600;

const shop = async (each) => [await market(each.marketplace), each.region].filter(Boolean).join(" ");

/** A buyer who wrote last; `how` names the text that says since when. */
async function lastWords(each, how) {
  const time = h("time", { class: "soft", title: exactly(each.since) }, t(how, { time: when(each.since) }));
  const words = [face(each.buyer), h("div", { class: "grow" },
    h("p", { class: "line" }, h("span", { class: "strong" }, each.buyer || t("inbox_nameless")), time),
    h("p", { class: "cut", dir: "auto" }, each.preview || t("dash_no_text")),
    h("p", { class: "soft small" }, [await shop(each), each.unread > 0 && t("inbox_unread", { count: each.unread }), Date.now() / 1000 - each.seen_at > FRESH_S && t("inbox_seen", { time: when(each.seen_at) })].filter(Boolean).join(" · ")))];
  if (each.counted) words[1].append(h("p", { class: "small" }, t("inbox_closed_counted")));
  return h("li", {}, each.thread_id ? h("a", { href: `#thread/${each.thread_id}` }, words) : h("div", { class: "entry" }, words));
}

async function coverage(each) {
  const name = await shop(each.inbox);
  const looked = each.looked_at > 0 && t("inbox_last_look", { time: when(each.looked_at) });
  const state = !each.watched ? "off" : each.reason ? "warn" : "ok";
  const first = !each.watched ? t("inbox_unwatched", { shop: name }) : each.reason ? t("inbox_not_watching", { shop: name }) : t("inbox_watching", { shop: name, time: when(each.since) });
  const gap = each.gap_from !== null && each.gap_until !== null && Date.now() / 1000 - each.gap_until < GAP_TOLD_S &&
    t("inbox_gap", { from: when(each.gap_from), until: when(each.gap_until), reason: t(`inbox_reason_${each.gap_reason}`) });
  return h("li", { class: `check ${state}` }, h("span", { class: "mark", role: "img", "aria-label": t(`dash_state_${state}`) }, icon(state)),
    h("div", {}, h("p", {}, first), state === "warn" && h("p", {}, t(`inbox_reason_${each.reason}`)), looked && h("p", { class: "soft small" }, looked), gap && h("p", { class: "soft small" }, gap),
      state === "warn" && h("p", { class: "mend" }, t(`inbox_mend_${each.reason}`))));
}

/** The card of the overview. */
export async function inbox() {
  const { unanswered, total, closed, inboxes } = await call("inbox.list", { limit: MOST });
  const watched = inboxes.some((each) => each.watched);
  return h("section", { class: "card" },
    h("div", { class: "head" }, h("h2", {}, t("inbox_title")), total > 0 && h("span", { class: "count" }, String(total))),
    unanswered.length > 0 && h("ul", { class: "threads" }, await Promise.all(unanswered.map((each) => lastWords(each, `inbox_since_${each.since_is}`)))),
    total > unanswered.length && h("p", { class: "soft small" }, t("inbox_more", { count: total - unanswered.length })),
    total === 0 && h("p", {}, t(watched ? "inbox_none" : "inbox_none_unwatched")),
    closed.length > 0 && h("details", {}, h("summary", {}, `${t("inbox_closed")} (${closed.length})`), h("ul", { class: "threads" }, await Promise.all(closed.map((each) => lastWords(each, "inbox_closed_since"))))),
    !watched && h("p", { class: "soft" }, t("inbox_how")),
    inboxes.length > 0 && h("ul", { class: "checks" }, await Promise.all(inboxes.map(coverage))));
}
