// Pairing in three plain steps. The digits are shown large, so that they can be compared across two windows.

import { fill, h } from "../../shared/dom";
import { askOwn, type PairingView } from "../../shared/own";
import { dot, type Frame, sentence, stateKey } from "../frame";
import type { Section } from "./main";
import { sureButton } from "./sure";

export function pairingSection(frame: Frame): Section {
  const { t } = frame;
  const body = h("div", { class: "list" });
  const said = h("div", { role: "status" });
  const node = h("section", { class: "card", "aria-labelledby": "pairing" }, h("h2", { id: "pairing" }, t("options_pair_title")), said, body);
  let shown = "";
  let clock: ReturnType<typeof setInterval> | undefined;

  const update = (): void => {
    const { state, companion, pairing } = frame.own;
    const now = JSON.stringify([state.link, state.detail, companion, pairing]);
    if (now === shown) return;
    const focused = document.activeElement?.id ?? "";
    shown = now;
    clearInterval(clock);
    drawState(said, frame);
    if (state.link === "ready" && !underWay(pairing)) fill(body, h("p", { class: "row" }, forget(frame)));
    else fill(body, h("p", { class: "soft" }, t("options_pair_intro")), steps(frame), action(frame));
    const left = body.querySelector("#left");
    if (left && pairing.step === "compare") clock = setInterval(() => drawLeft(frame, pairing.until, left), 1000);
    // pressing the button removed it: the keyboard continues at what came instead
    if (focused === "pair" || focused === "cancel") body.querySelector<HTMLElement>("#pair, #cancel")?.focus();
  };
  return { node, update };
}

function underWay(pairing: PairingView): boolean {
  return pairing.step === "asking" || pairing.step === "compare";
}

function drawState(node: HTMLElement, { t, own }: Frame): void {
  const { state, companion } = own;
  const key = stateKey(state);
  const detail = state.link === "ready" && companion ? t("options_pair_ready_detail", { version: companion.version, port: companion.port }) : t(`popup_help_${key}`);
  const title = state.link === "ready" && key !== "practice" ? t("options_pair_ready") : t(`popup_state_${key}`, { count: state.queue.parked });
  const away = state.link === "no_companion" || state.link === "version";
  fill(
    node,
    h("div", { class: "state" }, dot(state), h("div", {}, h("h3", {}, title), h("p", { class: "soft small" }, detail))),
    away && h("p", {}, h("button", { onclick: () => void askOwn("own.retry", {}) }, t("options_retry"))),
  );
}

function steps({ t, own }: Frame): HTMLElement {
  const { companion, pairing } = own;
  const comparing = pairing.step === "compare";
  const running = companion !== null || comparing;
  return h(
    "ol",
    { class: "steps" },
    h(
      "li",
      { class: running ? "done" : "" },
      h("h3", {}, running && companion ? t("options_pair_step1_done", { port: companion.port, version: companion.version }) : t("options_pair_step1")),
      !running && h("p", { class: "soft small" }, t("options_pair_step1_help")),
    ),
    h("li", {}, h("h3", {}, t("options_pair_step2")), h("p", { class: "soft small" }, t("options_pair_step2_help")), comparing && digits(t("options_pair_digits"), pairing.digits)),
    h("li", {}, h("h3", {}, t("options_pair_step3")), h("p", { class: "soft small" }, t("options_pair_step3_help"))),
  );
}

function digits(label: string, value: string): HTMLElement {
  return h("p", { class: "digits", role: "img", "aria-label": `${label}: ${value.split("").join(" ")}`, "data-digits": value }, ...[...value].map((digit) => h("span", { "aria-hidden": "true" }, digit)));
}

function action(frame: Frame): HTMLElement {
  const { t, own } = frame;
  const { pairing, state } = own;
  const cancel = h("button", { id: "cancel", onclick: () => void askOwn("own.pair.cancel", {}) }, t("options_pair_cancel"));
  if (pairing.step === "asking") return h("div", { class: "row", role: "status" }, h("p", {}, t("options_pair_asking")), cancel);
  if (pairing.step === "compare") {
    const left = h("span", { id: "left", class: "soft small", "aria-live": "off" });
    drawLeft(frame, pairing.until, left);
    const same = h("button", { id: "same", class: "main", disabled: pairing.same, onclick: () => void askOwn("own.pair.same", {}) }, t("options_pair_same"));
    const say = t(pairing.same ? "options_pair_there" : "options_pair_compare");
    return h("div", { class: "list" }, h("p", { class: "notice", role: "status" }, say), h("div", { class: "row" }, same, cancel, left));
  }
  const again = pairing.step === "failed" || state.detail !== "";
  const begin = h("button", { id: "pair", class: "main", disabled: own.companion === null, onclick: () => void askOwn("own.pair.start", {}) }, t(again ? "options_pair_again" : "options_pair_start"));
  const note = pairing.step === "failed" ? h("p", { class: "notice bad", role: "alert" }, sentence(t, pairing.failure)) : pairing.step === "done" ? h("p", { role: "status" }, t("options_pair_done")) : null;
  return h("div", { class: "list" }, note, h("div", { class: "row" }, begin));
}

function drawLeft({ t }: Frame, until: number, node: Element): void {
  node.textContent = t("options_pair_left", { seconds: Math.max(0, Math.round((until - Date.now()) / 1000)) });
}

function forget({ t }: Frame): HTMLElement {
  return sureButton(t("options_pair_forget"), t("options_pair_forget_sure"), () => void askOwn("own.pair.forget", {}));
}
