// Hands files to the companion one after the other and shows how far it is; what it found is fetched as it goes.

import { call, upload } from "./api.js";
import { h, icon } from "./dom.js";
import { say } from "./notice.js";
import { has, number, size, sorry, t } from "./texts.js";

/** Largest file, in bytes: the companion takes a little more. */
export const MOST_BYTES = 20_000_000;
/** How soon the companion is asked how far it is, and how often later, in ms: most files take no time. */
const FIRST_MS = 60;
const PAUSE_MS = 400;
const WORKING = new Set(["reading", "checking"]);

/** What is wrong with a file. */
const problem = (name, { key, data }) => t(has(key) ? key : "error_internal", { file: name, report: key, ...data });

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function running(known, report, signal) {
  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1 });
  const stop = h("button", { type: "button", class: "quiet", onclick: () => void halt() }, t("bulk_cancel"));
  const progress = h("div", { class: "progress", hidden: true }, h("div", { class: "head" }, label, stop), bar);
  const files = h("ul", { class: "files" });
  let stopped = false;
  let refused = [];

  async function halt() {
    stopped = true;
    try {
      await call("check.cancel");
      say(t("bulk_cancelled"));
    } catch (error) {
      say(sorry(error), true);
    }
  }

  function show(state, at, count) {
    progress.hidden = !WORKING.has(state.state);
    const key = state.state === "checking" ? "bulk_checking" : "bulk_uploading";
    const words = t(key, { name: state.file, done: number(state.done), total: number(state.total), at, count });
    if (label.textContent !== words) label.textContent = words;
    if (state.total) bar.value = state.done / state.total;
    else bar.removeAttribute("value");
    files.replaceChildren(...state.files.map(told), ...refused.map(([name, why]) => line("fail", t("bulk_too_large", { file: name, limit: why }))));
  }

  /** Waits until the companion is through with a file. */
  async function follow(state, at, count) {
    for (let wait = FIRST_MS; ; wait = Math.min(2 * wait, PAUSE_MS)) {
      show(state, at, count);
      await report.fill(state);
      if (signal.aborted || !WORKING.has(state.state)) return;
      await pause(wait);
      state = await call("check.state");
    }
  }

  async function take(chosen) {
    const told = known.told();
    if (told === null) return;
    stopped = false;
    refused = [];
    try {
      let state = await call("check.begin", told);
      report.clear();
      for (const [at, file] of chosen.entries()) {
        if (stopped || signal.aborted) return;
        if (file.size > MOST_BYTES) {
          refused.push([file.name, size(MOST_BYTES)]);
          show(state, at + 1, chosen.length);
          continue;
        }
        show({ ...state, state: "reading", file: file.name, total: 0 }, at + 1, chosen.length);
        const sha256 = await upload(file);
        if (stopped) return;
        state = await call("check.file", { sha256, name: file.name.slice(-200) });
        await follow(state, at + 1, chosen.length);
        state = await call("check.state");
      }
    } catch (error) {
      say(sorry(error), true);
    } finally {
      progress.hidden = true;
    }
  }

  return {
    node: h("div", {}, progress, files),
    take,
    /** Shows a check that was begun before this page was left. */
    async resume() {
      const state = await call("check.state");
      if (state.state === "idle") return;
      show(state, state.files.length + 1, state.files.length + 1);
      await report.fill(state);
      if (WORKING.has(state.state)) void follow(state, state.files.length + 1, state.files.length + 1).catch((error) => say(sorry(error), true));
    },
  };
}

function told({ name, listings, findings, problem: wrong }) {
  if (wrong) return line("fail", problem(name, wrong));
  const data = { name, count: number(listings), found: number(findings) };
  return findings > 0 ? line("warn", t("bulk_file_found", data)) : line("ok", t("bulk_file_clean", data));
}

const line = (state, words) => h("li", { class: state }, h("span", { class: "mark" }, icon(state)), h("span", { dir: "auto" }, words));
