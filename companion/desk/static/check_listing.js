// Whether a listing of the catalogue was checked, with which rules, and checking it now.

import { call } from "./api.js";
import { findingList } from "./check_findings.js";
import { h } from "./dom.js";
import { say } from "./notice.js";
import { exactly, locale, number, sorry, t, when } from "./texts.js";

export async function checkedCard(asked) {
  const said = h("div", {});
  const found = h("div", { role: "status" });
  const button = h("button", { type: "button", onclick: () => void look() }, t("bulk_check_now"));
  const tell = (last) => said.replaceChildren(...told(last));

  async function look() {
    button.disabled = true;
    try {
      const { last, rows } = await call("check.now", { ...asked, locale: locale() });
      tell(last);
      // what is clean was just said
      found.replaceChildren(...(rows.length > 0 ? [findingList(rows, look, "listing")] : []));
    } catch (error) {
      say(sorry(error), true);
    }
    button.disabled = false;
  }
  tell(await call("check.last", asked));
  return h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, t("bulk_checks")), button), said, found);
}

function told(last) {
  if (last === null) return [h("p", { class: "soft" }, t("bulk_checked_never"))];
  const open = last.findings - last.excused;
  const data = { time: when(last.at), pack: last.pack, count: number(open) };
  return [
    h("p", { title: exactly(last.at) }, t(open > 0 ? "bulk_checked_at" : "bulk_checked_clean", data)),
    ...(last.excused > 0 ? [h("p", { class: "soft" }, t("bulk_checked_excused", { count: number(last.excused) }))] : []),
    ...(last.old ? [h("p", { class: "warned" }, t("bulk_checked_old"))] : []),
  ];
}
