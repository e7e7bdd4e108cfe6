// The backups of the folder, each to be tried: restored for a moment beside the archive, and looked at.

import { call } from "./api.js";
import { h, icon, repeat } from "./dom.js";
import { say } from "./notice.js";
import { exactly, size, sorry, t, when } from "./texts.js";

const LOOK_MS = 700;
/** Bytes; less would be told as 0 MB. */
const LEAST_SHOWN = 1e5;
/** Backups shown at first. */
const SHOWN = 5;

export function backupList(settings, signal) {
  const rows = h("ul", { class: "rows" });
  const bar = h("progress", { max: 1 });
  const label = h("p", { role: "status" });
  const running = h("div", { class: "progress", hidden: true }, label, bar);
  const told = h("div", { role: "status" });
  const all = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => draw(found.length) }, t("dash_recent_all"));
  const aside = h("details", { hidden: true });
  const card = h("section", { class: "card", hidden: true }, h("h2", {}, t("dash_backups")), h("p", { class: "soft" }, t("dash_backups_lead")), running, told, rows, all, aside);
  let found = [];
  /** Where a passphrase is asked for, by the backup's name: it stays while the list is drawn anew. */
  const places = new Map();

  const row = (one) => {
    const place = places.get(one.name) ?? h("div", {});
    places.set(one.name, place);
    const facts = [size(Math.max(one.bytes, LEAST_SHOWN)), t(one.sealed ? "dash_backup_is_sealed" : "dash_backup_is_open"), !one.mine && t("dash_backup_not_mine")];
    return h("li", { class: "stack" }, h("span", { class: "badge" }, icon(one.sealed ? "lock" : "keeping")),
      h("div", { class: "grow" }, h("p", { class: "strong", title: exactly(one.at) }, when(one.at)), h("p", { class: "soft small" }, facts.filter(Boolean).join(" · ")), place),
      h("button", { type: "button", "data-prove": true, disabled: !running.hidden, "aria-label": `${t("dash_backup_prove")} ${when(one.at)}`, onclick: () => prove(one, place) }, t("dash_backup_prove")));
  };

  function draw(most) {
    rows.replaceChildren(...found.slice(0, most).map(row));
    all.hidden = found.length <= most;
    card.hidden = found.length === 0 && aside.hidden;
  }

  async function prove(one, place, passphrase = null) {
    try {
      follow(await call("backup.prove", { name: one.name, passphrase }), one, place);
    } catch (error) {
      say(sorry(error), true);
    }
  }

  function follow(state, one, place) {
    const over = new AbortController();
    signal.addEventListener("abort", () => over.abort(), { signal: over.signal });
    told.replaceChildren();
    show(state);
    repeat(async () => {
      const now = await call("backup.proof").catch(() => null);
      if (!now || over.signal.aborted) return;
      show(now);
      if (now.state === "running") return;
      over.abort();
      if (now.state === "failed" && now.error.code === "backup_passphrase" && one) return ask(one, place);
      told.replaceChildren(now.proof ? verdict(now.proof) : h("p", { class: "mend", role: "alert" }, sorry(now.error)));
    }, LOOK_MS, over.signal);
  }

  function show(state) {
    running.hidden = state.state !== "running";
    for (const button of rows.querySelectorAll("[data-prove]")) button.disabled = !running.hidden;
    if (running.hidden) return;
    const stage = t(`dash_backup_stage_${state.stage || "opening"}`);
    if (label.textContent !== stage) label.textContent = stage;
    if (state.total) bar.value = state.done / state.total;
    else bar.removeAttribute("value");
  }

  /** A backup of before the passphrase was changed opens with the one of then. */
  function ask(one, place) {
    const field = h("input", { type: "password", autocomplete: "off", "aria-label": t("dash_backup_passphrase_of"), placeholder: t("dash_backup_passphrase_of") });
    const send = (event) => {
      event.preventDefault();
      place.replaceChildren();
      void prove(one, place, field.value);
    };
    place.replaceChildren(h("form", { class: "asked", onsubmit: send }, h("p", { class: "warned small" }, t(settings.sealed ? "dash_backup_other_passphrase" : "dash_backup_needs_passphrase")), field, h("button", { type: "submit" }, t("dash_backup_prove"))));
    field.focus();
  }

  async function fill() {
    const [listed, copies] = await Promise.all([call("backup.list").catch(() => []), call("keeping.copies").catch(() => null)]);
    // what is the same stays: somebody may be about to press it
    const same = JSON.stringify(listed) === JSON.stringify(found);
    found = listed;
    aside.hidden = !copies?.asides.length;
    if (!aside.hidden) {
      aside.replaceChildren(h("summary", {}, t("dash_asides", { count: copies.asides.length })), h("p", { class: "soft small" }, t("dash_asides_more")),
        h("ul", {}, copies.asides.map((one) => h("li", { class: "small" }, `${when(one.at)} · ${size(Math.max(one.bytes, LEAST_SHOWN))} · `, h("span", { class: "origin" }, one.path)))));
    }
    if (same) card.hidden = found.length === 0 && aside.hidden;
    else draw(SHOWN);
    const state = await call("backup.proof").catch(() => null);
    if (state?.state === "running" && running.hidden) follow(state, null, null);
  }

  return { card, fill };
}

function verdict(proof) {
  const state = proof.sound ? "ok" : "fail";
  const lines = [
    t("dash_proof_holds", { time: when(proof.made_at), threads: proof.threads, messages: proof.messages, pictures: proof.pictures }),
    !proof.restorable && t("error_backup_damaged", { path: when(proof.made_at), problem: proof.problem }),
    proof.missing > 0 && t("dash_proof_missing", { count: proof.missing }),
    proof.findings > 0 && t("dash_proof_findings", { count: proof.findings }),
    proof.continued === false && t("dash_proof_differs"),
  ];
  return h("div", { class: `check ${state}` }, h("span", { class: "mark", role: "img", "aria-label": t(`dash_state_${state}`) }, icon(state)),
    h("div", {}, h("p", { class: "strong" }, t(proof.sound ? "dash_proof_sound" : "dash_proof_wrong")), lines.filter(Boolean).map((line) => h("p", { class: "small" }, line))));
}
