// One finding as a card: how grave it is, why, where that is known from, and what can be done about it.

import { fill, h } from "../shared/dom";
import type { T } from "../shared/i18n";
import type { CheckFinding } from "./finding";

/** What the wire takes as a reason, in characters. */
const LONGEST_REASON = 300;

export interface CardActs {
  /** Puts `text` in the place of what was found, "" takes it out. Gives "" when done, else the sentence to say. */
  repair?: ((text: string) => Promise<string>) | undefined;
  /** Keeps why the rule does not count here. Gives "" when done, else the sentence to say. */
  waive?: ((reason: string, everywhere: boolean) => Promise<string>) | undefined;
  /** What "only here" is called; without it a reason counts everywhere. */
  here?: string | undefined;
  /** Puts a way to leave on the card. */
  close?: (() => void) | undefined;
}

/** The card stands alone or in a list; its looks are `CARD`, below `BASE`. */
export function findingCard(t: T, finding: CheckFinding, acts: CardActs): HTMLElement {
  const said = h("p", { class: "said", role: "status", part: "said" });
  const place = h("div", { class: "acts" });
  const level = t(`check_level_${finding.level}`);
  let busy = false;
  /** One thing at a time: a second press while the first is under way would do it twice. */
  const once = (work: () => Promise<string>, done: string) => async (): Promise<void> => {
    if (busy) return;
    busy = true;
    said.textContent = await work();
    busy = false;
    if (said.textContent !== "") return;
    said.textContent = t(done);
    fill(place);
  };
  const offer = (): void => fill(place, ...repairs(t, finding, acts, once), acts.waive && !finding.waiver && h("button", { type: "button", class: "quiet", part: "waive", onclick: ask }, t("finding_waive")));
  const ask = (): void => {
    const form = reasonForm(t, acts, (reason, everywhere) => void once(() => (acts.waive as NonNullable<CardActs["waive"]>)(reason, everywhere), "finding_waived")(), offer);
    fill(place, form);
    form.querySelector("textarea")?.focus({ preventScroll: true });
  };
  offer();
  return h(
    "article",
    { class: `finding ${finding.level}`, "data-rule": finding.rule, "aria-label": `${level}: ${finding.text}` },
    h("div", { class: "top" }, h("span", { class: "level", part: "level" }, level), finding.text !== "" && h("q", { dir: "auto" }, finding.text), closer(t, acts)),
    h("p", { part: "why" }, finding.message),
    h("p", { class: "fix", part: "fix" }, h("b", {}, t("finding_fix")), " ", finding.fix),
    finding.waiver !== "" && h("p", { class: "reason", part: "reason" }, t("finding_reason", { reason: finding.reason })),
    place,
    said,
    h("p", { class: "source", part: "source" }, sourceOf(t, finding)),
  );
}

type Once = (work: () => Promise<string>, done: string) => () => Promise<void>;

function repairs(t: T, finding: CheckFinding, { repair }: CardActs, once: Once): HTMLElement[] {
  if (!repair || finding.start === finding.end) return [];
  const button = (part: string, label: string, text: string, looks = ""): HTMLElement => h("button", { type: "button", class: looks, part, onclick: () => void once(() => repair(text), "finding_repaired")() }, label);
  const instead = finding.alternatives.map((text) => button("repair", t("finding_replace", { text }), text, "go"));
  return [...instead, button("remove", t("finding_remove"), "")];
}

function reasonForm(t: T, { here }: CardActs, keep: (reason: string, everywhere: boolean) => void, back: () => void): HTMLFormElement {
  const reason = h("textarea", { rows: 2, maxlength: LONGEST_REASON, required: true, placeholder: t("finding_because_example"), "aria-label": t("finding_because"), part: "because" });
  const option = (value: string, label: string, checked: boolean): HTMLElement => h("label", {}, h("input", { type: "radio", name: "where", value, checked }), label);
  const form = h(
    "form",
    { class: "because" },
    h("label", { class: "label" }, t("finding_because")),
    reason,
    here !== undefined && h("div", { class: "where", role: "radiogroup" }, option("here", here, true), option("everywhere", t("finding_everywhere"), false)),
    h("div", { class: "acts" }, h("button", { class: "go", part: "keep" }, t("finding_keep")), h("button", { type: "button", part: "back", onclick: back }, t("finding_back"))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const why = reason.value.trim();
    if (why) keep(why, here === undefined || form.querySelector<HTMLInputElement>("[value=everywhere]")?.checked === true);
    else reason.focus({ preventScroll: true });
  });
  return form;
}

function closer(t: T, { close }: CardActs): HTMLElement | false {
  return close !== undefined && h("button", { type: "button", class: "x", part: "close", "aria-label": t("finding_close"), onclick: close }, "✕");
}

/** The day somebody looked, and the place: a link where it is an address of the web. */
function sourceOf(t: T, { source, as_of }: CheckFinding): HTMLElement {
  const [before = "", after = ""] = t("finding_source", { day: as_of }).split("{source}");
  return h("span", {}, before, hostOf(source) ? h("a", { href: source, target: "_blank", rel: "noopener noreferrer" }, hostOf(source)) : source, after);
}

function hostOf(source: string): string {
  try {
    const { protocol, host } = new URL(source);
    return /^https?:$/.test(protocol) ? host : "";
  } catch {
    return "";
  }
}

export const CARD = `
.light{--bad:#b3261e;--badface:#fdeceb}
.dark{--bad:#ff9c94;--badface:#45211e}
.finding{display:grid;gap:6px;min-width:0;border-inline-start:3px solid var(--tone);padding-inline-start:10px}
.error{--tone:var(--bad);--toneface:var(--badface)}
.warning{--tone:var(--warn);--toneface:var(--warnface)}
.suggestion{--tone:var(--mark);--toneface:var(--tint)}
.finding p{margin:0;overflow-wrap:anywhere}
.finding .top{display:flex;align-items:baseline;gap:8px;min-width:0}
.level{flex:none;display:inline-block;color:var(--tone);background:var(--toneface);border-radius:4px;padding:0 6px;font-weight:600;font-size:12px}
.finding q{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:600}
.finding .x{margin-inline-start:auto;border:0;background:none;padding:0 4px}
.acts{display:flex;flex-wrap:wrap;gap:6px}
.acts:empty,.said:empty{display:none}
.acts button{white-space:normal;text-align:start;overflow-wrap:anywhere;min-width:0}
.acts .quiet{border-color:transparent;background:none;color:var(--mark);padding-inline:4px}
.source,.reason,.label{color:var(--soft);font-size:12px}
.source a{color:inherit}
.said{font-size:12px;font-weight:600;color:var(--tone)}
.because{display:grid;gap:6px;flex:1;min-width:0}
.because textarea{width:100%;resize:vertical;border:var(--edge);border-radius:6px;background:var(--face);padding:4px 8px}
.where{display:flex;flex-wrap:wrap;gap:4px 14px}
.where label{display:flex;gap:5px;align-items:center}
`;
