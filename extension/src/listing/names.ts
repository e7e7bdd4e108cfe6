// What the fields of a listing are called.

import type { T } from "../shared/i18n";
import type { ListingField } from "./fields";

export function nameOf(t: T, { name, number, label }: Pick<ListingField, "name" | "number" | "label">): string {
  if (name === "other") return label || t("listing_field_other");
  return t(`listing_field_${name}${number ? "_number" : ""}`, { number });
}
