// One archived message: its text and translation, and what became of it on the page since.

import { h } from "../../shared/dom";
import type { ArchivedMessage, LaterText } from "../../shared/protocol.gen";
import { direction, sentTime, whenExactly } from "../format";
import type { Frame } from "../frame";
import { pieces, spans } from "./spans";

export function bubble(message: ArchivedMessage, found: boolean, frame: Frame): HTMLElement {
  const { t } = frame;
  const { text, title, vague } = sentTime(message, frame);
  const shown = message.translation !== "" && message.match !== "none" && message.match !== "same";
  const key = `panel_engine_${message.engine}`;
  const engine = t(key) === key ? message.engine : t(key);
  const images = message.images.length;
  const words = message.text ? spans(pieces(message.text, message.hits)) : [images ? "" : t("panel_no_text")];
  return h(
    "li",
    { class: `bubble ${message.direction}${found ? " found" : ""}`, "data-message": message.id },
    h("div", { dir: direction(message.language), lang: message.language || undefined }, ...words),
    shown && h("div", { class: "translation", dir: "auto", lang: frame.own.settings.seller_language }, ...spans(pieces(message.translation, message.translation_hits))),
    images > 0 && h("div", { class: "soft small" }, images === 1 ? t("panel_image") : t("panel_images", { count: images })),
    message.later.length > 0 && later(message, found, frame),
    message.gone_at !== null && gone(message.gone_at, message.back_at, frame),
    h(
      "div",
      { class: "meta" },
      h("time", { class: vague ? "vague" : undefined, title }, text),
      shown && engine !== "" && h("span", {}, t("panel_engine", { engine }) + (message.match === "near" || message.match === "memory_near" ? ` · ${t("panel_near")}` : "")),
      message.ambiguous && h("span", { title: t("panel_ambiguous_hint") }, t("panel_ambiguous")),
    ),
  );
}

/** Folded, unless a search led here by words that the page showed later. */
function later({ later: texts, observed_at, language }: ArchivedMessage, found: boolean, frame: Frame): HTMLElement {
  const { t } = frame;
  const line = ({ text, cut, seen_at, hits }: LaterText): HTMLElement =>
    h(
      "li",
      {},
      h("div", { class: "soft small" }, t("talk_shown", { time: whenExactly(seen_at, frame) })),
      h("div", { dir: direction(language) }, ...spans(pieces(text, hits)), cut && "…"),
      cut && h("div", { class: "soft small" }, t("talk_cut")),
    );
  return h(
    "details",
    { class: "became", open: found && texts.some((each) => each.hits.length > 0) },
    h("summary", {}, texts.length === 1 ? t("talk_edited_once") : t("talk_edited", { count: texts.length })),
    h("p", { class: "soft small" }, t("talk_archived", { time: whenExactly(observed_at, frame) })),
    h("ol", {}, ...texts.map(line)),
  );
}

function gone(from: number, until: number | null, frame: Frame): HTMLElement {
  const since = whenExactly(from, frame);
  const said = until === null ? frame.t("talk_gone", { time: since }) : frame.t("talk_back", { gone: since, back: whenExactly(until, frame) });
  return h("p", { class: "became" }, said);
}
