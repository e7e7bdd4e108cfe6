// The rules for listings and messages: which count, what moves them, and what changed last.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { say } from "./notice.js";
import { changeList } from "./rules_changes.js";
import { otherFeed, updating } from "./rules_update.js";
import { exactly, locale, number, sorry, t, when } from "./texts.js";

export async function rules(signal) {
  const state = h("div", { class: "outcome" });
  const kept = h("ul", { class: "rows" });
  const changes = h("section", { class: "card" });
  const runs = updating(signal, () => fill().catch((error) => say(sorry(error), true)));
  const now = h("button", { type: "button", onclick: () => runs.begin("rules.update", {}) }, t("dash_rules_update"));
  const other = otherFeed(runs, (use) => choose(use));

  async function fill() {
    const found = await call("rules.status");
    if (signal.aborted) return;
    now.disabled = found.feed.address === "";
    state.replaceChildren(...standing(found, !runs.failed()));
    kept.replaceChildren(...versions(found.feed).map((version) => keptLine(found.feed, version)));
    other.draw(found.feed);
    void compare();
  }

  /** It looks through all listings, so the page does not wait for it. */
  async function compare() {
    if (changes.childElementCount === 0) changes.replaceChildren(h("h2", {}, t("dash_rules_changes")), h("p", { class: "soft", role: "status" }, t("dash_loading")));
    try {
      const list = await call("rules.changes", { locale: locale() });
      if (!signal.aborted) changes.replaceChildren(...changeList(list));
    } catch (error) {
      if (!signal.aborted) changes.replaceChildren(h("h2", {}, t("dash_rules_changes")), h("p", { class: "warned" }, sorry(error)));
    }
  }

  async function choose(use) {
    try {
      await call("rules.feed.set", { use });
      await fill();
    } catch (error) {
      say(sorry(error), true);
    }
  }

  async function back(version) {
    try {
      await call("rules.rollback", { version, locale: locale() });
      say(t(version ? "dash_rules_now" : "dash_rules_now_shipped", { version }));
      await fill();
    } catch (error) {
      say(sorry(error), true);
    }
  }

  function keptLine(feed, version) {
    const title = version ? t("dash_rules_version", { version }) : t("dash_rules_shipped_alone");
    const current = version === feed.version;
    return h("li", { class: "wrap" }, h("div", { class: "grow" }, h("p", { class: current ? "strong" : "" }, title)),
      current ? h("span", { class: "soft small" }, t("dash_rules_in_force")) : twice(t("dash_rules_use"), t("dash_rules_use_sure"), () => back(version)));
  }

  await fill();
  return [
    h("h1", { tabindex: "-1" }, t("dash_rules")), h("p", { class: "lead" }, t("dash_rules_lead")),
    h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, t("dash_rules_state")), now), state, runs.place,
      h("h3", { class: "soft small" }, t("dash_rules_kept")), kept),
    changes, other.card,
  ];
}

/** Those that lie here, newest first, and the shipped rules. */
const versions = (feed) => [...feed.kept, 0];

/** What counts, since when and until when, and what is wrong with it; with `trouble`, how the last look went wrong. */
function standing({ pack, rules, own, from_feed, feed }, trouble) {
  const date = (day) => new Intl.DateTimeFormat(locale() === "zh_CN" ? "zh-CN" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
  const warned = [
    feed.damaged && t("dash_rules_damaged"),
    feed.expired && t("dash_rules_expired", { expires: date(feed.expires) }),
    feed.rolled_back > 0 && t("dash_rules_rolled_back", { version: feed.rolled_back }),
    trouble && feed.trouble && sorry(feed.trouble),
  ];
  const said = [
    h("p", { class: "strong", dir: "auto" }, feed.version ? t("dash_rules_title", { title: feed.title, version: feed.version }) : t("dash_rules_shipped_count")),
    feed.version > 0 && h("p", { class: "soft", title: exactly(feed.since) }, t("dash_rules_dates", { made: date(feed.made), expires: date(feed.expires) })),
    h("p", {}, t("dash_rules_counts", { count: number(rules), own: number(own), feed: number(from_feed) })),
    h("p", { class: "soft small" }, t("dash_rules_pack", { pack })),
    h("p", { class: "soft" }, t(source(feed)), feed.address && " ", feed.address && h("span", { class: "origin" }, feed.address)),
    feed.checked_at > 0 && h("p", { class: "soft small", title: exactly(feed.checked_at) }, t("dash_rules_checked", { time: when(feed.checked_at) })),
  ];
  return [...said, ...warned.filter(Boolean).map((words) => h("p", { class: "warned" }, words))].filter(Boolean);
}

function source(feed) {
  if (feed.use === "project" && !feed.published) return "dash_rules_unpublished";
  if (feed.use === "own" && feed.address === "") return "dash_rules_from_file";
  return `dash_rules_from_${feed.use}`;
}
