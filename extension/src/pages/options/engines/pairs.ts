// Pairs of languages that ask another engine first.

import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import type { EnginesResult } from "../../../shared/protocol.gen";
import type { Frame } from "../../frame";
import { LANGUAGES } from "../languages";
import { forPair, shown } from "./order";
import { nameOf } from "./words";

export function pairsPart(frame: Frame, all: EnginesResult, open: boolean, set: (pairs: Record<string, string[]>) => void): HTMLElement {
  const { t, locale } = frame;
  const seller = frame.own.settings.seller_language;
  const titles = new Map(shown(all).map((engine) => [engine.name, nameOf(t, engine, all.presets)]));
  const name = (code: string): string => languageName(code, locale);
  const lines = Object.entries(all.pairs).map(([pair, names]) => {
    const [source = "", target = ""] = pair.split("-");
    const { [pair]: _, ...others } = all.pairs;
    const asked = names.map((each) => titles.get(each) ?? each).join(" → ");
    return h("li", { class: "spread" }, h("span", {}, t("options_engine_pair", { source: name(source), target: name(target), engines: asked })), h("button", { onclick: () => set(others) }, t("options_engine_pair_usual")));
  });
  const pairs = LANGUAGES.filter((code) => code !== seller).flatMap((code) => [`${code}-${seller}`, `${seller}-${code}`]);
  const pair = h("select", { id: "pair-languages", "aria-label": t("options_engine_pair_choose") }, ...pairs.map((value) => h("option", { value }, value.split("-").map(name).join(" → "))));
  const engine = h("select", { id: "pair-engine", "aria-label": t("options_engine_pair_engine") }, ...[...titles].map(([value, label]) => h("option", { value }, label)));
  const add = h("button", { id: "pair-add", onclick: () => set({ ...all.pairs, [pair.value]: forPair(all.order, engine.value) }) }, t("options_engine_pair_add"));
  const node = h("details", { class: "pairs", open: open || lines.length > 0 });
  fill(node, h("summary", {}, t("options_engine_pairs")), h("p", { class: "soft small" }, t("options_engine_pairs_help")), lines.length > 0 && h("ul", { class: "lines" }, ...lines), h("div", { class: "pairing" }, pair, engine, add));
  return node;
}
