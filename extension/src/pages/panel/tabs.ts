// The views of the panel as a row of tabs: arrows, Home and End move between them, as people who use keys expect.

import { h } from "../../shared/dom";

export interface Tab<Id extends string> {
  id: Id;
  label: string;
}

export class Tabs<Id extends string> {
  readonly node: HTMLElement;
  private readonly buttons: Map<Id, HTMLButtonElement>;

  /** `panel`: id of the element whose content changes. */
  constructor(label: string, panel: string, tabs: readonly Tab<Id>[], choose: (id: Id) => void) {
    this.buttons = new Map(
      tabs.map(({ id, label }) => [id, h("button", { role: "tab", id: `tab-${id}`, "aria-controls": panel, onclick: () => choose(id) }, label)]),
    );
    this.node = h("div", { class: "tabs", role: "tablist", "aria-label": label }, ...this.buttons.values());
    this.node.addEventListener("keydown", (event) => {
      const ids = [...this.buttons.keys()];
      const next = stepped(event.key, ids.findIndex((id) => this.buttons.get(id) === document.activeElement), ids.length);
      const id = next === null ? undefined : ids[next];
      if (id === undefined) return;
      event.preventDefault();
      choose(id);
      this.buttons.get(id)?.focus();
    });
  }

  show(id: Id): void {
    for (const [each, button] of this.buttons) {
      button.setAttribute("aria-selected", String(each === id));
      button.tabIndex = each === id ? 0 : -1;
    }
  }
}

/** Which of `count` a key leads to from `at`; null when the key is for somebody else. */
export function stepped(key: string, at: number, count: number): number | null {
  if (at < 0) return null;
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
