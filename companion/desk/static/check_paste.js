// A text that is pasted: a part of a listing, or a message.

import { call } from "./api.js";
import { findingList, noted } from "./check_findings.js";
import { h } from "./dom.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

const KINDS = ["title", "bullets", "description", "keywords", "message", "buyer"];
const LONGEST = 15_000;

export function pasting(known, signal) {
  const kind = h("select", { id: "paste-kind" }, KINDS.map((name) => h("option", { value: name }, t(`bulk_paste_${name}`))));
  const text = h("textarea", { id: "paste-text", rows: 5, maxlength: LONGEST, dir: "auto", spellcheck: "false" });
  const place = h("div", { role: "status" });

  async function ask() {
    text.setCustomValidity(text.value.trim() ? "" : t("bulk_paste_empty"));
    if (!text.reportValidity()) return;
    const told = known.told();
    if (told === null) return;
    const message = kind.value === "message" || kind.value === "buyer";
    try {
      const found = message ? await call("check.message", { ...messageOf(told), text: text.value, direction: kind.value === "buyer" ? "buyer" : "seller" })
        : await call("check.listing", { ...told, fields: { [kind.value]: kind.value === "bullets" ? linesOf(text.value) : text.value } });
      if (!signal.aborted) place.replaceChildren(...noted(found.notes), findingList(found.rows, ask, message ? "message" : "listing"));
    } catch (error) {
      say(sorry(error), true);
    }
  }

  text.addEventListener("input", () => text.setCustomValidity(""));
  const form = h("form", { class: "pasting", onsubmit: (event) => (event.preventDefault(), void ask()) },
    h("label", { for: "paste-kind" }, t("bulk_paste_what")), kind, h("label", { for: "paste-text" }, t("bulk_paste_text")), text,
    h("div", { class: "acts" }, h("button", { type: "submit" }, t("bulk_paste_check"))), place);
  return h("section", { class: "card" }, h("h2", {}, t("bulk_paste")), form);
}

const linesOf = (text) => text.split("\n").filter((line) => line.trim());

/** Of a message no category and no brand is asked. */
const messageOf = ({ marketplace, region, locale }) => ({ marketplace, region, locale });
