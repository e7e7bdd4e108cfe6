// A button for what cannot be taken back: the first press asks, the second does.

import { h } from "../../shared/dom";

const ASK_MS = 5_000;

export function sureButton(label: string, question: string, act: () => void): HTMLButtonElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const calm = (): void => {
    clearTimeout(timer);
    timer = undefined;
    button.textContent = label;
    button.className = "";
  };
  const button = h(
    "button",
    {
      "aria-live": "polite",
      onclick: (event) => {
        if ((event as UIEvent).detail > 1) return; // a double click has not read the question
        if (timer !== undefined) {
          calm();
          return act();
        }
        button.textContent = question;
        button.className = "danger";
        timer = setTimeout(calm, ASK_MS);
      },
    },
    label,
  );
  return button;
}
