// Hands files to the companion one after the other and shows how far it is; what it found is fetched as it goes.

import { call, upload } from "./api.js";
import { noted } from "./check_findings.js";
import { h, icon } from "./dom.js";
import { say } from "./notice.js";
import { has, number, size, sorry, t } from "./texts.js";

/** Largest file, in bytes: the companion takes a little more. */
export const MOST_BYTES = 20_000_000;
/** How soon the companion is asked how far it is, and how often later, in ms: most files take no time. */
const FIRST_MS = 60;
const PAUSE_MS = 400;
const WORKING = new Set(["reading", "checking"]);

/** The files on their way. It goes on while the seller looks at another page; `view` is the page that shows it. */
const run = { active: false, stopped: false, at: 0, count: 0, refused: [] };
let view = null;

/** What is wrong with a file. */
const problem = (name, { key, data }) => t(has(key) ? key : "error_internal", { file: name, report: key, ...data });

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function feed(files, told) {
  Object.assign(run, { active: true, stopped: false, at: 0, count: files.length, refused: [] });
  try {
    let state = await call("check.begin", told);
    view?.cleared();
    for (const file of files) {
      run.at += 1;
      if (file.size > MOST_BYTES) {
        run.refused.push(file.name);
        view?.show(state);
        continue;
      }
      view?.show({ ...state, state: "reading", file: file.name, total: 0 });
      const sha256 = await upload(file);
      if (run.stopped) return;
      state = await follow(await call("check.file", { sha256, name: file.name.slice(-200) }));
      if (run.stopped) return;
    }
  } catch (error) {
    say(sorry(error), true);
  } finally {
    run.active = false;
    view?.ended();
  }
}

/** Waits until the companion is through with a file. */
async function follow(state) {
  for (let wait = FIRST_MS; ; wait = Math.min(2 * wait, PAUSE_MS)) {
    await view?.show(state);
    if (!WORKING.has(state.state)) return state;
    await pause(wait);
    state = await call("check.state");
  }
}

export function running(known, report, signal) {
  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1 });
  const stop = h("button", { type: "button", class: "quiet", onclick: () => void halt() }, t("bulk_cancel"));
  const progress = h("div", { class: "progress", hidden: true }, h("div", { class: "head" }, label, stop), bar);
  const files = h("ul", { class: "files" });

  async function halt() {
    run.stopped = true;
    try {
      await show(await call("check.cancel"));
      say(t("bulk_cancelled"));
    } catch (error) {
      say(sorry(error), true);
    }
  }

  async function show(state) {
    progress.hidden = !WORKING.has(state.state);
    const key = state.state === "checking" ? "bulk_checking" : "bulk_uploading";
    const words = t(key, { name: state.file, done: number(state.done), total: number(state.total), at: Math.max(1, run.at), count: Math.max(1, run.count) });
    if (label.textContent !== words) label.textContent = words;
    if (state.total) bar.value = state.done / state.total;
    else bar.removeAttribute("value");
    files.replaceChildren(...state.files.map(told), ...run.refused.map((name) => line("fail", t("bulk_too_large", { file: name, limit: size(MOST_BYTES) }))));
    await report.fill(state);
  }

  view = { show, cleared: () => report.clear(), ended: () => (progress.hidden = true) };
  const mine = view;
  signal.addEventListener("abort", () => view === mine && (view = null));
  return {
    node: h("div", {}, progress, files),
    async take(chosen) {
      const told = known.told();
      if (told !== null) await feed(chosen, told);
    },
    /** Shows a check that was begun before this page was opened. */
    async resume() {
      const state = await call("check.state");
      if (state.state === "idle") return;
      await show(state);
      if (WORKING.has(state.state) && !run.active) void follow(state).catch((error) => say(sorry(error), true));
    },
  };
}

function told({ name, listings, findings, problem: wrong, notes }) {
  if (wrong) return line("fail", problem(name, wrong));
  const data = { name, count: number(listings), found: number(findings) };
  if (findings > 0) return line("warn", t("bulk_file_found", data), notes);
  return line(notes.length > 0 ? "warn" : "ok", t("bulk_file_clean", data), notes);
}

const line = (state, words, notes) => h("li", { class: state }, h("span", { class: "mark" }, icon(state)), h("div", { dir: "auto" }, words, noted(notes)));
