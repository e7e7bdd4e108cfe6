// What narrows a report: level, marketplace, rule and words, each with how many there are.

import { h } from "./dom.js";
import { market } from "./lines.js";
import { number, t } from "./texts.js";

/** Pause after the last key before the companion is asked, in ms. */
const PAUSE_MS = 250;
const LEVELS = ["error", "warning", "suggestion"];

/** `wanted` is changed in place, and `changed` called. */
export function filters(wanted, changed) {
  const levels = h("div", { class: "chips", role: "group", "aria-label": t("bulk_levels") });
  const markets = h("select", { "aria-label": t("bulk_column_marketplace"), onchange: () => choose({ marketplace: markets.value }) });
  const rules = h("select", { "aria-label": t("bulk_rule"), onchange: () => choose({ rule: rules.value }) });
  const words = h("input", { type: "search", placeholder: t("bulk_find"), "aria-label": t("bulk_find"), maxlength: 200, autocomplete: "off", spellcheck: "false" });
  let timer = 0;
  words.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => choose({ words: words.value }), PAUSE_MS);
  });
  words.addEventListener("compositionend", () => choose({ words: words.value }));

  function choose(change) {
    Object.assign(wanted, change);
    return changed();
  }

  function chip(label, count, on, change) {
    return h("button", { type: "button", class: "chip", "data-chip": label, "aria-pressed": String(on), onclick: () => choose(change) }, label, " ", h("span", { class: "soft" }, number(count)));
  }

  return {
    node: h("div", { class: "filtering" }, levels, h("div", { class: "narrowing" }, markets, rules, words)),
    reset() {
      words.value = "";
    },
    draw({ levels: by, marketplaces, rules: ruled, waived }) {
      const focused = document.activeElement?.dataset?.chip;
      const all = Object.values(by).reduce((sum, one) => sum + one, 0);
      levels.replaceChildren(
        chip(t("bulk_level_all"), all, !wanted.level, { level: "" }),
        ...LEVELS.map((level) => chip(t(`bulk_level_${level}`), by[level] ?? 0, wanted.level === level, { level: wanted.level === level ? "" : level })),
        ...(waived > 0 || wanted.waived ? [chip(t("bulk_waived"), waived, wanted.waived, { waived: !wanted.waived })] : []));
      // the chips are made anew; whoever uses keys stays where they were
      if (focused) [...levels.children].find((one) => one.dataset.chip === focused)?.focus();
      void fill(markets, t("bulk_market_all"), marketplaces, wanted.marketplace, async (name) => (name ? market(name) : t("bulk_market_unsaid")));
      void fill(rules, t("bulk_rule_all"), ruled, wanted.rule, async (name) => name);
    },
  };
}

/** A choice of everything there is. "" as a name cannot be chosen alone: it stands for all. */
async function fill(select, all, counts, chosen, named) {
  const names = [...new Set([...Object.keys(counts), ...(chosen ? [chosen] : [])])];
  const options = await Promise.all(names.map(async (name) => h("option", { value: name, disabled: name === "" }, `${await named(name)} (${number(counts[name] ?? 0)})`)));
  select.replaceChildren(h("option", { value: "" }, all), ...options);
  select.value = chosen;
  select.hidden = names.length < 2 && !chosen;
}
