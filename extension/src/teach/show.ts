// The parts of the panel that show what was read.

import { h } from "../shared/dom";
import type { T } from "../shared/i18n";
import type { Row } from "../sites/rows";
import type { Doubt } from "./learn";
import type { ChatTry, ListingTry } from "./tryout";

/** Rows shown from each end. */
const ENDS = 3;
const LONGEST = 160;

type Shown = (HTMLElement | null)[];

export function showChat(t: T, tried: ChatTry): Shown {
  const { rows } = tried;
  const head = rows.length > 2 * ENDS ? rows.slice(0, ENDS) : rows;
  const tail = rows.length > 2 * ENDS ? rows.slice(-ENDS) : [];
  const hidden = rows.length - head.length - tail.length;
  return [
    h("p", { class: "count", part: "count" }, t("teach_count_chat", { all: rows.length, buyer: tried.buyer, seller: tried.seller })),
    h("ul", { part: "rows" }, ...head.map((row) => line(t, row)), hidden > 0 && h("li", { class: "soft" }, t("teach_try_more", { count: hidden })), ...tail.map((row) => line(t, row))),
    pairs([
      [t("teach_try_name"), tried.name],
      [t("teach_try_thread"), tried.thread],
      [t("teach_try_shop"), tried.shop],
      [t("teach_try_composer"), tried.composer ? t("teach_try_found") : ""],
    ]),
    lacking(t, tried.missing),
  ];
}

export function showListing(t: T, tried: ListingTry): Shown {
  return [
    pairs([
      [t("teach_try_listing_title"), tried.title || t("teach_empty")],
      [t("teach_try_listing_bullets"), tried.bullets.map((each) => clip(each)).join(" · ")],
      [t("teach_try_listing_description"), tried.description],
    ]),
    lacking(t, tried.missing),
  ];
}

export function showDoubts(t: T, doubts: readonly Doubt[]): Shown {
  return doubts.map((doubt) => h("p", { class: "warn", part: `doubt-${doubt}` }, t(`teach_doubt_${doubt}`, { host: location.host })));
}

function line(t: T, { direction, text, time }: Row): HTMLElement {
  return h("li", { "data-author": direction }, h("b", {}, `${t(`teach_try_${direction}`)}${time ? ` ${time}` : ""}: `), clip(text) || t("teach_empty"));
}

function pairs(all: [string, string][]): HTMLElement {
  return h("dl", { part: "read" }, ...all.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, clip(value))]));
}

function lacking(t: T, fields: readonly string[]): HTMLElement | null {
  if (!fields.length) return null;
  return h("p", { class: "warn", role: "alert", part: "missing" }, t("teach_missing", { fields: fields.map((field) => t(`teach_field_${field.replace(".", "_")}`)).join("、") }));
}

export function clip(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > LONGEST ? `${[...flat].slice(0, LONGEST).join("")}…` : flat;
}
