// The backups there are, and one at a click.

import { call } from "./api.js";
import { h, repeat } from "./dom.js";
import { say } from "./notice.js";
import { exactly, sorry, size, t, when } from "./texts.js";

/** While one is made this page asks so often, in ms. */
const LOOK_MS = 1500;
/** Bytes; less would be told as 0 MB. */
const LEAST_SHOWN = 1e5;

/** The card of the overview and of the page about keeping; `after` a backup was made. It fills itself, since the folder may be on a disk that sleeps; hidden where no backups are made. */
export function backups(signal, after = () => {}, more = false) {
  let state = null;
  const words = h("div", {});
  const button = h("button", { type: "button", onclick: begin }, t("dash_backup_now"));

  function draw() {
    const running = state.state === "running";
    button.disabled = running;
    button.textContent = t(running ? "dash_backup_running" : "dash_backup_now");
    const last = state.count > 0 && h("p", {}, t("dash_backup_last", { time: when(state.last_at), count: state.count, size: size(Math.max(state.bytes, LEAST_SHOWN)) }));
    if (last) last.title = exactly(state.last_at);
    const other = state.elsewhere > 0 && h("p", { title: exactly(state.elsewhere_at) }, t("dash_backup_elsewhere", { count: state.elsewhere, time: when(state.elsewhere_at), folder: state.elsewhere_folder }));
    const away = state.away.length > 0 && h("p", { class: "soft small" }, t("dash_backup_away", { folders: state.away.join(t("dash_backup_and")) }));
    const none = !state.away.includes(state.folder) && h("p", {}, t(other || away ? "dash_backup_none_here" : "dash_backup_none"));
    words.replaceChildren(...[
      last || none,
      h("p", { class: "soft small" }, state.folder),
      other,
      away,
      h("p", { class: "soft small" }, [t(state.daily ? "dash_backup_daily" : "dash_backup_not_daily"), t(state.sealed ? "dash_backup_sealed" : "dash_backup_open"), !state.own_folder && t("dash_backup_same_disk")].filter(Boolean).join(" ")),
      more && h("p", { class: "small" }, h("a", { href: "#keeping" }, t("dash_backup_more"))),
      state.state === "failed" && h("p", { class: "mend", role: "alert" }, sorry(state.error)),
    ].filter(Boolean));
  }

  async function begin() {
    try {
      state = await call("backup.start");
      draw();
      watch();
    } catch (error) {
      say(sorry(error), true);
    }
  }

  function watch() {
    const over = new AbortController();
    signal.addEventListener("abort", () => over.abort(), { signal: over.signal });
    repeat(async () => {
      const now = await call("backup.state").catch(() => state);
      if (over.signal.aborted) return;
      state = now;
      draw();
      if (state.state === "running") return;
      over.abort();
      if (state.state === "done") say(t("dash_backup_done"));
      after();
    }, LOOK_MS, over.signal);
  }

  const card = h("section", { class: "card", hidden: true }, h("div", { class: "head" }, h("h2", {}, t("dash_backup")), button), words);

  async function fill() {
    state = await call("backup.state").catch(() => null);
    if (state === null || signal.aborted) return;
    draw();
    card.hidden = false;
    if (state.state === "running") watch();
  }

  void fill();
  return { card, fill };
}
