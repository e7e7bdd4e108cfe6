// The options page: pairing, marketplaces, settings, and what to do about what did not work.

import { fill, h } from "../../shared/dom";
import { brand, start } from "../frame";
import { enginesSection } from "./engines/section";
import { keysSection } from "./keys";
import { pairingSection } from "./pairing";
import { parkedSection } from "./parked";
import { portsSection } from "./ports";
import { settingsSection } from "./settings";
import { sitesSection } from "./sites";
import { taughtSection } from "./taught";

/** Part of the page: its node, and what to do when the state changed. */
export interface Section {
  node: HTMLElement;
  update(): void;
}

start((frame) => {
  const { t } = frame;
  document.title = t("options_title");
  document.body.className = "options";
  const sections: Section[] = [pairingSection, sitesSection, taughtSection, settingsSection, enginesSection, parkedSection, keysSection, portsSection].map((make) => make(frame));
  const name = h("div", {});
  let practice: boolean | undefined;
  document.body.append(h("header", {}, name, h("p", { class: "soft" }, t("options_tagline"))), h("main", {}, ...sections.map((section) => section.node)));
  return (push) => {
    if (push.type !== "own") return;
    if (practice !== frame.own.state.practice) {
      practice = frame.own.state.practice;
      fill(name, brand(t, t("options_title"), practice));
    }
    for (const section of sections) section.update();
  };
});
