// A search field that asks once typing pauses, and never for half a word of an input method.

import { h } from "../../../shared/dom";

/** Pause after the last key, in ms. */
const PAUSE_MS = 250;
const LONGEST = 200;

export function searchField(label: string, hint: string, ask: () => void): HTMLInputElement {
  const field = h("input", { type: "search", placeholder: hint, "aria-label": label, autocomplete: "off", spellcheck: "false", maxlength: LONGEST });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const typed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) typed();
  });
  field.addEventListener("compositionend", typed);
  return field;
}
