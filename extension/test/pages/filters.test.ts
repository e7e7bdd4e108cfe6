import assert from "node:assert/strict";
import { test } from "node:test";
import { label, without } from "../../src/pages/panel/filters";
import type { SearchFilter } from "../../src/shared/protocol.gen";

const TEXTS: Record<string, string> = { search_chip: "{name}: {value}", search_chip_without: "Not {name}: {value}", search_kind_lang: "Language", search_kind_is: "Is", search_kind_shop: "Shop", search_value_unanswered: "unanswered" };
const t = (key: string, data: Record<string, string | number> = {}): string => (TEXTS[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(data[name]));
const filter = (kind: SearchFilter["kind"], value: string, not = false): SearchFilter => ({ kind, value, without: not, text: `${kind}:${value}` });

test("a piece leaves the query and nothing else does", () => {
  assert.equal(without("refund from:me lang:es", "from:me"), "refund lang:es");
  assert.equal(without("from:me", "from:me"), "");
  assert.equal(without("from:meg from:me", "from:me"), "from:meg", "a longer one that begins alike stays");
  assert.equal(without("refund", "from:me"), "refund");
  assert.equal(without('退款 店铺："TikTok Shop"  来自：我', '店铺："TikTok Shop"'), "退款 来自：我");
});

test("a filter is named in the seller's words", () => {
  const frame = { t, locale: "en" as const };
  assert.equal(label(filter("lang", "es"), frame), "Language: Spanish");
  assert.equal(label(filter("is", "unanswered", true), frame), "Not Is: unanswered");
  assert.equal(label(filter("shop", "deepsea"), frame), "Shop: deepsea");
});
