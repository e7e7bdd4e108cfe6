// A conversation, or what a search found, as a file: its kind and whether personal data is hidden, then the download.

import { call, download } from "./api.js";
import { h } from "./dom.js";
import { say } from "./notice.js";
import { offer } from "./saving.js";
import { locale, number, sorry, t } from "./texts.js";

const FORMATS = ["pdf", "xlsx", "csv", "html", "jsonl"];
/** How soon the companion is asked how far it is, and how often later, in ms: most files take no time. */
const FIRST_MS = 60;
const PAUSE_MS = 400;

/** The one file on its way. It is saved also when the seller looks at another page meanwhile; `view` shows it. */
let active = false;
let view = null;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits for the file and saves it. */
async function follow(state) {
  for (let wait = FIRST_MS; state.state === "running"; wait = Math.min(2 * wait, PAUSE_MS)) {
    view?.show(state);
    await pause(wait);
    state = await call("export.state");
  }
  if (state.problem) return say(t(state.problem.key, state.problem.data), true);
  if (state.state !== "done") return say(t("dash_export_stopped"));
  offer(state.name, await download(state.id));
  const done = t("dash_export_done", { name: state.name });
  if (state.boxes.length === 0) return say(done);
  const scripts = state.boxes.map((each) => t(`dash_script_${each}`)).join(t("dash_script_between"));
  say(`${done} ${t("dash_export_boxes", { scripts })}`, true);
}

async function make(asked) {
  active = true;
  view?.begun();
  try {
    await follow(await call("export.start", asked));
  } catch (error) {
    say(error.code === "busy" ? t("dash_export_busy") : sorry(error), true);
  } finally {
    active = false;
    view?.ended();
  }
}

/** The button that opens the choice, and the choice. `what` gives the conversation or the search. */
export function exporting(title, what, signal) {
  const mask = h("input", { type: "checkbox", id: "export-mask", "aria-describedby": "export-mask-more" });
  let pressed = null;
  const choose = (format) =>
    h("button", { type: "button", "data-format": format, onclick: (event) => {
      pressed = event.currentTarget;
      void make({ ...what(), format, masked: mask.checked, locale: locale() });
    } }, t(`dash_export_${format}`));
  const choices = FORMATS.map(choose);
  const label = h("p", { role: "status", class: "small" });
  const stop = h("button", { type: "button", class: "quiet", onclick: () => call("export.cancel").catch((error) => say(sorry(error), true)) }, t("dash_export_stop"));
  const progress = h("div", { class: "progress", hidden: true }, h("div", { class: "head" }, label, stop), h("progress", { "aria-label": t("dash_export") }));
  const panel = h("section", { class: "card export", id: "export", "aria-label": title, hidden: true },
    h("p", { class: "strong" }, title),
    h("p", { class: "tick" }, mask, h("label", { for: mask.id }, t("dash_export_mask")), h("span", { class: "soft small", id: "export-mask-more" }, t("dash_export_mask_more"))),
    h("div", { class: "exporting", role: "group", "aria-label": t("dash_export_kind") }, choices),
    h("p", { class: "soft small" }, t("dash_export_kinds")), progress);
  const button = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": panel.id, onclick: () => open(panel.hidden) }, t("dash_export"));

  function open(wanted) {
    panel.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) panel.scrollIntoView({ block: "nearest" });
  }
  const working = (on) => {
    for (const each of choices) each.disabled = on;
    progress.hidden = !on;
  };
  view = {
    begun: () => {
      label.textContent = t("dash_export_begun");
      working(true);
    },
    show: (state) => {
      const words = state.messages ? t("dash_export_at", { count: number(state.messages) }) : t("dash_export_begun");
      if (label.textContent !== words) label.textContent = words;
    },
    ended: () => {
      working(false);
      // a button that rests loses the focus; whoever uses keys stays where they were
      if (document.activeElement === document.body) pressed?.focus();
    },
  };
  const mine = view;
  signal.addEventListener("abort", () => view === mine && (view = null));
  if (active) {
    view.begun();
    open(true);
  }
  return {
    button,
    panel,
    /** Whether there is anything to export. */
    show(any) {
      button.hidden = !any;
      if (!any) open(false);
    },
  };
}
