// A place where files are dropped or chosen.

import { h, icon } from "./dom.js";

/** `take` gets the files; while it works, no others are taken. */
export function dropZone({ icon: sign, say, choose, kinds, multiple = true, take }) {
  const picker = h("input", { type: "file", accept: kinds, multiple, class: "unseen", tabindex: "-1", "aria-label": choose });
  const button = h("button", { type: "button", onclick: () => picker.click() }, choose);
  const zone = h("div", { class: "drop" }, icon(sign), h("p", { class: "strong" }, say), button, picker);
  const hand = async (files) => {
    if (button.disabled || files.length === 0) return;
    button.disabled = true;
    await take(files);
    button.disabled = false;
  };
  picker.addEventListener("change", () => hand([...picker.files]).finally(() => (picker.value = "")));
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    void hand([...event.dataTransfer.files]);
  });
  return zone;
}
