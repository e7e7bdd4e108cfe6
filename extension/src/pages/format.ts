// Times and sizes the way a seller reads them.

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
