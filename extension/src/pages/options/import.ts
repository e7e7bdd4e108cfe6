// Taking page descriptions somebody shared: what comes is shown first, above all its hosts, and kept on a second press.

import { fill, h } from "../../shared/dom";
import { callOwn } from "../../shared/own";
import type { PagesImportResult } from "../../shared/protocol.gen";
import { toBase64 } from "../file";
import { failed, type Frame, sentence } from "../frame";

/** companion/marketplaces/share.py bounds the file alike. */
const MOST_BYTES = 128 * 1024;

/** `taken`: called when something new is there. */
export function importCard({ t }: Frame, taken: () => void): HTMLElement {
  const question = h("div", { class: "import", hidden: true });
  const said = h("p", { class: "small", role: "status" });
  const file = h("input", { type: "file", accept: ".zip,application/zip", hidden: true, id: "import-file", onchange: () => void look() });
  const button = h("button", { id: "import", onclick: () => file.click() }, t("teach_import"));

  async function look(): Promise<void> {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    question.hidden = true;
    said.textContent = "";
    const tooLarge = chosen.size > MOST_BYTES;
    const zip = tooLarge ? "" : toBase64(new Uint8Array(await chosen.arrayBuffer()));
    file.value = ""; // the same file can be chosen again once it is mended
    if (tooLarge) return say(t("teach_import_large", { size: Math.ceil(chosen.size / 1024), limit: MOST_BYTES / 1024 }));
    const answer = await callOwn("pages.import", { zip });
    if (failed(answer)) return say(sentence(t, answer.error));
    ask(zip, answer.result);
  }

  function ask(zip: string, found: PagesImportResult): void {
    const mine = found.pages.filter(({ takes }) => takes === "own").map(({ page }) => page);
    const host = ({ host, known }: PagesImportResult["hosts"][number]): HTMLElement => h("li", {}, host.replace(/\/\*$/, ""), !known && h("span", { class: "tag" }, t("teach_import_new")));
    const page = ({ page, kind, takes }: PagesImportResult["pages"][number]): HTMLElement => h("li", {}, `${t(`quality_kind_${kind}`)} · ${page}`, takes !== "" && h("span", { class: "tag warn" }, t(`teach_import_${takes}`)));
    question.hidden = false;
    fill(
      question,
      h("h3", {}, t("teach_import_ask", { title: found.title })),
      h("p", { class: "small" }, t("teach_import_hosts")),
      h("ul", { class: "hosts" }, ...found.hosts.map(host)),
      h("ul", { class: "soft small" }, ...found.pages.map(page)),
      h(
        "div",
        { class: "actions" },
        h("button", { class: mine.length ? "danger" : "main", id: "import-yes", onclick: () => void take(zip, found, mine) }, t(mine.length ? "teach_import_yes_replace" : "teach_import_yes")),
        h("button", { id: "import-no", onclick: () => (question.hidden = true) }, t("teach_import_no")),
      ),
    );
    question.querySelector("button")?.focus();
  }

  async function take(zip: string, found: PagesImportResult, replace: string[]): Promise<void> {
    const answer = await callOwn("pages.import", { zip, take: true, hosts: found.hosts.map(({ host }) => host), replace });
    question.hidden = true;
    say(failed(answer) ? sentence(t, answer.error) : t(answer.result.taken ? "teach_import_done" : "teach_import_moved", { title: found.title }));
    if (!failed(answer) && answer.result.taken) taken();
  }

  const say = (words: string): void => void (said.textContent = words);
  return h("div", {}, button, file, question, said);
}
