// Engines in the seller's words: names, where texts go, what it costs, why it cannot be asked.

import type { T } from "../../../shared/i18n";
import type { EngineInfo, EnginePreset, EnginePrice, EngineToday } from "../../../shared/protocol.gen";
import { isLocal } from "./order";

/** "Argos", or the preset's title; a name of the seller's as it is. */
export function nameOf(t: T, engine: Pick<EngineInfo, "name" | "kind">, presets: readonly EnginePreset[]): string {
  if (isLocal(engine)) return t(`options_engine_name_${engine.kind}`);
  return presets.find(({ name }) => name === engine.name)?.title ?? engine.name;
}

/** Where a text goes that this engine is asked for. */
export function goes(t: T, destination: string): string {
  return destination ? t("options_engine_goes", { host: destination }) : t("options_engine_stays");
}

/** "" where nothing is charged or nothing is known to be. */
export function priceOf(t: T, price: EnginePrice | null | undefined): string {
  if (!price) return "";
  if (price.price_in === null) return t("options_engine_price_unknown");
  if (price.price_in === 0 && !price.price_out) return "";
  const both = price.price_out === null ? String(price.price_in) : `${price.price_in} / ${price.price_out}`;
  return t(`options_engine_price_${price.per}`, { price: both, currency: price.currency });
}

/** What it was given today, and what that cost; a server of the seller's own charges nothing. */
export function todayOf(t: T, today: EngineToday | null | undefined, free: boolean): string {
  if (!today) return "";
  const used = t(today.limit ? "options_engine_today" : "options_engine_today_unlimited", { characters: today.characters, limit: today.limit });
  if (free || !today.requests) return used;
  const cost = today.cost === null ? t("options_engine_cost_unknown") : t("options_engine_cost", { cost: `${today.estimated ? "≈ " : ""}${today.cost.toFixed(4)} ${today.currency}`.trim() });
  return `${used} · ${cost}`;
}

/** Why it cannot be asked now, with what to do; "" when it can. */
export function troubleOf(t: T, engine: EngineInfo, title: string): string {
  if (engine.problem) return problemOf(t, engine.problem, engine, title);
  if (engine.ready) return "";
  if (engine.kind === "browser") return t("options_browser_none");
  return t(engine.needs_key && !engine.has_key ? "options_engine_no_key" : "options_engine_no_package");
}

/** The sentence for an error code of an engine. */
export function problemOf(t: T, code: string, engine: Pick<EngineInfo, "today" | "model">, title: string): string {
  const { today } = engine;
  return t(`error_${code}`, { engine: title, used: today?.characters ?? 0, limit: today?.limit ?? 0, problem: engine.model || title });
}
