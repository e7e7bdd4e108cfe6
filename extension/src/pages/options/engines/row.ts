// One engine in the list: where texts go, how it stands, its place in the order, and a trial on the spot.

import { fill, h } from "../../../shared/dom";
import { callOwn } from "../../../shared/own";
import type { EngineInfo, EnginesResult } from "../../../shared/protocol.gen";
import type { Way } from "../../../shared/translator";
import { failed, type Frame, sentence } from "../../frame";
import { sureButton } from "../sure";
import { isLocal, shown } from "./order";
import { goes, nameOf, priceOf, problemOf, todayOf, troubleOf } from "./words";

export interface RowActs {
  move: (name: string, by: -1 | 1) => void;
  turn: (name: string, on: boolean) => void;
  change: (engine: EngineInfo) => void;
  remove: (name: string) => void;
  /** After a trial: what was used today has changed. */
  tried: () => void;
}

/** What only one engine has: a part of its own, and the direction a trial takes there. */
export interface Special {
  node: HTMLElement;
  trial: Way | null;
}

/** `trials` keeps what was said of a trial while the list is drawn anew. */
export function engineRow(frame: Frame, engine: EngineInfo, all: EnginesResult, trials: Map<string, string>, acts: RowActs, special: Special | null): HTMLElement {
  const { t } = frame;
  const { name } = engine;
  const title = nameOf(t, engine, all.presets);
  const on = all.order.includes(name);
  const listed = shown(all).filter((each) => all.order.includes(each.name));
  const at = listed.findIndex((each) => each.name === name);
  const trouble = troubleOf(t, engine, title);
  const said = h("p", { class: "small", role: "status", "data-trial": name }, trials.get(name));
  const auto = h("input", { type: "checkbox", role: "switch", class: "switch", id: `engine-${name}`, onchange: () => acts.turn(name, auto.checked) });
  auto.checked = on;
  const step = (by: -1 | 1, sign: string, label: string): HTMLElement =>
    h("button", { id: `engine-${name}-${by < 0 ? "up" : "down"}`, "aria-label": t(label, { engine: title }), title: t(label, { engine: title }), disabled: listed[at + by] === undefined, onclick: () => acts.move(name, by) }, sign);
  const test = h("button", { id: `engine-${name}-test`, disabled: !engine.ready, onclick: () => void tryOut() }, t("options_engine_test"));

  const tryOut = async (): Promise<void> => {
    test.disabled = true;
    said.textContent = t("options_engine_testing");
    const seller = frame.own.settings.seller_language;
    const [source, target] = special?.trial ?? [seller === "en" ? "zh" : "en", seller];
    const answer = await callOwn("engines.test", { name, source, target });
    const text = failed(answer)
      ? sentence(t, answer.error)
      : answer.result.problem
        ? problemOf(t, answer.result.problem, engine, title)
        : t("options_engine_tested", { text: answer.result.text, seconds: Math.max(0.1, answer.result.took_ms / 1000).toFixed(1), goes: goes(t, answer.result.destination) });
    trials.set(name, text);
    acts.tried();
  };

  const node = h("li", { class: "engine", "data-engine": name });
  fill(
    node,
    h(
      "div",
      { class: "field toggle" },
      h(
        "div",
        {},
        h("h3", {}, on ? `${at + 1}. ` : "", title, " ", h("span", { class: `tag${engine.destination ? " warn" : ""}` }, goes(t, engine.destination))),
        h("label", { for: auto.id }, h("span", { class: "soft small" }, t(on ? "options_engine_on" : "options_engine_off"))),
      ),
      auto,
    ),
    engine.unencrypted === true && h("p", { class: "small notice" }, t("options_engine_unencrypted", { host: engine.destination })),
    trouble !== "" && h("p", { class: "small notice" }, trouble),
    h("p", { class: "soft small" }, [t(`options_engine_kind_${isLocal(engine) ? name : "own"}`), engine.model ?? "", engine.destination ? priceOf(t, engine.price) : "", todayOf(t, engine.today, engine.destination === "")].filter(Boolean).join(" · ")),
    h(
      "div",
      { class: "actions" },
      on && step(-1, "↑", "options_engine_up"),
      on && step(1, "↓", "options_engine_down"),
      test,
      !isLocal(engine) && h("button", { id: `engine-${name}-change`, onclick: () => acts.change(engine) }, t("options_engine_change")),
      !isLocal(engine) && sureButton(t("options_engine_remove"), t("options_engine_remove_sure"), () => acts.remove(name)),
    ),
    said,
    special?.node,
  );
  return node;
}
