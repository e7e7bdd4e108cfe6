// Newest or best first, as a pair of buttons of which one is pressed.

import { h } from "../../shared/dom";
import type { SearchParams } from "../../shared/protocol.gen";
import type { Frame } from "../frame";

export type Sort = NonNullable<SearchParams["sort"]>;

export class Order {
  readonly node: HTMLElement;
  sort: Sort = "newest";
  private readonly buttons: readonly HTMLButtonElement[];

  constructor({ t }: Frame, changed: () => void) {
    this.buttons = (["newest", "best"] as const).map((sort) =>
      h("button", { "data-sort": sort, "aria-pressed": String(sort === this.sort), onclick: () => {
        this.sort = sort;
        for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset["sort"] === sort));
        changed();
      } }, t(`search_sort_${sort}`)),
    );
    this.node = h("div", { class: "order", role: "group", "aria-label": t("search_sort") }, ...this.buttons);
  }
}
