// The order in which engines are asked: what a press changes in it. Nothing here asks anybody.

import type { EngineInfo, EnginesResult, LanguagesListResult } from "../../../shared/protocol.gen";
import { canInstall } from "../../panel/languages";

/** As on the wire. */
export const MOST = 12;

/** "first": before all others; "last": where those before it have no answer; "press": only when the seller asks for it. */
export type When = "first" | "last" | "press";
/** Which kind of engine is asked first. */
export type FirstChoice = "offline" | "own";

/** The engines a seller chooses among: those in the order as they are asked, then the others. */
export function shown({ engines, order }: EnginesResult): EngineInfo[] {
  const at = ({ name }: EngineInfo): number => (order.includes(name) ? order.indexOf(name) : MOST);
  return [...engines].sort((a, b) => at(a) - at(b));
}

export function isLocal({ kind }: Pick<EngineInfo, "kind">): boolean {
  return kind === "argos" || kind === "bergamot" || kind === "browser";
}

export function placed(order: readonly string[], name: string, when: When): string[] {
  const others = order.filter((each) => each !== name);
  if (when === "press") return others;
  return when === "first" ? [name, ...others] : [...others, name];
}

/** One place up (-1) or down (+1) among `seen`, the names the seller has before the eyes. */
export function moved(order: readonly string[], seen: readonly string[], name: string, by: -1 | 1): string[] {
  const neighbour = seen[seen.indexOf(name) + by];
  if (!order.includes(name) || neighbour === undefined || !order.includes(neighbour)) return [...order];
  return order.map((each) => (each === name ? neighbour : each === neighbour ? name : each));
}

/** The kind the seller put first, whether it can be asked yet or not. */
export function firstChoice({ engines, order }: EnginesResult): FirstChoice {
  const first = engines.find(({ name }) => name === order[0]);
  return first && !isLocal(first) ? "own" : "offline";
}

/** The order with one kind before the other, each kind in its own order as before; null when there is none of that kind. */
export function preferring({ engines, order }: EnginesResult, choice: FirstChoice): string[] | null {
  const kind = (name: string): FirstChoice => {
    const engine = engines.find((each) => each.name === name);
    return engine && !isLocal(engine) ? "own" : "offline";
  };
  let names = order;
  if (!names.some((name) => kind(name) === choice)) {
    const usable = engines.find(({ name, ready }) => ready && kind(name) === choice);
    if (!usable) return null;
    names = [usable.name, ...names];
  }
  return [...names.filter((name) => kind(name) === choice), ...names.filter((name) => kind(name) !== choice)];
}

/** The order of a pair that asks `name` first and then the others as always. */
export function forPair(order: readonly string[], name: string): string[] {
  return placed(order, name, "first").slice(0, MOST);
}

/** Languages an offline engine has no way from or to. Before its list was fetched, `known` are the gaps it is known to have. */
export function without(languages: readonly string[], seller: string, { packages, index_at }: LanguagesListResult, known: readonly string[] | null): string[] {
  if (known && !index_at) return languages.filter((code) => known.includes(code));
  if (!packages.length) return [];
  return languages.filter((code) => code !== seller && !(canInstall(code, seller, packages) && canInstall(seller, code, packages)));
}
