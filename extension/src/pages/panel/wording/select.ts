// A word selected in a conversation can go into the glossary straight away.

import { h } from "../../../shared/dom";
import type { Frame } from "../../frame";
import { termIn } from "./term";

/** Offers it below `within` while a word of one message is selected there. */
export function offerTerm({ t }: Frame, within: HTMLElement, add: (text: string, language: string) => void): void {
  let chosen = { text: "", language: "" };
  const button = h("button", { class: "main select-term", "data-do": "select-term", onclick: () => add(chosen.text, chosen.language) });
  // the selection must not be gone before the press has ended
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    const found = selectedIn(within);
    if (!found) return button.remove();
    chosen = found;
    button.textContent = t("wording_select_add", { term: found.text });
    if (button.parentNode !== within) within.append(button);
  });
}

function selectedIn(within: HTMLElement): { text: string; language: string } | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const text = termIn(selection.toString());
  const { commonAncestorContainer: node } = selection.getRangeAt(0);
  const words = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(".bubble [dir]");
  if (text === "" || !words || !within.contains(words)) return null;
  return { text, language: words.lang };
}
