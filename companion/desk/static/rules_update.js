// An update of the rules as it goes on, the question whose key it is, and other places it may come from.

import { call, upload } from "./api.js";
import { h, repeat } from "./dom.js";
import { dropZone } from "./drop.js";
import { say } from "./notice.js";
import { locale, sorry, t } from "./texts.js";

const LOOK_MS = 400;
/** Bytes of a feed's file. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Refusals after which a person may say yes to the key. */
const ASKED = new Set(["feed_key_unknown", "feed_key_changed"]);

/** Runs one update at a time; `changed` after it is done. */
export function updating(signal, changed) {
  const label = h("p", { role: "status" });
  const bar = h("progress", { max: 1 });
  const shown = h("div", { class: "progress", hidden: true }, label, bar);
  const told = h("div", { role: "status" });
  let busy = false;

  /** `method` begins it; `file`: to be uploaded first; `accept`: the key that was said yes to. */
  async function begin(method, params, file = null, accept = "") {
    if (busy) return say(t("dash_rules_busy"), true);
    busy = true;
    told.replaceChildren();
    try {
      const more = file ? { sha256: await sent(file) } : params;
      show(await call(method, { ...more, accept, locale: locale() }));
      follow((error) => refused(error, method, params, file));
    } catch (error) {
      busy = false;
      say(sorry(error), true);
    }
  }

  function follow(failed) {
    const over = new AbortController();
    signal.addEventListener("abort", () => over.abort(), { signal: over.signal });
    repeat(async () => {
      const state = await call("rules.update_state").catch(() => null);
      if (!state || over.signal.aborted) return;
      show(state);
      if (state.state === "running") return;
      over.abort();
      busy = false;
      if (state.state === "failed") failed(state.error);
      else told.replaceChildren(h("p", { class: "strong" }, outcome(state.result)));
      await changed();
    }, LOOK_MS, over.signal);
  }

  function show(state) {
    shown.hidden = state.state !== "running";
    const words = t(`dash_rules_stage_${state.stage || "fetch"}`);
    if (label.textContent !== words) label.textContent = words;
    if (state.total) bar.value = state.done / state.total;
    else bar.removeAttribute("value");
  }

  function refused(error, method, params, file) {
    if (!ASKED.has(error.code)) return told.replaceChildren(h("p", { class: "warned", role: "alert" }, sorry(error)));
    const another = error.code === "feed_key_changed";
    const accept = h("button", { type: "button", class: another ? "danger" : "main", onclick: () => begin(method, params, file, error.data.key) }, t(another ? "dash_rules_accept_new" : "dash_rules_accept"));
    const refuse = h("button", { type: "button", class: "quiet", onclick: () => told.replaceChildren() }, t("dash_rules_refuse"));
    // of a key that changed both fingerprints stand in the sentence
    const asked = another ? [sorry(error)] : [t("dash_rules_asked", error.data), h("code", { class: "lines" }, error.data.fingerprint)];
    told.replaceChildren(h("div", { class: "secret", role: "alert" }, asked.map((each) => h("p", { class: "warned", dir: "auto" }, each)), h("p", { class: "soft" }, t("dash_rules_accept_how")), h("div", { class: "acts" }, accept, refuse)));
  }

  /** Whether the place says already what went wrong. */
  const failed = () => told.querySelector("[role=alert]") !== null;
  return { begin, failed, place: h("div", { class: "outcome" }, shown, told) };
}

const outcome = ({ installed, status }) => t(installed ? "dash_rules_updated" : "dash_rules_nothing", { title: status.title, version: status.version });

async function sent(file) {
  if (file.size > MOST_BYTES) throw Object.assign(new Error("too_large"), { code: "too_large", data: { size: file.size, limit: MOST_BYTES } });
  return upload(file);
}

/** The card with other sources: an address, a file, the project's feed, none. */
export function otherFeed(runs, choose) {
  const field = h("input", { type: "text", id: "feed-address", inputmode: "url", maxlength: 2000, autocomplete: "off", spellcheck: "false", placeholder: "https://" });
  const ask = (event) => {
    event.preventDefault();
    if (field.value.trim()) void runs.begin("rules.update", { address: field.value.trim() });
  };
  const take = ([file]) => runs.begin("rules.update_file", {}, file);
  const zone = dropZone({ icon: "paper", say: t("dash_rules_drop"), choose: t("dash_rules_choose"), kinds: ".zip", multiple: false, take });
  const uses = h("div", { class: "acts" });
  const card = h("section", { class: "card" }, h("h2", {}, t("dash_rules_other")), h("p", { class: "soft" }, t("dash_rules_other_what")),
    h("form", { class: "asked", onsubmit: ask }, h("label", { for: "feed-address", class: "unseen" }, t("dash_rules_address")), field, h("button", { type: "submit" }, t("dash_rules_fetch"))),
    zone, uses);

  /** Which other choices there are. */
  function draw(feed) {
    const other = [feed.use !== "project" && feed.published && "project", feed.use !== "off" && (feed.published || feed.use === "own") && "off", feed.use !== "own" && feed.own && "own"];
    uses.replaceChildren(...other.filter(Boolean).map((use) => h("button", { type: "button", class: "quiet", onclick: () => choose(use) }, t(`dash_rules_choose_${use}`))));
  }

  return { card, draw };
}
