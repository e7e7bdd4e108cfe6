// One archived message: its text and translation, and what became of it on the page since.

import { h, icon } from "./dom.js";
import { exactly, t, when } from "./texts.js";

/** A text in nodes, what was searched marked in it; the companion counts in code points. */
function marked(text, hits) {
  if (hits.length === 0) return [text];
  const points = [...text];
  const nodes = [];
  let at = 0;
  for (const { start, end } of hits) {
    nodes.push(points.slice(at, start).join(""), h("mark", {}, points.slice(start, end).join("")));
    at = end;
  }
  return [...nodes, points.slice(at).join("")];
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

/** What the page showed in place of the text; folded, unless a search led here by its words. */
function later({ later: texts, observed_at: first }, found) {
  const open = found && texts.some((each) => each.hits.length > 0);
  return h("details", { class: "became", open },
    h("summary", {}, texts.length === 1 ? t("talk_edited_once") : t("talk_edited", { count: texts.length })),
    h("p", { class: "soft small", title: exactly(first) }, t("talk_archived", { time: when(first) })),
    h("ol", {}, texts.map(({ text, cut, seen_at: at, hits }) =>
      h("li", {}, h("p", { class: "soft small", title: exactly(at) }, t("talk_shown", { time: when(at) })),
        h("p", { dir: "auto" }, marked(text, hits), cut && "…"), cut && h("p", { class: "soft small" }, t("talk_cut"))))));
}

const gone = ({ gone_at: from, back_at: until }) =>
  h("p", { class: "became small", title: exactly(from) }, until === null ? t("talk_gone", { time: when(from) }) : t("talk_back", { gone: when(from), back: when(until) }));

/** ``broken``: rules a message broke that was sent all the same. */
export function bubble(message, here, broken = []) {
  const who = { buyer: t("dash_buyer"), seller: t("dash_you"), system: t("dash_system") }[message.direction];
  return h("li", { class: `bubble ${message.direction}`, "data-message": message.id, "data-here": message.id === here },
    h("div", { class: "said" },
      // the text of a stranger has its own direction
      h("p", { class: message.text ? "" : "soft", dir: "auto" }, message.text ? marked(message.text, message.hits) : t("dash_no_text")),
      message.translation && message.translation !== message.text && h("p", { class: "translated", dir: "auto", title: engine(message) }, marked(message.translation, message.translation_hits)),
      message.images.length > 0 && h("p", { class: "soft small" }, icon("image"), t("dash_images", { count: message.images.length })),
      message.later.length > 0 && later(message, message.id === here), message.gone_at !== null && gone(message)),
    broken.length > 0 && h("p", { class: "warned small" }, t("bulk_sent_anyway", { rules: broken.join(", ") })),
    h("p", { class: "soft small" }, who, " · ", sent(message), message.ambiguous && ` · ${t("dash_ambiguous")}`));
}
