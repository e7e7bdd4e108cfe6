// Findings the seller excused: why, when, and whether their rule has changed since.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { listed } from "./lines.js";
import { say } from "./notice.js";
import { sorry, t, when } from "./texts.js";

export async function waivers(markets, signal) {
  const list = h("ul", { class: "rows" });

  async function act(method, params, done) {
    try {
      await call(method, params);
      say(t(done));
      await fill();
    } catch (error) {
      say(sorry(error), true);
    }
  }
  /** The same once more: it then carries the version that its rule has now. */
  const still = (one) => act("waivers.put", { waiver: { ...one, at: 0, version: 0, pack: "" } }, "ownrules_saved");

  function line(one, outdated) {
    return h("li", { class: "entered", "data-entry": one.id }, h("div", { class: "grow" },
      h("p", { class: "strong", dir: "auto" }, one.text || t("ownrules_waiver_any")),
      h("p", { dir: "auto" }, one.reason),
      outdated && h("p", { class: "warned" }, t("ownrules_outdated")),
      h("p", { class: "soft small" }, listed(t("ownrules_waiver_rule", { rule: one.rule, version: one.version, pack: one.pack }), where(one, markets), t("ownrules_at", { date: when(one.at) })))),
    h("div", { class: "acts" }, outdated && h("button", { type: "button", class: "quiet", onclick: () => void still(one) }, t("ownrules_still")),
      twice(t("ownrules_take_back"), t("ownrules_take_back_sure"), () => act("waivers.remove", { ids: [one.id] }, "ownrules_taken_back"))));
  }

  async function fill() {
    const { waivers: found, outdated } = await call("waivers.list");
    if (signal.aborted) return;
    const old = new Set(outdated);
    list.replaceChildren(...(found.length > 0 ? found.map((one) => line(one, old.has(one.id))) : [h("li", { class: "soft" }, t("ownrules_waivers_none"))]));
  }
  await fill();
  return list;
}

function where(one, markets) {
  const market = one.marketplace && (markets.find((each) => each.name === one.marketplace)?.title ?? one.marketplace);
  if (one.target === "message") return listed(t("ownrules_waiver_messages"), market);
  return listed(one.item ? t("ownrules_waiver_item", { item: one.item }) : t("ownrules_waiver_items"), market);
}
