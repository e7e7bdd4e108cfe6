// The companion's ports, for the rare machine where the usual ones are taken.

import { h } from "../../shared/dom";
import { askOwn } from "../../shared/own";
import { PORTS } from "../../shared/protocol.const.gen";
import { failed, type Frame } from "../frame";
import type { Section } from "./main";

/** The numbers in a text, or null when it is not a list of ports. An empty text is the empty list. */
export function readPorts(text: string): number[] | null {
  const parts = text.split(/[\s,，、;；]+/).filter(Boolean);
  const ports = parts.map((part) => (/^\d{4,5}$/.test(part) ? Number(part) : Number.NaN));
  return ports.length <= 8 && ports.every((port) => port >= 1024 && port <= 65_535) ? [...new Set(ports)] : null;
}

export function portsSection(frame: Frame): Section {
  const { t } = frame;
  const field = h("input", { id: "ports", type: "text", inputmode: "numeric", autocomplete: "off", "aria-describedby": "ports-help" });
  const said = h("p", { class: "small", role: "status" });
  const save = async (): Promise<void> => {
    const ports = readPorts(field.value);
    field.setAttribute("aria-invalid", String(ports === null));
    if (ports === null) {
      said.textContent = t("options_ports_wrong");
      return field.focus();
    }
    const answer = await askOwn("own.ports", { ports }).catch(() => null);
    said.textContent = answer === null || failed(answer) ? t("options_failed") : t("options_saved");
  };
  const button = h("button", { onclick: () => void save() }, t("options_save"));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") void save();
  });
  const node = h(
    "section",
    { class: "card", "aria-labelledby": "advanced" },
    h("h2", { id: "advanced" }, t("options_advanced_title")),
    h(
      "div",
      { class: "field" },
      h("div", {}, h("label", { for: "ports" }, t("options_ports")), h("p", { class: "soft small", id: "ports-help" }, t("options_ports_help", { ports: PORTS.join(", ") }))),
      field,
    ),
    h("div", { class: "row" }, button, said),
  );
  let filled = false;
  const update = (): void => {
    if (filled || document.activeElement === field) return;
    filled = true;
    field.value = frame.own.portsChanged ? frame.own.ports.join(", ") : "";
  };
  return { node, update };
}
