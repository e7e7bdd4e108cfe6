// Importing what exists already: a file is dropped, shown as it was read, and taken in once the seller agrees.

import { call, upload } from "./api.js";
import { MOST_BYTES } from "./check_run.js";
import { dropZone } from "./drop.js";
import { h, icon } from "./dom.js";
import { given } from "./import_given.js";
import { columns, counts, samples, wrong } from "./import_seen.js";
import { say } from "./notice.js";
import { number, size, sorry, t } from "./texts.js";

const KINDS = ".csv,.tsv,.txt,.xlsx,.xlsm,.eml,.mbox,.mbx,.html,.htm,.jsonl,.ndjson";
/** How soon the companion is asked how far it is, and how often later, in ms. */
const FIRST_MS = 60;
const PAUSE_MS = 400;
const WORKING = new Set(["looking", "importing"]);

/** Headers the seller chose a field for; they may look at another page meanwhile. */
let chosen = {};

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export async function importing(signal) {
  const said = await given(() => void again());
  /** What was said when the file was looked at last. */
  let looked = null;
  let working = false;
  let dirty = false;

  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1, "aria-label": t("dash_import_progress") });
  const stop = h("button", { type: "button", class: "quiet", onclick: () => call("import.cancel").catch((error) => say(sorry(error), true)) }, t("dash_import_stop"));
  const progress = h("div", { class: "progress", hidden: true }, h("div", { class: "head" }, label, stop), bar);
  const name = h("h2", { dir: "auto", tabindex: "-1" });
  const told = h("div", { role: "status" });
  const place = h("div", { class: "seen" });
  const go = h("button", { type: "button", class: "main", onclick: () => void take() });
  const other = h("button", { type: "button", class: "quiet", onclick: () => void forget() }, t("dash_import_other"));
  const acts = h("div", { class: "acts" }, go, other);
  const card = h("section", { class: "card importing", hidden: true }, name, progress, told, acts, place);
  const zone = dropZone({ icon: "paper", say: t("dash_import_drop"), choose: t("dash_import_choose"), kinds: KINDS, multiple: false, take: ([file]) => hand(file) });

  const asked = () => {
    const known = said.told();
    return known && { ...known, columns: chosen };
  };

  async function hand(file) {
    if (file.size > MOST_BYTES) return say(t("dash_import_too_large", { file: file.name, limit: size(MOST_BYTES) }), true);
    chosen = {};
    if (working) return say(t("dash_import_busy"), true);
    const about = asked();
    if (about === null) return;
    await work(about, async () => {
      const sha256 = await upload(file);
      return call("import.look", { ...about, sha256, name: file.name.slice(-200), modified: Math.max(0, file.lastModified / 1000) });
    });
    if (!signal.aborted) name.focus({ preventScroll: true });
  }

  /** Looks at the file again: something else was said of it. */
  async function again() {
    if (looked === null) return;
    dirty = working;
    const about = asked();
    if (about !== null && !working) await work(about, () => call("import.look", about));
  }

  async function take() {
    if (looked === null || working) return;
    await work(looked, () => call("import.start", looked));
    // the button that was pressed is no longer there
    if (!signal.aborted) name.focus({ preventScroll: true });
  }

  async function forget() {
    try {
      await call("import.forget");
      looked = null;
      card.hidden = true;
      zone.querySelector("button").focus();
    } catch (error) {
      say(sorry(error), true);
    }
  }

  /** Begins something and shows it until it is through. */
  async function work(about, begin) {
    working = true;
    try {
      let state = await begin();
      looked = about;
      for (let wait = FIRST_MS; ; wait = Math.min(2 * wait, PAUSE_MS)) {
        if (signal.aborted) return;
        show(state);
        if (!WORKING.has(state.state)) break;
        await pause(wait);
        state = await call("import.state");
      }
    } catch (error) {
      say(error.code === "busy" ? t("dash_import_busy") : sorry(error), true);
    } finally {
      working = false;
    }
    if (dirty) {
      dirty = false;
      await again();
    }
  }

  function show(state) {
    card.hidden = false;
    name.textContent = state.name;
    const at = WORKING.has(state.state);
    progress.hidden = !at;
    for (const button of [go, other]) button.disabled = at;
    if (at) {
      const words = t(state.state === "looking" ? "dash_import_looking" : "dash_import_taking", { done: number(state.done), total: number(state.total) });
      if (label.textContent !== words) label.textContent = words;
      if (state.total) bar.value = state.done / state.total;
      else bar.removeAttribute("value");
      return;
    }
    const { report, problem } = state;
    const over = report !== null && !report.dry_run;
    const half = state.state === "stopped" && !over;
    const words = problem ? line("fail", wrong(problem)) : half ? line("warn", t("dash_import_look_stopped"))
      : over && line(state.state === "done" ? "ok" : "warn", t(state.state === "done" ? "dash_import_done" : "dash_import_stopped"));
    if (problem?.key.startsWith("error_messages_encoding")) said.unfold();
    told.replaceChildren(...[words, report && !half && counts(report)].filter(Boolean));
    // a stopped import goes on with the same press; of a file with a fault nothing can be taken
    go.hidden = !state.held || half || report === null || (report.dry_run && report.new === 0);
    go.textContent = over ? t("dash_import_go_on") : t("dash_import_take", { count: number(report?.new ?? 0) });
    other.textContent = t(state.held ? "dash_import_other" : "dash_import_close");
    const focused = document.activeElement?.dataset?.column;
    const shown = over ? [] : [columns(state.columns, (header, field) => {
      chosen = { ...chosen, [header]: field };
      void again();
    }), report && samples(report)];
    place.replaceChildren(...shown.filter(Boolean));
    // the columns are made anew; whoever uses keys stays where they were
    if (focused) [...place.querySelectorAll("select")].find((each) => each.dataset.column === focused)?.focus();
  }

  // a file that misses the field must not take the place of the dashboard
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault(), { signal });
  const before = await call("import.state");
  if (before.state !== "idle") {
    const about = asked();
    if (WORKING.has(before.state)) void work(about, async () => before);
    else if (before.held) void work(about, () => call("import.look", about));
    else show(before);
  }
  return [
    h("div", { class: "talk-head" }, h("a", { class: "back", href: "#search", "aria-label": t("dash_back") }, icon("back")), h("h1", { tabindex: "-1" }, t("dash_import"))),
    h("p", { class: "lead" }, t("dash_import_lead")),
    h("section", { class: "card bulk" }, zone, h("p", { class: "soft small" }, t("dash_import_kinds", { size: size(MOST_BYTES) })), said.node),
    card,
  ];
}

const line = (state, words) => h("p", { class: `outcome-line ${state}` }, h("span", { class: "mark" }, icon(state)), h("span", { dir: "auto" }, words));
