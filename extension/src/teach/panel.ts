// What the panel shows in each state. Draws only; what a press does is the wizard's.

import { h } from "../shared/dom";
import type { T } from "../shared/i18n";
import type { TeachSaved } from "../shared/teach";
import type { ChatPage, ListingPage } from "../shared/protocol.gen";
import type { Recalled } from "./known";
import type { Lesson } from "./learn";
import { clip, showChat, showDoubts, showListing } from "./show";
import type { Kind, Step, StepId } from "./steps";
import { said } from "./tree";
import type { ChatTry, ListingTry } from "./tryout";

/** What the seller can press. */
export interface Presses {
  begin(kind: Kind): void;
  mend(): void;
  anew(): void;
  next(): void;
  skip(): void;
  back(): void;
  wider(): void;
  narrower(): void;
  again(): void;
  save(page: ChatPage | ListingPage): void;
  corner(): void;
  end(): void;
}

type Shown = (HTMLElement | false | null)[];
const only = (parts: Shown): HTMLElement[] => parts.filter((part): part is HTMLElement => part !== null && part !== false);

export function drawHead(t: T, press: Presses): HTMLElement {
  return h(
    "header",
    {},
    h("h2", {}, t("teach_title")),
    h("button", { class: "small", title: t("teach_corner"), "aria-label": t("teach_corner"), onclick: () => press.corner() }, "⤡"),
    h("button", { class: "small", part: "close", title: t("teach_close"), "aria-label": t("teach_close"), onclick: () => press.end() }, "✕"),
  );
}

export function drawKinds(t: T, press: Presses): HTMLElement[] {
  const kind = (which: Kind): HTMLElement => h("button", { part: `kind-${which}`, onclick: () => press.begin(which) }, t(`teach_kind_${which}`));
  return [h("h3", {}, t("teach_kind_ask")), h("p", { class: "soft" }, t("teach_kind_hint")), h("div", { class: "row" }, kind("chat"), kind("listing"))];
}

/** What there is of a page that is known already, and what of it is no longer found. */
export function drawKnown(t: T, page: ChatPage | ListingPage, recalled: readonly Recalled[], press: Presses): HTMLElement[] {
  const broken = recalled.filter(({ state }) => state === "lost" || state === "alike").length;
  const line = ({ step, state }: Recalled): HTMLElement => h("li", { class: state, "data-step": step, "data-state": state }, h("b", {}, t(`teach_thing_${step}`)), h("span", {}, t(`teach_known_${state}`)));
  return [
    h("h3", {}, t(broken ? "teach_known_changed" : "teach_known_whole")),
    h("p", { class: "soft" }, t(`teach_kind_${page.page}`)),
    h("ul", { class: "known", part: "known" }, ...recalled.filter(({ state }) => state !== "kept").map(line)),
    h("p", { class: "soft" }, t(broken ? "teach_known_mend_hint" : "teach_known_whole_hint")),
    h(
      "div",
      { class: "row" },
      broken > 0 && h("button", { class: "go", part: "mend", onclick: () => press.mend() }, t("teach_known_mend", { count: broken })),
      h("button", { part: "anew", onclick: () => press.anew() }, t("teach_known_anew")),
    ),
  ];
}

export interface Asking {
  step: Step;
  /** From 0. */
  at: number;
  all: number;
  chosen: Element | null;
  /** The choice is Seabridge's own, by the shape of the page; the seller has to say whether it is right. */
  offered: boolean;
  ready: boolean;
  said: string;
}

export function drawStep(t: T, { step, at, all, chosen, offered, ready, said: count }: Asking, press: Presses): HTMLElement[] {
  const adjust = (key: "wider" | "narrower" | "again"): HTMLElement => h("button", { class: "small", part: key, onclick: () => press[key]() }, t(`teach_${key}`));
  return only([
    h("p", { class: "soft" }, t("teach_step", { at: at + 1, all })),
    h("p", { role: "status", part: "ask", "data-step": step.id }, t(offered ? "teach_offer" : `teach_ask_${step.id}`, offered ? { thing: t(`teach_thing_${step.id}`) } : {})),
    h("p", { class: "count", "aria-live": "polite", part: "count" }, count),
    chosen !== null && said(chosen) !== "" && h("div", { class: "quote" }, clip(said(chosen))),
    step.at !== "" && !offered && h("p", { class: "soft" }, t("teach_keys")),
    chosen && h("div", { class: "row" }, adjust("wider"), adjust("narrower"), adjust("again")),
    h(
      "div",
      { class: "row" },
      h("button", { class: "go", part: "next", disabled: !ready, onclick: () => press.next() }, t(offered ? "teach_offer_yes" : "teach_next")),
      !step.need && h("button", { part: "skip", onclick: () => press.skip() }, t("teach_skip")),
      h("button", { part: "back", onclick: () => press.back() }, t("teach_back")),
    ),
  ]);
}

/** `failed`: why it was not kept; "" = nothing failed. */
export function drawTry(t: T, lesson: Lesson<ChatPage> | Lesson<ListingPage> | null, tried: ChatTry | ListingTry | null, busy: boolean, failed: string, press: Presses): HTMLElement[] {
  const back = h("button", { part: "back", onclick: () => press.back() }, t("teach_back"));
  if (!lesson || !tried) return [h("p", { class: "warn", role: "alert" }, t("teach_count_none")), h("div", { class: "row" }, back)];
  return only([
    h("p", { role: "status", part: "ask", "data-step": "try" satisfies StepId }, busy ? t("teach_saving") : t("teach_ask_try")),
    ...("rows" in tried ? showChat(t, tried) : showListing(t, tried)),
    ...showDoubts(t, lesson.doubts),
    failed !== "" && h("p", { class: "warn", role: "alert", part: "failed" }, failed),
    h("div", { class: "row" }, h("button", { class: "go", part: "save", disabled: busy || !tried.good, onclick: () => press.save(lesson.page) }, t("teach_save")), back),
  ]);
}

export function drawSaved(t: T, { folder, on }: TeachSaved, press: Presses): HTMLElement[] {
  return only([
    h("p", { role: "status", part: "saved" }, t("teach_saved")),
    !on && h("p", { class: "warn", part: "off" }, t("teach_saved_off", { host: location.host })),
    h("p", { class: "soft" }, t("teach_saved_folder")),
    h("code", { part: "folder" }, folder),
    h("p", { class: "soft" }, t("teach_saved_share")),
    h("div", { class: "row" }, h("button", { class: "go", part: "done", onclick: () => press.end() }, t("teach_done"))),
  ]);
}
