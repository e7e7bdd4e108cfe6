// One conversation read again, opened at its end or at the message that was found.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { face, listed, listingAt, market } from "./lines.js";
import { marks } from "./marks.js";
import { say } from "./notice.js";
import { exactly, language, sorry, t, when } from "./texts.js";

/** Text of a stranger: its own direction. */
const words = (text, kind) => h("p", { class: kind, dir: "auto" }, text);

function engine(message) {
  const key = `dash_engine_${message.engine}`;
  const name = t(key);
  if (message.engine === "seller") return name;
  return t("dash_engine", { engine: name === key ? message.engine : name });
}

/** A known time as everywhere; else what the page wrote, else when it was first seen, and which of them it is. */
function sent({ sent_at: at, time, observed_at: seen }) {
  if (at !== null) return h("time", { title: exactly(at) }, when(at));
  if (time) return h("time", { class: "vague", title: t("dash_time_written") }, time);
  return h("time", { class: "vague", title: t("dash_time_seen") }, when(seen));
}

function bubble(message, here) {
  const who = { buyer: t("dash_buyer"), seller: t("dash_you"), system: t("dash_system") }[message.direction];
  return h("li", { class: `bubble ${message.direction}`, "data-here": message.id === here },
    h("div", { class: "said" }, words(message.text || t("dash_no_text"), message.text ? "" : "soft"),
      message.translation && message.translation !== message.text && h("p", { class: "translated", dir: "auto", title: engine(message) }, message.translation),
      message.images.length > 0 && h("p", { class: "soft small" }, icon("image"), t("dash_images", { count: message.images.length }))),
    h("p", { class: "soft small" }, who, " · ", sent(message), message.ambiguous && ` · ${t("dash_ambiguous")}`));
}

/** What the conversation is about, as far as the catalogue knows it. */
async function goods(id) {
  // a conversation is read without its listings rather than not at all
  const found = await call("catalogue.of_thread", { thread_id: id }).catch(() => []);
  if (found.length === 0) return null;
  const line = (one) => h("li", {}, h("a", { href: listingAt(one), dir: "auto" }, one.title || one.sku || one.item), " ", h("span", { class: "soft small" }, one.sku || one.item));
  return h("section", { class: "card goods" }, h("h2", {}, t("dash_catalogue_about")), h("ul", {}, found.map(line)));
}

export async function thread(id, here) {
  const first = await call("thread.messages", { thread_id: id, around: here, limit: 60 });
  const list = h("ol", { class: "talk" }, first.messages.map((message) => bubble(message, here)));
  const earlier = h("button", { type: "button", class: "quiet centre", hidden: !first.earlier }, t("dash_earlier"));
  let oldest = first.messages[0]?.id ?? 0;
  earlier.addEventListener("click", async () => {
    earlier.disabled = true;
    try {
      const page = await call("thread.messages", { thread_id: id, before: oldest, limit: 60 });
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
  const about = first.thread;
  const buyer = about.buyer || t("dash_buyer_unknown");
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#search", "aria-label": t("dash_back") }, icon("back")), face(buyer),
      h("div", { class: "grow" }, h("h1", { tabindex: "-1" }, buyer),
        h("p", { class: "soft" }, listed(await market(about.marketplace), about.region, about.shop && t("dash_shop", { shop: about.shop }), about.language && language(about.language)))),
      about.buyer && h("a", { class: "button quiet", href: `#story/${id}` }, t("dash_story"))),
    marks(id, about.marks),
    await goods(id),
    earlier,
    list,
  ].filter(Boolean);
}
