// Pages of the seller's own: where they lie, giving them to others, taking others', and forgetting them.

import { fill, h } from "../../shared/dom";
import { callOwn } from "../../shared/own";
import type { OwnPage } from "../../shared/protocol.gen";
import { download, fromBase64 } from "../file";
import { failed, type Frame, sentence } from "../frame";
import { importCard } from "./import";
import type { Section } from "./main";
import { sureButton } from "./sure";

export function taughtSection(frame: Frame): Section {
  const { t } = frame;
  const lines = h("ul", { class: "lines" });
  const none = h("p", { class: "soft small" });
  const said = h("p", { class: "small", role: "alert" });
  const taking = importCard(frame, () => void draw(true));
  const node = h("section", { class: "card", id: "taught", "aria-labelledby": "taught-title" }, h("h2", { id: "taught-title" }, t("teach_list_title")), h("p", { class: "soft" }, t("teach_list_intro")), lines, none, said, taking);
  let shown = "";

  /** The companion is asked again when its descriptions or the connection to it changed. */
  const draw = async (anyway = false): Promise<void> => {
    const ready = frame.own.state.link === "ready";
    taking.hidden = !ready;
    const now = JSON.stringify([ready, frame.own.marketplaces.map(({ name, pages }) => [name, pages.map(({ id, source }) => [id, source])])]);
    if (now === shown && !anyway) return;
    shown = now;
    const answer = ready ? await callOwn("pages.own", {}) : { result: { pages: [] } };
    const pages = failed(answer) ? [] : answer.result.pages;
    said.textContent = failed(answer) ? sentence(t, answer.error) : "";
    none.textContent = pages.length || failed(answer) ? "" : t(ready ? "teach_list_none" : "teach_list_offline");
    fill(lines, ...pages.map((page, at) => line(page, page.marketplace !== pages[at - 1]?.marketplace)));
  };

  /** One export a marketplace: what is shared is its folder. */
  const line = (page: OwnPage, first: boolean): HTMLElement =>
    h(
      "li",
      { "data-page": `${page.marketplace}/${page.page}` },
      h(
        "div",
        { class: "field" },
        h("div", {}, h("h3", {}, page.title), h("p", { class: "soft small" }, `${t(`quality_kind_${page.kind}`)} · ${page.page}`), first && h("p", { class: "soft small" }, t("teach_list_folder", { folder: page.folder }))),
        h(
          "div",
          { class: "actions" },
          first && h("button", { class: "export", onclick: () => void give(page.marketplace) }, t("teach_list_export")),
          sureButton(t("teach_list_forget"), t("teach_list_sure"), () => void forget(page)),
        ),
      ),
    );

  async function give(marketplace: string): Promise<void> {
    const answer = await callOwn("pages.export", { marketplace });
    said.textContent = failed(answer) ? sentence(t, answer.error) : "";
    if (!failed(answer)) download(answer.result.file, fromBase64(answer.result.zip), "application/zip");
  }

  async function forget({ marketplace, page }: OwnPage): Promise<void> {
    const known = frame.own.marketplaces.find(({ name }) => name === marketplace);
    const answer = await callOwn("pages.forget", { marketplace, page });
    said.textContent = failed(answer) ? sentence(t, answer.error) : "";
    // a host that only the seller's own pages needed is given back; one the build itself has stays
    if (!failed(answer) && known?.pages.every(({ id }) => id === page)) await chrome.permissions.remove({ origins: known.hosts }).catch(() => false);
  }

  return { node, update: () => void draw() };
}
