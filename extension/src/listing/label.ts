// What the page calls a field, as far as the field or the component around it says it.

import type { Field } from "../sites/composer";
import { clip } from "../sites/text";

const LONGEST = 60;

/** "" where nothing says it. */
export function labelOf(field: Field): string {
  const holder = (field.getRootNode() as Partial<ShadowRoot>).host;
  const said =
    field.getAttribute("aria-label") ||
    named(field, field.getAttribute("aria-labelledby")) ||
    around(field) ||
    holder?.getAttribute("label") ||
    holder?.getAttribute("aria-label") ||
    field.getAttribute("placeholder") ||
    plain(field.getAttribute("name") || holder?.getAttribute("name") || "");
  return clip(said.replace(/\s+/g, " ").trim(), LONGEST);
}

/** A label may hold its field, whose own words are no name. */
function around(field: Field): string {
  const label = (field as Partial<HTMLInputElement>).labels?.[0]?.textContent ?? "";
  return label.replace(field.textContent || "\n", "");
}

function named(field: Field, ids: string | null): string {
  const root = field.getRootNode() as Document | ShadowRoot;
  return (ids?.trim() && root.getElementById?.(ids.trim().split(/\s+/)[0] ?? "")?.textContent) || "";
}

/** "special_feature-0-value" says "special feature". */
function plain(name: string): string {
  return name.replace(/-\d+-value$/, "").replace(/[_.[\]-]+/g, " ");
}
