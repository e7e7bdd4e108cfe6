// Who translates, where texts go, and in what order engines are asked.

import argos from "../../../../../rules/engines/argos.json";
import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import { callOwn } from "../../../shared/own";
import type { EnginesResult } from "../../../shared/protocol.gen";
import { failed, type Frame, sentence } from "../../frame";
import { LANGUAGES } from "../languages";
import type { Section } from "../main";
import { BrowserPart } from "./browser";
import { EngineForm } from "./form";
import { firstChoice, type FirstChoice, moved, placed, preferring, shown, without } from "./order";
import { pairsPart } from "./pairs";
import { engineRow } from "./row";

export function enginesSection(frame: Frame): Section {
  const { t } = frame;
  const body = h("div", { class: "engines" });
  const said = h("p", { class: "small", role: "status" });
  const lacks = h("p", { class: "soft small" });
  const trials = new Map<string, string>();
  const browser = new BrowserPart(frame, () => void load());
  const form = new EngineForm(frame, (name, when, next) => void saved(name, when, next));
  const node = h(
    "section",
    { class: "card", "aria-labelledby": "engines" },
    h("h2", { id: "engines" }, t("options_engines_title")),
    h("p", { class: "soft" }, t("options_engines_intro")),
    body,
    said,
    form.node,
    lacks,
  );
  let all: EnginesResult | null = null;
  let connected: boolean | undefined;

  const draw = (): void => {
    if (!all) return fill(body);
    const now = all;
    const focused = document.activeElement?.id ?? "";
    const pairsOpen = body.querySelector<HTMLDetailsElement>(".pairs")?.open ?? false;
    const chosen = [...body.querySelectorAll<HTMLSelectElement>(".pairing select")].map(({ id, value }) => ({ id, value }));
    const add = h("button", { id: "engine-add", onclick: () => form.open(now) }, t("options_engine_add"));
    const rows = shown(now).map((engine) => engineRow(frame, engine, now, trials, acts, engine.kind === "browser" ? browser : null));
    fill(body, choices(now), h("ul", { class: "lines" }, ...rows), h("div", { class: "actions" }, add), pairsPart(frame, now, pairsOpen, (pairs) => void order(now.order, pairs)));
    for (const { id, value } of chosen) {
      const select = body.querySelector<HTMLSelectElement>(`#${id}`);
      if (select && Array.from(select.options).some((option) => option.value === value)) select.value = value;
    }
    // what was pressed was drawn anew; at an end of the list the other way is left to the keyboard
    const again = focused ? document.getElementById(focused) : null;
    const other = focused.replace(/-(up|down)$/, (end) => (end === "-up" ? "-down" : "-up"));
    if (again && node.contains(again)) (again.matches(":disabled") ? document.getElementById(other) : again)?.focus();
  };

  const choices = (now: EnginesResult): HTMLElement => {
    const current = firstChoice(now);
    const choice = (value: FirstChoice): HTMLElement => {
      const radio = h("input", { type: "radio", name: "first", id: `first-${value}`, value, onchange: () => choose(now, value) });
      radio.checked = value === current;
      return h("label", { class: "choice", for: radio.id }, radio, h("span", {}, h("strong", {}, t(`options_engine_first_${value}`)), h("span", { class: "soft small" }, t(`options_engine_first_${value}_help`))));
    };
    return h("fieldset", { class: "choices" }, h("legend", {}, t("options_engine_first")), choice("offline"), choice("own"));
  };

  /** Without a service that is set up, "own key" leads to setting one up; nothing changes until it is saved. */
  const choose = (now: EnginesResult, value: FirstChoice): void => {
    const names = preferring(now, value);
    if (names) return void order(names, now.pairs);
    draw();
    form.open(now);
  };

  /** What is shown already stays as it is: somebody may be about to press there. `anyway`: something else is to be told. */
  const take = (answer: Awaited<ReturnType<typeof callOwn<"engines.list">>>, done = "", anyway = false): void => {
    said.textContent = failed(answer) ? sentence(t, answer.error) : done;
    const before = JSON.stringify(all);
    if (!failed(answer)) all = answer.result;
    if (anyway || failed(answer) || JSON.stringify(all) !== before) draw();
  };
  /** Shown at once, so that a second press begins where the first one led. */
  const order = async (names: string[], pairs: Record<string, string[]>): Promise<void> => {
    if (!all) return;
    const mine = (all = { ...all, order: names, pairs });
    draw();
    const answer = await callOwn("engines.order", { order: names, pairs });
    if (all !== mine) return;
    take(answer, t("options_saved"));
    if (!failed(answer)) return;
    const stands = await callOwn("engines.list", {});
    if (!failed(stands)) all = stands.result;
    draw();
  };
  const load = async (anyway = false): Promise<void> => take(await callOwn("engines.list", {}), "", anyway);

  const saved = async (name: string, when: "first" | "last" | "press" | null, next: EnginesResult): Promise<void> => {
    all = next;
    trials.delete(name);
    if (when) await order(placed(next.order, name, when), next.pairs);
    else take({ result: next }, t("options_saved"), true);
    const plain = all?.engines.find((engine) => engine.name === name && engine.unencrypted);
    if (plain) said.textContent += ` ${t("options_engine_unencrypted", { host: plain.destination })}`;
    document.getElementById(`engine-${name}-test`)?.focus();
  };

  const acts = {
    move: (name: string, by: -1 | 1): void => {
      if (all) void order(moved(all.order, shown(all).filter((each) => all?.order.includes(each.name)).map((each) => each.name), name, by), all.pairs);
    },
    turn: (name: string, on: boolean): void => {
      if (!all) return;
      const names = placed(all.order, name, on ? "last" : "press");
      // an order without anybody would mean the usual one
      if (names.length) return void order(names, all.pairs);
      said.textContent = t("options_engine_one_stays");
      draw();
    },
    change: (engine: EnginesResult["engines"][number]): void => {
      if (all) form.open(all, engine);
    },
    remove: (name: string): void => void callOwn("engines.remove", { name }).then((answer) => take(answer, t("options_engine_removed"))),
    tried: (): void => void load(true),
  };

  /** Said before a seller waits for a package that nobody makes. */
  const nameLacks = async (): Promise<void> => {
    const seller = frame.own.settings.seller_language;
    const sentences: string[] = [];
    for (const engine of ["argos", "bergamot"] as const) {
      const answer = await callOwn("languages.list", { engine });
      const codes = failed(answer) ? [] : without(LANGUAGES, seller, answer.result, engine === "argos" ? argos.lacks : null);
      if (codes.length) sentences.push(t("options_engine_lacks", { engine: t(`options_engine_name_${engine}`), languages: new Intl.ListFormat(frame.tag).format(codes.map((code) => languageName(code, frame.locale))) }));
    }
    lacks.textContent = sentences.join(" ");
  };

  const update = (): void => {
    const now = frame.own.state.link === "ready";
    if (now === connected) return;
    connected = now;
    if (now) {
      void nameLacks();
      void Promise.all([load(), browser.load()]).then(() => {
        // what the browser just said was news to the companion
        if (browser.usable !== all?.engines.find(({ kind }) => kind === "browser")?.ready) void load();
      });
      return;
    }
    all = null;
    form.close();
    draw();
    lacks.textContent = "";
    said.textContent = t("options_keys_away");
  };
  return { node, update };
}
