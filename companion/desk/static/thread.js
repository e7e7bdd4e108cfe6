// One conversation read again, opened at its end or at the message that was found.

import { call } from "./api.js";
import { bubble } from "./bubble.js";
import { h, icon } from "./dom.js";
import { find } from "./find.js";
import { face, listed, market } from "./lines.js";
import { marks } from "./marks.js";
import { say } from "./notice.js";
import { searched } from "./search.js";
import { language, sorry, t } from "./texts.js";

const PAGE = 60;

export async function thread(id, here, signal) {
  // a hit was opened: what was searched is marked
  let query = here ? searched() : "";
  const ask = (asked) => call("thread.messages", { thread_id: id, limit: PAGE, query, ...asked });
  const first = await ask({ around: here });
  const list = h("ol", { class: "talk" });
  const earlier = h("button", { type: "button", class: "quiet centre" }, t("dash_earlier"));
  const latest = h("button", { type: "button", class: "quiet", hidden: !here }, t("dash_latest"));
  let oldest = 0;
  const fill = (page) => {
    list.replaceChildren(...page.messages.map((message) => bubble(message, here)));
    oldest = page.messages[0]?.id ?? 0;
    earlier.hidden = !page.earlier;
  };
  fill(first);
  earlier.addEventListener("click", async () => {
    earlier.disabled = true;
    try {
      const page = await ask({ before: oldest });
      const height = document.documentElement.scrollHeight;
      list.prepend(...page.messages.map((message) => bubble(message, here)));
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
  const buyer = about.buyer || t("dash_buyer_unknown");
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#search", "aria-label": t("dash_back") }, icon("back")), face(buyer),
      h("div", { class: "grow" }, h("h1", { tabindex: "-1" }, buyer),
        h("p", { class: "soft" }, listed(await market(about.marketplace), about.region, about.shop && t("dash_shop", { shop: about.shop }), about.language && language(about.language)))),
      about.buyer && h("a", { class: "button quiet", href: `#story/${id}` }, t("dash_story")),
      find(id, go, signal)),
    marks(id, about.marks),
    h("div", { class: "talk-foot" }, earlier, latest),
    list,
  ];
}
