// "This page is not read right": a masked capture as a file, shown before it is saved. Nothing is sent anywhere.

import type { Frame } from "../pages/frame";
import { fill, h } from "../shared/dom";
import { type Captured, fileName, takeMasked } from "./take";

/** As much of the file as is shown; a text field with megabytes in it stalls. */
const SHOWN = 200_000;

/** Fills `node` for the tab under the popup; hidden where there is no page to capture. */
export function drawCapture(node: HTMLDetailsElement, { t }: Frame, { tab, host }: { tab: number; host: string }): void {
  node.hidden = host === "";
  const result = h("div", { role: "status", class: "capture" });
  const button = h("button", { id: "capture", onclick: () => void take() }, t("popup_capture_make"));
  fill(node, h("summary", {}, t("popup_capture_title")), h("p", { class: "soft small" }, t("popup_capture_help")), button, result);

  async function take(): Promise<void> {
    button.disabled = true;
    fill(result, h("p", { class: "soft small" }, t("popup_capture_working")));
    const captured = await takeMasked(tab);
    button.disabled = false;
    if (captured === null) fill(result, h("p", { class: "notice bad" }, t("popup_capture_failed")));
    else show(captured);
  }

  function show({ html, bytes, truncated }: Captured): void {
    // shown as plain text: the page's own markup is never drawn in a page of ours
    const save = h("a", { href: URL.createObjectURL(new Blob([html], { type: "text/html" })), download: fileName(host, new Date()) });
    fill(
      result,
      h("p", { class: "small" }, t("popup_capture_made", { size: Math.ceil(bytes / 1000) })),
      truncated && h("p", { class: "small" }, t("popup_capture_cut")),
      h("textarea", { readonly: true, rows: 8, spellcheck: "false", "aria-label": t("popup_capture_look") }, html.slice(0, SHOWN)),
      h("button", { class: "main", onclick: () => save.click() }, t("popup_capture_save")),
      h("p", { class: "soft small" }, t("popup_capture_send")),
    );
  }
}
