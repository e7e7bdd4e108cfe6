// Pages the seller taught: where they lie, and forgetting them.

import { fill, h } from "../../shared/dom";
import { askOwn, callOwn } from "../../shared/own";
import type { Marketplace } from "../../shared/protocol.gen";
import { failed, type Frame, sentence } from "../frame";
import type { Section } from "./main";
import { sureButton } from "./sure";

/** Ids the companion gives to what was taught. */
const TAUGHT = /^taught-/;

export function taughtSection(frame: Frame): Section {
  const { t } = frame;
  const lines = h("ul", { class: "lines" });
  const said = h("p", { class: "small", role: "alert" });
  const node = h("section", { class: "card", id: "taught", hidden: true, "aria-labelledby": "taught-title" }, h("h2", { id: "taught-title" }, t("teach_list_title")), h("p", { class: "soft" }, t("teach_list_intro")), lines, said);
  let shown = "";

  const draw = async (): Promise<void> => {
    const found = frame.own.marketplaces.flatMap((marketplace) => marketplace.pages.filter(({ id }) => TAUGHT.test(id)).map((page) => ({ marketplace, page })));
    const folders = found.length ? await askOwn("own.taught", {}) : {};
    const now = JSON.stringify([found.map(({ marketplace, page }) => [marketplace.name, page.id]), folders]);
    if (now === shown) return;
    shown = now;
    node.hidden = found.length === 0;
    fill(lines, ...found.map(({ marketplace, page }) => line(marketplace, page.id, page.page, folders[marketplace.name] ?? "")));
  };

  const line = (marketplace: Marketplace, id: string, kind: string, folder: string): HTMLElement =>
    h(
      "li",
      { "data-page": `${marketplace.name}/${id}` },
      h("div", { class: "field" }, h("div", {}, h("h3", {}, marketplace.title), h("p", { class: "soft small" }, t(`teach_kind_${kind}`)), folder && h("p", { class: "soft small" }, t("teach_list_folder", { folder }))), sureButton(t("teach_list_forget"), t("teach_list_sure"), () => void forget(marketplace, id))),
    );

  async function forget(marketplace: Marketplace, page: string): Promise<void> {
    const answer = await callOwn("pages.forget", { marketplace: marketplace.name, page });
    said.textContent = failed(answer) ? sentence(t, answer.error) : "";
    // a host that only the seller's own pages needed is given back; one the build itself has stays
    if (!failed(answer) && marketplace.pages.every(({ id }) => id === page)) await chrome.permissions.remove({ origins: marketplace.hosts }).catch(() => false);
  }

  return { node, update: () => void draw() };
}
