// The translation memory of a shop: what the seller wrote and what went out, found again for the next message like it.

import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import { callOwn, importOwn } from "../../../shared/own";
import type { MemorySearchResult, MemoryUnit } from "../../../shared/protocol.gen";
import { direction, when } from "../../format";
import { failed, sentence, type Frame } from "../../frame";
import { sureButton } from "../../options/sure";
import { searchField } from "./field";
import { exchangeRow, exportName } from "./files";
import type { ShopChoice } from "./shops";

const PAGE = 50;

export class Memory {
  readonly node: HTMLElement;
  private readonly items = h("ul", { class: "list" });
  private readonly foot = h("div", {});
  private readonly said = h("p", { class: "soft small", role: "status" });
  private readonly field;
  private turn = 0;

  constructor(
    private readonly frame: Frame,
    private readonly shops: ShopChoice,
  ) {
    const { t } = frame;
    this.field = searchField(t("wording_search_pairs"), t("wording_search_pairs_hint"), () => void this.refresh());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.items.querySelector("button")?.focus();
    });
    const files = exchangeRow(frame, {
      endings: ["tmx"],
      exports: [
        {
          label: t("wording_export", { format: "TMX" }),
          ending: "tmx",
          type: "application/xml",
          name: () => exportName("memory", shops.shop.shop, "tmx", new Date()),
          piece: (offset) => callOwn("memory.export", { shop: shops.shop, offset }),
        },
      ],
      take: async (content) => {
        const answer = await importOwn("memory.import", { shop: shops.shop, content });
        return failed(answer) ? answer : { result: t("wording_pairs_imported", { ...answer.result }) };
      },
      taken: () => void this.refresh(),
    });
    this.node = h("section", { class: "wording", "aria-label": t("wording_memory") }, this.field, this.said, this.items, this.foot, files);
  }

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const { t } = this.frame;
    const query = this.field.value.trim();
    const answer = await callOwn("memory.search", { shop: this.shops.shop, query, limit: PAGE });
    if (turn !== this.turn) return;
    if (failed(answer)) {
      fill(this.items);
      fill(this.foot, h("p", { class: "notice bad", role: "alert" }, sentence(t, answer.error)));
      this.said.textContent = "";
      return;
    }
    const { units, count } = answer.result;
    fill(this.items, ...units.map((unit) => this.line(unit)));
    this.said.textContent = count > 0 && units.length === 0 ? t("wording_pairs_none", { query }) : count > 0 ? t(count === 1 ? "wording_pair_count" : "wording_pairs_count", { count }) : "";
    if (count === 0) fill(this.foot, h("div", { class: "empty teach" }, h("h2", {}, t("wording_pairs_empty")), h("p", { class: "soft" }, t("wording_pairs_empty_help"))));
    else this.more(answer.result, query, turn);
  }

  private more({ more }: MemorySearchResult, query: string, turn: number): void {
    const load = async (): Promise<void> => {
      const answer = await callOwn("memory.search", { shop: this.shops.shop, query, limit: PAGE, before: more });
      if (failed(answer) || turn !== this.turn) return;
      const lines = answer.result.units.map((unit) => this.line(unit));
      this.items.append(...lines);
      lines[0]?.querySelector("button")?.focus();
      this.more(answer.result, query, turn);
    };
    fill(this.foot, more !== 0 && h("button", { class: "quiet", onclick: () => void load() }, this.frame.t("panel_more")));
  }

  private async remove(unit: MemoryUnit, line: HTMLElement): Promise<void> {
    const answer = await callOwn("memory.remove", { ids: [unit.id] });
    if (failed(answer)) return void (this.said.textContent = sentence(this.frame.t, answer.error));
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("button");
    if (next) next.focus();
    else this.field.focus();
    line.remove();
    await this.refresh();
  }

  private line(unit: MemoryUnit): HTMLElement {
    const { t, locale } = this.frame;
    const languages = `${languageName(unit.source, locale)} → ${languageName(unit.target, locale)}`;
    const line = h(
      "li",
      { class: "entry", "data-pair": unit.id },
      h(
        "div",
        {},
        h("p", { lang: unit.source, dir: direction(unit.source) }, unit.said),
        h("p", { class: "told", lang: unit.target, dir: direction(unit.target) }, unit.told),
        h("p", { class: "soft small" }, `${languages} · ${when(unit.at, this.frame)}`),
      ),
      h("div", { class: "row" }, sureButton(t("wording_remove"), t("wording_remove_sure"), () => void this.remove(unit, line))),
    );
    return line;
  }
}
