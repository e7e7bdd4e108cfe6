// Checking in bulk: files dropped or chosen, a text that is pasted, and the report of what was found.

import { call } from "./api.js";
import { given } from "./check_given.js";
import { pasting } from "./check_paste.js";
import { report } from "./check_report.js";
import { MOST_BYTES, running } from "./check_run.js";
import { dropZone } from "./drop.js";
import { h, icon } from "./dom.js";
import { ending } from "./own_brands.js";
import { number, size, t } from "./texts.js";

const KINDS = ".json,.jsonl,.ndjson,.csv,.tsv,.txt,.xlsx,.xlsm,.html,.htm,.mhtml";

export async function check(signal) {
  const [known, marks] = await Promise.all([given(), call("brands.list")]);
  const over = ending(marks);
  const found = report(signal);
  const run = running(known, found, signal);
  const zone = dropZone({ icon: "paper", say: t("bulk_drop"), choose: t("bulk_choose"), kinds: KINDS, take: (files) => run.take(files) });
  // a file that misses the field must not take the place of the dashboard
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault(), { signal });
  const hint = h("p", { class: "soft small" }, t("bulk_kinds", { size: size(MOST_BYTES) }));
  await run.resume();
  return [
    h("h1", { tabindex: "-1" }, t("bulk_title")),
    h("p", { class: "lead" }, t("bulk_lead")),
    h("p", {}, h("a", { class: "pill", href: "#own" }, icon("check"), t("bulk_own"))),
    over > 0 && h("p", { class: "warned" }, h("a", { href: "#own/brands" }, t("bulk_brands_due", { count: number(over) }))),
    h("section", { class: "card bulk" }, zone, hint, known.node, run.node),
    found.node,
    pasting(known, signal),
  ].filter(Boolean);
}
