// Who may connect to the companion, and how to end that.

import { fill, h } from "../../shared/dom";
import { callOwn } from "../../shared/own";
import type { PairedKey } from "../../shared/protocol.gen";
import { whenExactly } from "../format";
import { failed, type Frame, sentence } from "../frame";
import type { Section } from "./main";
import { sureButton } from "./sure";

export function keysSection(frame: Frame): Section {
  const { t } = frame;
  const lines = h("ul", { class: "lines" });
  const said = h("p", { class: "small", role: "status" });
  const node = h("section", { class: "card", "aria-labelledby": "keys" }, h("h2", { id: "keys" }, t("options_keys_title")), h("p", { class: "soft" }, t("options_keys_intro")), lines, said);
  let connected: boolean | undefined;

  const show = (keys: PairedKey[]): void => fill(lines, ...keys.map(line));
  const line = (key: PairedKey): HTMLElement => {
    const mine = key.key_id === frame.own.keyId;
    const used = t("options_keys_used", { time: whenExactly(key.last_used_at, frame) });
    return h(
      "li",
      { class: "spread" },
      h("div", {}, h("h3", {}, key.name, " ", mine && h("span", { class: "tag" }, t("options_keys_this"))), h("p", { class: "soft small" }, used)),
      !mine && sureButton(t("options_keys_revoke"), t("options_pair_forget_sure"), () => void revoke(key)),
    );
  };
  const revoke = async ({ key_id }: PairedKey): Promise<void> => {
    const answer = await callOwn("pairing.revoke", { key_id });
    if (failed(answer)) said.textContent = sentence(t, answer.error);
    else show(answer.result.keys);
  };
  const load = async (): Promise<void> => {
    const answer = await callOwn("pairing.list", {});
    said.textContent = failed(answer) ? sentence(t, answer.error) : "";
    if (!failed(answer)) show(answer.result.keys);
  };

  const update = (): void => {
    const now = frame.own.state.link === "ready";
    if (now === connected) return;
    connected = now;
    if (now) return void load();
    fill(lines);
    said.textContent = t("options_keys_away");
  };
  return { node, update };
}
