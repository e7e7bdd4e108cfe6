// Sentences about a translation: who made it, how sure, what to doubt.

import type { Remembered, Translated } from "../../shared/protocol.gen";
import { languageName } from "../../shared/i18n";
import type { Host } from "./types";

const RTL = /^(ar|he|fa|ur|ps|yi|dv|ug)\b/i;

export function direction(language: string): "rtl" | "ltr" | "auto" {
  if (!language) return "auto";
  return RTL.test(language) ? "rtl" : "ltr";
}

/** An engine of ours by its own text, one of the seller's by the name it was set up under. */
export function engineName(host: Host, name: string): string {
  const key = `bubble_engine_${name}`;
  const known = host.t(key);
  return known === key ? name : known;
}

/** One line: language of the original, engine, where the text went. */
export function engineLine(host: Host, { engine, source, destination }: Translated): string {
  const where = destination ? host.t("bubble_goes", { host: destination.replaceAll(" ", ", ") }) : host.t("bubble_stays");
  const line = `${engineName(host, engine)} · ${where}`;
  return source ? host.t("bubble_from", { engine: line, language: languageName(source, host.locale) }) : line;
}

/** What to doubt: a few words beside the translation, and the whole sentence with what to do. */
export interface Note {
  short: string;
  full: string;
}

/** What the seller should know before trusting it; [] when nothing. */
export function notes(host: Host, item: Translated): Note[] {
  const said: Note[] = [];
  const doubts = new Set(item.doubt.map((doubt) => doubt.replace(/^doubt_/, "")));
  const say = (code: string, short: string): void => {
    doubts.delete(code);
    said.push({ short, full: host.t(`doubt_${code}`) });
  };
  if (item.match === "near") say("near_match", host.t("bubble_near"));
  if (item.match === "memory_near" && item.memory) say("near_memory", host.t("bubble_near_memory", { percent: percent(item.memory) }));
  if (!item.sure && item.source) say("unsure_language", host.t("bubble_unsure", { language: languageName(item.source, host.locale) }));
  for (const code of doubts) {
    const full = host.t(`doubt_${code}`);
    // the first sentence says what, the next one what to do
    said.push({ short: full.split(/(?<=。)|\.(?: |$)/)[0]?.replace(/。$/, "") || full, full });
  }
  if (said[0]) said[0].short = `${host.t("bubble_doubtful")} · ${said[0].short}`;
  return said;
}

/** The stored pair, where it is not just what is shown: "You sent before (87 %): … → …". */
export function pairLine(host: Host, { memory, text }: Translated): string {
  return memory && memory.told !== text ? host.t("bubble_pair", { percent: percent(memory), said: memory.said, told: memory.told }) : "";
}

/** Never 100 for what is only nearly the same. */
function percent({ similarity }: Remembered): number {
  return Math.floor(similarity * 100);
}

/** "Spanish → Chinese" of a missing package. */
export function pairName(host: Host, source: string, target: string): string {
  return `${languageName(source, host.locale)} → ${languageName(target, host.locale)}`;
}
