// One conversation read again, opened at its end or at the message that was found.

import { call } from "./api.js";
import { bubble } from "./bubble.js";
import { h, icon } from "./dom.js";
import { exporting } from "./export.js";
import { find } from "./find.js";
import { face, listed, listingAt, market } from "./lines.js";
import { marks } from "./marks.js";
import { say } from "./notice.js";
import { searched } from "./search.js";
import { language, sorry, t } from "./texts.js";

const PAGE = 60;

/** What the conversation is about, as far as the catalogue knows it. */
async function goods(id) {
  // a conversation is read without its listings rather than not at all
  const found = await call("catalogue.of_thread", { thread_id: id }).catch(() => []);
  if (found.length === 0) return null;
  const line = (one) => h("li", {}, h("a", { href: listingAt(one), dir: "auto" }, one.title || one.sku || one.item), " ", h("span", { class: "soft small" }, one.sku || one.item));
  return h("section", { class: "card goods" }, h("h2", {}, t("dash_catalogue_about")), h("ul", {}, found.map(line)));
}

/** Messages that left over a finding: the rules by the message's number. */
async function anyway(id) {
  // a conversation is read without it rather than not at all
  const found = await call("check.overruled", { thread_id: id }).catch(() => []);
  return new Map(found.map((one) => [one.message_id, one.rules]));
}

export async function thread(id, here, signal) {
  // a hit was opened: what was searched is marked
  let query = here ? searched() : "";
  const ask = (asked) => call("thread.messages", { thread_id: id, limit: PAGE, query, ...asked });
  const [first, sent] = await Promise.all([ask({ around: here }), anyway(id)]);
  const shown = (message) => bubble(message, here, sent.get(message.id));
  const list = h("ol", { class: "talk" });
  const earlier = h("button", { type: "button", class: "quiet centre" }, t("dash_earlier"));
  const latest = h("button", { type: "button", class: "quiet", hidden: !here }, t("dash_latest"));
  let oldest = 0;
  const fill = (page) => {
    list.replaceChildren(...page.messages.map(shown));
    oldest = page.messages[0]?.id ?? 0;
    earlier.hidden = !page.earlier;
  };
  fill(first);
  earlier.addEventListener("click", async () => {
    earlier.disabled = true;
    try {
      const page = await ask({ before: oldest });
      const height = document.documentElement.scrollHeight;
      list.prepend(...page.messages.map(shown));
      scrollBy(0, document.documentElement.scrollHeight - height);
      oldest = page.messages[0]?.id ?? oldest;
      earlier.hidden = !page.earlier;
    } catch (error) {
      say(sorry(error), true);
    }
    earlier.disabled = false;
  });
  const show = async (message, words) => {
    here = message;
    query = words;
    try {
      const page = await ask({ around: here });
      if (!signal.aborted && here === message && query === words) fill(page);
    } catch (error) {
      say(sorry(error), true);
    }
    latest.hidden = !here;
  };
  latest.addEventListener("click", async () => {
    await show(0, "");
    list.lastElementChild?.scrollIntoView({ block: "end" });
  });
  /** Leads to a message with what was searched marked; 0 takes the marks away. */
  const go = async (message, words) => {
    if (!message) {
      query = "";
      for (const mark of list.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
      return;
    }
    const there = words === query && list.querySelector(`[data-message="${message}"]`);
    if (there) {
      here = message;
      list.querySelector("[data-here]")?.removeAttribute("data-here");
      there.setAttribute("data-here", "");
    } else {
      await show(message, words);
    }
    list.querySelector("[data-here]")?.scrollIntoView({ block: "center" });
  };
  const about = first.thread;
  const files = exporting(t("dash_export_thread"), () => ({ thread_id: id }), signal);
  const buyer = about.buyer || t("dash_buyer_unknown");
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#search", "aria-label": t("dash_back") }, icon("back")), face(buyer),
      h("div", { class: "grow" }, h("h1", { tabindex: "-1" }, buyer),
        h("p", { class: "soft" }, listed(await market(about.marketplace), about.region, about.shop && t("dash_shop", { shop: about.shop }), about.language && language(about.language)))),
      about.buyer && h("a", { class: "button quiet", href: `#story/${id}` }, t("dash_story")),
      find(id, go, signal), files.button),
    files.panel,
    marks(id, about.marks, about.hold),
    await goods(id),
    h("div", { class: "talk-foot" }, earlier, latest),
    list,
  ].filter(Boolean);
}
