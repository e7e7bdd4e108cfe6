// Times and sizes the way a seller reads them.

import type { ArchivedMessage } from "../shared/protocol.gen";
import type { Frame } from "./frame";

type Words = Pick<Frame, "t" | "tag">;

/** Today the clock, else the day; the year only when it is another one. Seconds since 1970. */
export function when(at: number, { t, tag }: Words, now: Date = new Date()): string {
  const date = new Date(at * 1000);
  const days = dayNumber(now) - dayNumber(date);
  if (days === 0) return clock(at, tag);
  if (days === 1) return t("panel_yesterday");
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString(tag, { month: "short", day: "numeric", ...year });
}

export function clock(at: number, tag: string): string {
  return new Date(at * 1000).toLocaleTimeString(tag, { hour: "numeric", minute: "2-digit" });
}

/** Day and clock, the day left out when it is today. */
export function whenExactly(at: number, words: Words, now: Date = new Date()): string {
  const time = clock(at, words.tag);
  const date = when(at, words, now);
  return date === time ? time : `${date} ${time}`;
}

/** When a message was sent: our clock for a known instant; what the page wrote only where it does not say which one. */
export function sentTime({ sent_at, observed_at, time }: Pick<ArchivedMessage, "sent_at" | "observed_at" | "time">, words: Words): { text: string; title: string; vague: boolean } {
  if (sent_at !== null) return { text: clock(sent_at, words.tag), title: whenExactly(sent_at, words), vague: false };
  if (time) return { text: time, title: words.t("panel_time_written"), vague: true };
  return { text: clock(observed_at, words.tag), title: words.t("panel_time_seen"), vague: true };
}

/** The heading above a day's messages. */
export function day(at: number, { t, tag }: Words, now: Date = new Date()): string {
  const date = new Date(at * 1000);
  const days = dayNumber(now) - dayNumber(date);
  if (days === 0) return t("panel_today");
  if (days === 1) return t("panel_yesterday");
  return date.toLocaleDateString(tag, { year: "numeric", month: "long", day: "numeric" });
}

/** Local calendar days, so that a message of 23:59 is yesterday's at 00:01. */
function dayNumber(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** "rtl" for Arabic, Hebrew and the like, so that a passage reads the right way round. */
export function direction(language: string): "rtl" | "auto" {
  return /^(ar|he|fa|ur)\b/.test(language) ? "rtl" : "auto";
}
