// Findings the seller excused: why, when, and whether their rule has changed since.

import { fill, h } from "../../../shared/dom";
import type { Answer } from "../../../shared/messages";
import { callOwn } from "../../../shared/own";
import type { Waiver } from "../../../shared/protocol.gen";
import { when } from "../../format";
import { failed, place, sentence, type Frame } from "../../frame";
import { sureButton } from "../../options/sure";

export class Waivers {
  readonly node: HTMLElement;
  private readonly items = h("ul", { class: "list" });
  private readonly said = h("p", { class: "soft small", role: "status" });
  private turn = 0;

  constructor(private readonly frame: Frame) {
    const { t } = frame;
    this.node = h("section", { class: "wording", "aria-label": t("ownrules_waivers") }, h("p", { class: "soft small" }, t("ownrules_waivers_lead")), this.said, this.items);
  }

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const answer = await callOwn("waivers.list", {});
    if (turn !== this.turn) return;
    if (failed(answer)) return this.say(sentence(this.frame.t, answer.error), true);
    const { waivers, outdated } = answer.result;
    this.say(waivers.length > 0 ? this.frame.t("ownrules_count_words", { count: waivers.length }) : this.frame.t("ownrules_waivers_none"));
    fill(this.items, ...waivers.map((waiver) => this.line(waiver, outdated.includes(waiver.id ?? ""))));
  }

  private async act(work: Promise<Answer<unknown>>, done: string): Promise<void> {
    const answer = await work;
    if (failed(answer)) return this.say(sentence(this.frame.t, answer.error), true);
    await this.refresh();
    this.say(this.frame.t(done));
  }

  private say(words: string, bad = false): void {
    this.said.className = bad ? "notice bad small" : "soft small";
    this.said.textContent = words;
  }

  private line(waiver: Waiver, outdated: boolean): HTMLElement {
    const { t } = this.frame;
    const { id = "", rule, text = "", reason, version = 0, pack = "", at = 0 } = waiver;
    // the same once more: it then carries the version that its rule has now
    const still = (): void => void this.act(callOwn("waivers.put", { waiver: { ...waiver, at: 0, version: 0, pack: "" } }), "ownrules_saved");
    return h(
      "li",
      { class: "entry", "data-entry": id },
      h(
        "div",
        {},
        h("p", {}, h("strong", { dir: "auto" }, text || t("ownrules_waiver_any"))),
        h("p", { dir: "auto" }, reason),
        outdated && h("p", { class: "notice warn small" }, t("ownrules_outdated")),
        h("p", { class: "soft small" }, [t("ownrules_waiver_rule", { rule, version, pack }), where(waiver, this.frame), t("ownrules_at", { date: when(at, this.frame) })].join(" · ")),
      ),
      h(
        "div",
        { class: "row" },
        outdated && h("button", { class: "quiet", onclick: still }, t("ownrules_still")),
        sureButton(t("ownrules_take_back"), t("ownrules_take_back_sure"), () => void this.act(callOwn("waivers.remove", { ids: [id] }), "ownrules_taken_back")),
      ),
    );
  }
}

/** What a waiver is for. */
export function where({ target, item = "", marketplace = "" }: Waiver, frame: Frame): string {
  const { t } = frame;
  const what = target === "message" ? t("ownrules_waiver_messages") : item ? t("ownrules_waiver_item", { item }) : t("ownrules_waiver_items");
  return marketplace ? `${what} · ${place({ marketplace, region: "" }, frame)}` : what;
}
