// Where backups go, whether daily, how many stay, and the passphrase that seals them.

import { call } from "./api.js";
import { h, twice } from "./dom.js";
import { say } from "./notice.js";
import { sorry, t } from "./texts.js";

const PAUSE_MS = 400;
const SHORTEST = 8;

async function change(changes, passphrase = null) {
  try {
    await call("keeping.change", { changes, passphrase });
  } catch (error) {
    say(sorry(error), true);
    return false;
  }
  say(t("dash_settings_saved"));
  return true;
}

/** `now`: keeping.settings; `changed` is called after every change. */
export function backupPlan(now, changed) {
  return h("section", { class: "card" }, h("h2", {}, t("dash_plan")),
    h("ul", { class: "rows" }, folder(now, changed), daily(now, changed), kept(now, changed), passphrase(now, changed)));
}

function folder(now, changed) {
  const field = h("input", { type: "text", id: "backup-folder", value: now.folder, autocomplete: "off", spellcheck: "false", dir: "ltr", maxlength: 1000, "aria-describedby": "backup-folder-more" });
  const save = h("button", { type: "submit", disabled: true }, t("dash_save"));
  const judged = h("div", { role: "status", class: "small" });
  let saved = now.folder;
  let timer = 0;
  const look = async () => {
    const typed = field.value;
    const choice = await call("keeping.folder", { folder: typed }).catch(() => null);
    if (!choice || typed !== field.value) return;
    const bad = choice.problem && t(`dash_folder_${choice.problem}`);
    const notes = [choice.made && t("dash_folder_made"), choice.place !== "ordinary" && t(`dash_folder_${choice.place}`), choice.same_disk && t("dash_folder_same_disk")];
    judged.replaceChildren(...(bad ? [h("p", { class: "bad" }, bad)] : notes.filter(Boolean).map((note) => h("p", { class: "warned" }, note))));
    save.disabled = Boolean(bad) || typed === saved;
  };
  field.addEventListener("input", () => {
    save.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  const keep = async (event) => {
    event.preventDefault();
    save.disabled = true;
    if (!(await change({ folder: field.value }))) return;
    saved = field.value = (await call("keeping.settings")).folder;
    changed();
  };
  void look();
  return h("li", {}, h("form", { class: "grow", onsubmit: keep }, h("label", { for: "backup-folder", class: "strong" }, t("dash_folder")), h("p", { class: "soft", id: "backup-folder-more" }, t("dash_folder_more")),
    h("div", { class: "asked" }, field, save), judged));
}

function daily(now, changed) {
  const box = h("input", { type: "checkbox", role: "switch", id: "backup-daily", checked: now.plan.daily, "aria-describedby": "backup-daily-more" });
  box.addEventListener("change", async () => {
    if (await change({ daily: box.checked })) changed();
    else box.checked = !box.checked;
  });
  return h("li", {}, h("div", { class: "grow" }, h("label", { for: "backup-daily", class: "strong" }, t("dash_daily")), h("p", { class: "soft", id: "backup-daily-more" }, t("dash_daily_more"))), box);
}

/** Bounds as the companion takes them. */
const COUNTS = [["days", 1, 366], ["weeks", 0, 520], ["months", 0, 600]];

function kept(now, changed) {
  const fields = COUNTS.map(([name, min, max]) => h("input", { type: "number", inputmode: "numeric", min, max, required: true, value: now.plan.kept[name], "aria-label": t(`dash_kept_${name}`) }));
  const save = async () => {
    if (!fields.every((field) => field.reportValidity())) return;
    const counts = Object.fromEntries(COUNTS.map(([name], at) => [name, Number(fields[at].value)]));
    if (await change({ kept: counts })) changed();
  };
  for (const field of fields) field.addEventListener("change", save);
  return h("li", { class: "stack" }, h("div", { class: "grow" }, h("p", { class: "strong" }, t("dash_kept")), h("p", { class: "soft" }, t("dash_kept_more"))),
    h("div", { class: "counts", role: "group", "aria-label": t("dash_kept") }, COUNTS.map(([name], at) => h("label", {}, fields[at], t(`dash_kept_${name}`)))));
}

function passphrase(now, changed) {
  const state = h("p", { class: "soft" });
  const [first, again] = ["dash_passphrase_new", "dash_passphrase_again"].map((key) =>
    h("input", { type: "password", autocomplete: "new-password", required: true, maxlength: 1000, "aria-label": t(key), placeholder: t(key) }));
  const wrong = h("p", { class: "bad small", role: "alert" });
  const submit = h("button", { type: "submit", class: "main" }, t("dash_save"));
  const form = h("form", { class: "secret", hidden: true, onsubmit: keep }, h("p", { class: "warned" }, t("dash_passphrase_warning")),
    // for password managers, which file a password under a name
    h("input", { type: "text", autocomplete: "username", value: t("dash_plan"), hidden: true, readonly: true }), first, again, wrong, submit);
  const open = h("button", { type: "button", onclick: () => { form.hidden = !form.hidden; if (!form.hidden) first.focus(); } });
  const remove = twice(t("dash_passphrase_remove"), t("dash_passphrase_remove_sure"), async () => {
    if (await change({}, "")) done(false);
  });

  function draw(sealed) {
    state.textContent = t(sealed ? "dash_passphrase_on" : "dash_passphrase_off");
    open.textContent = t(sealed ? "dash_passphrase_change" : "dash_passphrase_set");
    remove.hidden = !sealed;
  }

  function done(on) {
    draw(on);
    form.hidden = true;
    first.value = again.value = wrong.textContent = "";
    changed();
  }

  async function keep(event) {
    event.preventDefault();
    const short = [...first.value].length < SHORTEST;
    wrong.textContent = short ? t("dash_passphrase_short", { count: SHORTEST }) : first.value === again.value ? "" : t("dash_passphrase_differs");
    if (!wrong.textContent && (await change({}, first.value))) done(true);
  }

  draw(now.sealed);
  return h("li", { class: "wrap" }, h("div", { class: "grow" }, h("p", { class: "strong" }, t("dash_passphrase")), state), h("div", { class: "acts" }, open, remove), form);
}
