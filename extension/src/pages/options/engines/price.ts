// What a service charges, as the seller types it: read leniently, sent only when it is one.

import type { EnginePrice } from "../../../shared/protocol.gen";

export interface TypedPrice {
  per: EnginePrice["per"];
  price_in: string;
  price_out: string;
  currency: string;
}

export const NO_PRICE: EnginePrice = { per: "tokens", price_in: null, price_out: null, currency: "" };

export function typedOf({ per, price_in, price_out, currency }: EnginePrice): TypedPrice {
  return { per, price_in: price_in === null ? "" : String(price_in), price_out: price_out === null ? "" : String(price_out), currency };
}

/** Null: an amount or the currency cannot be read. An empty amount is one that is not known. */
export function priceIn({ per, price_in, price_out, currency }: TypedPrice): EnginePrice | null {
  const [into, out] = [amountIn(price_in), amountIn(price_out)];
  const code = currency.trim().toUpperCase();
  if (into === undefined || out === undefined || !/^([A-Z]{3})?$/.test(code)) return null;
  return { per, price_in: into, price_out: out, currency: code };
}

export function samePrice(a: EnginePrice, b: EnginePrice): boolean {
  return a.per === b.per && a.price_in === b.price_in && a.price_out === b.price_out && a.currency === b.currency;
}

/** Undefined for what is no amount; a comma may stand for the point. */
function amountIn(typed: string): number | null | undefined {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  return /^\d{1,7}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
