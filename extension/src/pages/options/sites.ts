// Marketplaces on and off. The browser asks the seller each time; nothing is read before that.

import { fill, h } from "../../shared/dom";
import { patternsOf } from "../../shared/hosts";
import type { Marketplace } from "../../shared/protocol.gen";
import type { Frame } from "../frame";
import type { Section } from "./main";

export function sitesSection(frame: Frame): Section {
  const { t } = frame;
  const lines = h("ul", { class: "lines" });
  const said = h("p", { class: "small", role: "status" });
  const node = h("section", { class: "card", "aria-labelledby": "sites" }, h("h2", { id: "sites" }, t("options_sites_title")), h("p", { class: "soft" }, t("options_sites_intro")), lines, said);
  let shown = "";

  const draw = async (): Promise<void> => {
    const { origins = [] } = await chrome.permissions.getAll();
    const granted = new Set(origins);
    const fixed = new Set<string>(chrome.runtime.getManifest().host_permissions ?? []);
    const { marketplaces } = frame.own;
    const now = JSON.stringify([marketplaces, origins]);
    if (now === shown) return;
    shown = now;
    const focused = document.activeElement?.id ?? "";
    fill(lines, ...marketplaces.map((each) => line(each, granted, fixed)));
    if (focused) document.getElementById(focused)?.focus();
  };

  const line = (marketplace: Marketplace, granted: Set<string>, fixed: Set<string>): HTMLElement => {
    const { title, name, hosts } = marketplace;
    const patterns = patternsOf(marketplace);
    const on = patterns.filter((pattern) => granted.has(pattern)).length;
    const builtIn = patterns.every((pattern) => fixed.has(pattern));
    const box = h("input", { type: "checkbox", role: "switch", class: "switch", id: `site-${name}`, disabled: builtIn, onchange: () => void change() });
    box.checked = on === patterns.length;
    const change = async (): Promise<void> => {
      const origins = patternsOf(marketplace);
      said.textContent = "";
      if (box.checked) {
        // asked at once, while the press still counts as the seller's own
        const allowed = await chrome.permissions.request({ origins });
        if (!allowed) said.textContent = t("options_sites_refused", { title });
      } else {
        await chrome.permissions.remove({ origins });
      }
      shown = "";
      await draw();
    };
    const state = on === 0 ? "options_sites_off" : on === patterns.length ? "options_sites_on" : "options_sites_partly";
    return h(
      "li",
      {},
      h(
        "div",
        { class: "field toggle" },
        h("label", { for: box.id }, h("h3", {}, title), h("span", { class: "soft small" }, builtIn ? t("options_sites_fixed") : t(state))),
        box,
      ),
      h("details", {}, h("summary", {}, t("options_sites_hosts", { count: hosts.length })), h("ul", { class: "hosts" }, ...hosts.map((pattern) => h("li", {}, pattern.slice(8, -2))))),
    );
  };

  for (const event of [chrome.permissions.onAdded, chrome.permissions.onRemoved]) event.addListener(() => void draw());
  return { node, update: () => void draw() };
}
