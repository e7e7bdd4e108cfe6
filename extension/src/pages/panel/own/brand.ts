// A brand between the form and the wire, and how long its authorisation lasts. Pure.

import type { Brand } from "../../../shared/protocol.gen";

export type BrandDraft = Required<Brand>;
export const EMPTY: BrandDraft = { id: "", name: "", kind: "licensed", marketplaces: [], holder: "", number: "", until: "", note: "", at: 0 };

/** An authorisation that ends within so many days is told. */
export const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

export function draftOf(brand: Brand): BrandDraft {
  return { ...EMPTY, ...brand };
}

/** name: no letters or digits. until: no day. */
export type Problem = "name" | "until";

export function brandOf(draft: BrandDraft): { brand: Brand } | { problem: Problem } {
  if (!/[\p{L}\p{N}]/u.test(draft.name)) return { problem: "name" };
  if (draft.until !== "" && daysTo(draft.until) === null) return { problem: "until" };
  const { id, kind, marketplaces, until } = draft;
  // nobody authorises what is the seller's own
  const holder = kind === "own" ? "" : draft.holder.trim();
  return { brand: { id, kind, marketplaces, until, holder, name: draft.name.trim(), number: draft.number.trim(), note: draft.note.trim() } };
}

/** Days from today on to a day of the calendar, both where the seller is; null for what is no day. */
export function daysTo(day: string, now: Date = new Date()): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(Date.UTC(year, month - 1, date));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
  return Math.round((at.getTime() - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / DAY_MS);
}

/** The text that says how long a brand counts; `lapsed` is the companion's word. */
export function lasting({ until = "" }: Brand, lapsed: boolean, now: Date = new Date()): { key: string; data: Record<string, string | number>; kind: "" | "warn" | "bad" } | null {
  const days = until === "" ? null : daysTo(until, now);
  if (days === null) return null;
  if (lapsed) return { key: "ownrules_lapsed", data: { day: until }, kind: "bad" };
  if (days > SOON_DAYS) return { key: "ownrules_until", data: { day: until }, kind: "" };
  return { key: days > 0 ? "ownrules_due" : "ownrules_due_today", data: { day: until, days }, kind: "warn" };
}
