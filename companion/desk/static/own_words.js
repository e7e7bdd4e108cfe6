// Words nobody in the shop may write.

import { call } from "./api.js";
import { entering, entries, labelled, marketplaces, titles } from "./own_entries.js";
import { h } from "./dom.js";
import { listed } from "./lines.js";
import { t } from "./texts.js";

const LEVELS = ["error", "warning", "suggestion"];
const TARGETS = ["listing", "message"];
const MOST_WORDS = 50;
const LONGEST_WORD = 200;

export function words(markets, signal) {
  return entries({
    load: async () => (await call("words.list")).words,
    line: (one) => said(one, markets),
    form: (one, save, close) => form(one, markets, save, close),
    named: (one) => one.words[0],
    kind: "word",
    remove: "words.remove",
    signal,
  });
}

function said(one, markets) {
  return [
    h("p", { class: "strong", dir: "auto" }, one.words.join(" · "), " ", h("span", { class: `level ${one.level}` }, t(`check_level_${one.level}`))),
    one.instead && h("p", { dir: "auto" }, t("ownrules_instead", { text: one.instead })),
    one.why && h("p", { class: "soft", dir: "auto" }, one.why),
    h("p", { class: "soft small" }, listed(one.applies_to.map((target) => t(`ownrules_in_${target}`)).join(", "), titles(markets, one.marketplaces))),
  ];
}

function form(one, markets, save, close) {
  const now = one ?? { id: "", words: [], instead: "", level: "warning", why: "", applies_to: TARGETS, marketplaces: [] };
  const words = h("textarea", { rows: 3, dir: "auto", spellcheck: "false" });
  words.value = now.words.join("\n");
  const instead = h("input", { type: "text", maxlength: 200, value: now.instead, autocomplete: "off", dir: "auto" });
  const level = h("select", {}, LEVELS.map((each) => h("option", { value: each, selected: each === now.level }, t(`ownrules_level_${each}`))));
  const why = h("input", { type: "text", maxlength: 300, value: now.why, autocomplete: "off", dir: "auto" });
  const ticks = TARGETS.map((target) => [target, h("input", { type: "checkbox", checked: now.applies_to.includes(target) })]);
  const where = h("fieldset", {}, h("legend", {}, t("ownrules_field_where")), h("div", { class: "ticks" }, ticks.map(([target, tick]) => h("label", { class: "tick" }, tick, t(`ownrules_in_${target}`)))));
  const on = marketplaces(markets, now.marketplaces);
  const submit = () => {
    const each = [...new Set(words.value.split("\n").map((word) => word.trim()).filter(Boolean))];
    if (each.length === 0 || each.length > MOST_WORDS || each.some((word) => !/[\p{L}\p{N}]/u.test(word) || [...word].length > LONGEST_WORD)) return t("ownrules_problem_words");
    const targets = ticks.filter(([, tick]) => tick.checked).map(([target]) => target);
    if (targets.length === 0) return t("ownrules_problem_where");
    return save("words.put", { word: { id: now.id, words: each, instead: instead.value.trim(), level: level.value, why: why.value.trim(), applies_to: targets, marketplaces: on.chosen() } });
  };
  return entering(t(one ? "ownrules_change_word" : "ownrules_add_word"), [labelled("words", words), labelled("instead", instead), labelled("level", level), labelled("why", why), where, on.node], submit, close);
}
