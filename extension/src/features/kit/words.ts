// Sentences about a translation: who made it, how sure, what to doubt.

import type { Translated } from "../../shared/protocol.gen";
import { languageName } from "../../shared/i18n";
import type { Host } from "./types";

const RTL = /^(ar|he|fa|ur|ps|yi|dv|ug)\b/i;

export function direction(language: string): "rtl" | "ltr" | "auto" {
  if (!language) return "auto";
  return RTL.test(language) ? "rtl" : "ltr";
}

/** One line: engine, where the text went, language of the original. */
export function engineLine(host: Host, item: Translated): string {
  const key = `bubble_engine_${item.engine}`;
  const known = host.t(key);
  const engine = known === key ? host.t("bubble_engine_other", { engine: item.engine }) : known;
  return item.source ? host.t("bubble_from", { engine, language: languageName(item.source, host.locale) }) : engine;
}

/** What the seller should know before trusting it; [] when nothing. */
export function notes(host: Host, item: Translated): string[] {
  const said: string[] = [];
  if (item.match === "near") said.push(host.t("bubble_near"));
  if (!item.sure && item.source) said.push(host.t("bubble_unsure", { language: languageName(item.source, host.locale) }));
  for (const doubt of item.doubt) said.push(host.t(doubt.startsWith("doubt_") ? doubt : `doubt_${doubt}`));
  return said;
}

/** "Spanish → Chinese" of a missing package. */
export function pairName(host: Host, source: string, target: string): string {
  return `${languageName(source, host.locale)} → ${languageName(target, host.locale)}`;
}
