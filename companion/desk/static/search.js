// Conversations: the list, the search, and one conversation read again.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { say } from "./notice.js";
import { exactly, language, sorry, t, when } from "./texts.js";

let titles = null;

/** A marketplace's own name. */
export async function market(name) {
  titles ??= call("marketplaces").then((all) => new Map(all.map((one) => [one.name, one.title]))).catch(() => new Map());
  return (await titles).get(name) ?? name;
}

/** Text of a stranger: its own direction. */
const words = (text, kind) => h("p", { class: kind, dir: "auto" }, text);

const listed = (...parts) => parts.filter(Boolean).join(" · ");

const initial = (buyer) => [...(buyer || "?")][0].toUpperCase();

function hue(text) {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + char.codePointAt(0)) % 360;
  return sum;
}

export function face(buyer) {
  const mark = h("span", { class: "face", "aria-hidden": "true" }, initial(buyer));
  mark.style.setProperty("--hue", hue(buyer));
  return mark;
}

export async function threadLine(thread) {
  const buyer = thread.buyer || t("dash_buyer_unknown");
  const last = thread.last_translation || thread.last_text || t("dash_no_text");
  return h("li", {}, h("a", { href: `#thread/${thread.id}` }, face(buyer),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong" }, buyer), h("time", { class: "soft", title: exactly(thread.last_at) }, when(thread.last_at))),
      h("p", { class: "cut", dir: "auto" }, thread.last_direction === "seller" && h("span", { class: "soft" }, `${t("dash_you")}：`), last),
      h("p", { class: "soft small" }, listed(await market(thread.marketplace), thread.language && language(thread.language), t("dash_messages", { count: thread.messages }))))));
}

const spans = (found) => found.map((span) => (span.hit ? h("mark", {}, span.text) : span.text));

async function hit(found) {
  const buyer = found.buyer || t("dash_buyer_unknown");
  const who = { buyer: t("dash_buyer"), seller: t("dash_you"), system: t("dash_system") }[found.direction];
  return h("li", {}, h("a", { href: `#thread/${found.thread_id}/${found.message_id}` }, face(buyer),
    h("div", { class: "grow" }, h("p", { class: "line" }, h("span", { class: "strong" }, buyer), h("time", { class: "soft", title: exactly(found.at) }, when(found.at))),
      h("p", { dir: "auto" }, spans(found.text)), found.translation.length > 0 && h("p", { class: "translated", dir: "auto" }, spans(found.translation)),
      h("p", { class: "soft small" }, listed(await market(found.marketplace), who, found.language && language(found.language))))));
}

/** A list that grows by pages. */
function growing(line, ask, counted) {
  const list = h("ul", { class: "threads" });
  const more = h("button", { type: "button", class: "wide", hidden: true }, t("dash_more"));
  let next = "";
  const load = async () => {
    more.disabled = true;
    const { rows, more: following } = await ask(next);
    list.append(...(await Promise.all(rows.map(line))));
    next = following;
    more.hidden = !next;
    more.disabled = false;
    counted?.(list.children.length, Boolean(next));
    return list.children.length;
  };
  more.addEventListener("click", () => load().catch((error) => say(sorry(error), true)));
  return { list, more, load };
}

const remembered = { query: "" };

export async function conversations(signal) {
  const field = h("input", { type: "search", id: "query", placeholder: t("dash_search_hint"), value: remembered.query, maxlength: 200, autocomplete: "off", enterkeyhint: "search" });
  const count = h("p", { class: "soft", role: "status" });
  const place = h("div", {});
  let turn = 0;
  let timer = 0;

  const fill = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    remembered.query = query;
    const told = (found, more) => {
      count.textContent = query ? t(more ? "dash_search_found_more" : "dash_search_found", { count: found }) : "";
    };
    const found = query
      ? growing(hit, async (before) => { const r = await call("search", { query, before, limit: 20 }); return { rows: r.hits, more: r.more }; }, told)
      : growing(threadLine, async (before) => { const r = await call("thread.list", { before, limit: 30 }); return { rows: r.threads, more: r.more }; }, told);
    let content;
    try {
      content = (await found.load()) ? [h("section", { class: "card flush" }, found.list), found.more] : [nothing(query)];
    } catch (error) {
      if (error.code !== "search_syntax") throw error;
      content = [h("section", { class: "card empty" }, h("p", {}, sorry(error)))];
    }
    if (mine === turn && !signal.aborted) place.replaceChildren(...content);
  };
  const again = () => fill().catch((error) => say(sorry(error), true));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(again, 220);
  });
  const form = h("form", { class: "find", role: "search", onsubmit: (event) => { event.preventDefault(); clearTimeout(timer); again(); } },
    h("label", { for: "query" }, t("dash_search_label")), h("div", { class: "field" }, icon("look"), field));
  await fill();
  return [h("h1", { tabindex: "-1" }, t("dash_search")), form, count, place];
}

function nothing(query) {
  return query
    ? h("section", { class: "card empty" }, h("p", {}, t("dash_search_none", { query })))
    : h("section", { class: "card empty" }, h("span", { class: "badge large" }, icon("search")), h("p", { class: "strong" }, t("dash_search_empty")), h("p", { class: "soft" }, t("dash_search_empty_how")));
}

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
        h("p", { class: "soft" }, listed(await market(about.marketplace), about.region, about.shop && t("dash_shop", { shop: about.shop }), about.language && language(about.language))))),
    earlier,
    list,
  ];
}
