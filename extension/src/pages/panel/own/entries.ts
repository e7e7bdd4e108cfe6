// A list of what the seller entered, with a form above it: add, change, remove.

import { fill, h } from "../../../shared/dom";
import type { Answer } from "../../../shared/messages";
import { failed, sentence, type Frame } from "../../frame";
import { sureButton } from "../../options/sure";

/** `problem`: the end of a text's key (`ownrules_problem_…`). */
export type Made<Entry> = { entry: Entry } | { problem: string };

export interface Kind<Entry extends { id?: string }> {
  name: "word" | "brand";
  /** "" = a new one. */
  idOf: (entry: Entry) => string;
  called: (entry: Entry) => string;
  load: () => Promise<Answer<Entry[]>>;
  line: (entry: Entry) => HTMLElement[];
  /** Fields of the form, the first one to be typed into, and what they make. */
  fields: (entry: Entry | null) => { nodes: HTMLElement[]; first: HTMLElement; made: () => Made<Entry> };
  put: (entry: Entry) => Promise<Answer<unknown>>;
  remove: (id: string) => Promise<Answer<unknown>>;
}

export class Entries<Entry extends { id?: string }> {
  readonly node: HTMLElement;
  private readonly items = h("ul", { class: "list" });
  private readonly said = h("p", { class: "soft small", role: "status" });
  private readonly place = h("div", {});
  private readonly add: HTMLButtonElement;
  private turn = 0;

  constructor(
    private readonly frame: Frame,
    private readonly kind: Kind<Entry>,
  ) {
    const { t } = frame;
    this.add = h("button", { class: "main", "data-do": "add", onclick: () => this.edit(null) }, t(`ownrules_add_${kind.name}`));
    this.node = h("section", { class: "wording", "aria-label": t(`ownrules_${kind.name}s`) }, h("p", { class: "soft small" }, t(`ownrules_${kind.name}s_lead`)), h("div", {}, this.add), this.place, this.said, this.items);
  }

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const answer = await this.kind.load();
    if (turn !== this.turn) return;
    if (failed(answer)) return this.say(sentence(this.frame.t, answer.error), true);
    this.say(answer.result.length > 0 ? this.frame.t("ownrules_count_words", { count: answer.result.length }) : this.frame.t(`ownrules_${this.kind.name}s_none`));
    fill(this.items, ...answer.result.map((entry) => this.line(entry)));
  }

  private edit(entry: Entry | null): void {
    const { t } = this.frame;
    const { nodes, first, made } = this.kind.fields(entry);
    const wrong = h("p", { class: "notice bad small", role: "alert", hidden: true });
    let busy = false;
    const submit = async (): Promise<void> => {
      // a second press while the first is on its way would enter it twice
      if (busy) return;
      busy = true;
      const found = made();
      const problem = "problem" in found ? t(`ownrules_problem_${found.problem}`) : await this.save(found.entry);
      wrong.hidden = problem === "";
      fill(wrong, problem);
      busy = false;
    };
    const title = t(`ownrules_${entry ? "change" : "add"}_${this.kind.name}`);
    const form = h(
      "form",
      { class: "card term-form", "aria-label": title, onsubmit: (event) => (event.preventDefault(), void submit()) },
      h("h2", {}, title),
      ...nodes,
      wrong,
      h("div", { class: "actions" }, h("button", { type: "submit", class: "main" }, t("ownrules_save")), h("button", { type: "button", onclick: () => this.close() }, t("ownrules_cancel"))),
    );
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.close();
    });
    fill(this.place, form);
    this.add.hidden = true;
    form.scrollIntoView({ block: "nearest" });
    first.focus();
  }

  private close(): void {
    fill(this.place);
    this.add.hidden = false;
    this.add.focus();
  }

  /** What went wrong, "" when it is kept. */
  private async save(entry: Entry): Promise<string> {
    const form = this.place.firstChild;
    const answer = await this.kind.put(entry);
    if (failed(answer)) return sentence(this.frame.t, answer.error);
    // the list first: what is pressed in it once "saved" is said must not be drawn anew under the finger
    await this.refresh();
    if (this.place.firstChild === form) this.close();
    this.say(this.frame.t("ownrules_saved"));
    return "";
  }

  private async remove(id: string, line: HTMLElement): Promise<void> {
    const answer = await this.kind.remove(id);
    if (failed(answer)) return this.say(sentence(this.frame.t, answer.error), true);
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("button");
    (next ?? this.add).focus();
    await this.refresh();
  }

  private say(words: string, bad = false): void {
    this.said.className = bad ? "notice bad small" : "soft small";
    this.said.textContent = words;
  }

  private line(entry: Entry): HTMLElement {
    const { t } = this.frame;
    const id = this.kind.idOf(entry);
    const line = h(
      "li",
      { class: "entry", "data-entry": id },
      h("div", {}, ...this.kind.line(entry)),
      h(
        "div",
        { class: "row" },
        h("button", { class: "quiet", "aria-label": t("ownrules_change_one", { name: this.kind.called(entry) }), onclick: () => this.edit(entry) }, t("ownrules_change")),
        sureButton(t("ownrules_remove"), t("ownrules_remove_sure"), () => void this.remove(id, line)),
      ),
    );
    return line;
  }
}

/** A field with its label above. */
export function labelled(frame: Frame, key: string, field: HTMLElement): HTMLElement {
  field.id = `own-${key}`;
  return h("div", {}, h("label", { for: field.id }, frame.t(`ownrules_field_${key}`)), field);
}

/** Which of some are ticked. */
export function ticks<Value extends string>(label: string, choices: readonly (readonly [Value, string])[], now: readonly Value[]): { node: HTMLElement; chosen: () => Value[] } {
  const boxes = choices.map(([value]) => h("input", { type: "checkbox", id: `own-tick-${value}`, checked: now.includes(value) }));
  const rows = choices.map(([, title], at) => h("div", { class: "row" }, boxes[at] ?? null, h("label", { for: boxes[at]?.id ?? "" }, title)));
  return { node: h("fieldset", { class: "ticks" }, h("legend", {}, label), ...rows), chosen: () => choices.filter((_, at) => boxes[at]?.checked).map(([value]) => value) };
}

/** Marketplaces something counts on, folded until one is chosen: none = all. */
export function marketplaces(frame: Frame, now: readonly string[]): { node: HTMLElement; chosen: () => string[] } {
  const known = frame.own.marketplaces.map(({ name, title }) => [name, title] as const);
  const label = frame.t("ownrules_field_marketplaces");
  const { node, chosen } = ticks(label, known, now);
  // the summary says it already
  node.querySelector("legend")?.remove();
  node.setAttribute("aria-label", label);
  return { node: h("details", { open: now.length > 0 }, h("summary", {}, label), node), chosen };
}

/** The marketplaces something counts on, in words. */
export function onMarketplaces({ t, own }: Frame, names: readonly string[]): string {
  return names.length === 0 ? t("ownrules_everywhere") : names.map((name) => own.marketplaces.find((each) => each.name === name)?.title ?? name).join(", ");
}
