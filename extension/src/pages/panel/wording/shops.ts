// Whose glossary and memory: what all shops share, or one shop account.

import { fill, h } from "../../../shared/dom";
import { callOwn } from "../../../shared/own";
import type { ShopRef } from "../../../shared/protocol.gen";
import { failed, place, type Frame } from "../../frame";

export type Shop = Required<ShopRef>;
export const ALL: Shop = { marketplace: "", shop: "" };

/** Conversations looked through for shop accounts; the wire gives no more at once. */
const LOOKED_AT = 100;

/** The shop accounts in these conversations, each once, in the order met. */
export function shopsOf(threads: readonly Shop[]): Shop[] {
  const shops = new Map(threads.map(({ marketplace, shop }) => [shopKey({ marketplace, shop }), { marketplace, shop }]));
  shops.delete(shopKey(ALL));
  return [...shops.values()];
}

export function shopKey({ marketplace, shop }: Shop): string {
  return JSON.stringify([marketplace, shop]);
}

/** The choice of a shop above a view. */
export class ShopChoice {
  readonly node: HTMLElement;
  shop: Shop = ALL;
  private touched = false;
  private readonly select: HTMLSelectElement;
  private known: Shop[] = [];

  constructor(
    private readonly frame: Frame,
    /** What a seller sees who has not chosen: what all share, or the shop that wrote last. */
    private readonly first: "all" | "newest",
    changed: () => void,
  ) {
    this.select = h("select", { "aria-label": frame.t("wording_shop"), onchange: () => this.chosen(changed) });
    this.node = h("div", {}, this.select, h("p", { class: "soft small" }, frame.t("wording_shop_help")));
    this.draw();
  }

  async refresh(): Promise<void> {
    const answer = await callOwn("thread.list", { limit: LOOKED_AT });
    if (failed(answer)) return;
    const [newest] = shopsOf(answer.result.threads);
    if (this.first === "newest" && !this.touched && newest) this.shop = newest;
    this.learn(shopsOf(answer.result.threads));
  }

  choose(shop: Shop): void {
    this.touched = true;
    this.shop = shop;
    this.learn([shop]);
  }

  private chosen(changed: () => void): void {
    this.touched = true;
    this.shop = [ALL, ...this.known].find((each) => shopKey(each) === this.select.value) ?? ALL;
    changed();
  }

  private learn(shops: readonly Shop[]): void {
    this.known = shopsOf([...this.known, ...shops]);
    this.draw();
  }

  private draw(): void {
    const { t } = this.frame;
    // a choice between one thing is none
    this.node.hidden = this.known.length === 0;
    fill(this.select, h("option", { value: shopKey(ALL) }, t("wording_shop_all")), ...this.known.map((shop) => h("option", { value: shopKey(shop) }, this.nameOf(shop))));
    this.select.value = shopKey(this.shop);
  }

  private nameOf({ marketplace, shop }: Shop): string {
    return `${place({ marketplace, region: "" }, this.frame)} · ${shop || this.frame.t("wording_shop_nameless")}`;
  }
}
