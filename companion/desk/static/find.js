// Finds words in one conversation: hits counted, the newest first, stepping to earlier and later ones.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { sorry, t } from "./texts.js";

/** Pause after the last key before the archive is asked, in ms. */
const PAUSE_MS = 220;
const PAGE = 100;

/** The field for conversation `id`; `go` shows a message with the words of a query marked, 0 = there is none. */
export function find(id, go, signal) {
  const field = h("input", { type: "search", placeholder: t("talk_find"), "aria-label": t("talk_find"), maxlength: 400, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const said = h("span", { class: "soft small", role: "status" });
  let timer = 0;
  let turn = 0;
  let loading = false;
  let query = "";
  let ids = [];
  let more = "";
  let at = 0;

  const tell = () => {
    const count = ids.length;
    said.textContent = !query ? "" : count === 0 ? t("talk_find_none") : t(more ? "talk_find_at_more" : "talk_find_at", { at: at + 1, count });
    for (const button of steps) {
      button.hidden = count === 0;
      button.disabled = count < 2;
    }
  };
  /** The next page of hits; whether it came and is wanted still. */
  const load = async () => {
    const mine = turn;
    loading = true;
    try {
      const result = await call("search", { query: `thread:${id} ${query}`, limit: PAGE, before: more });
      if (mine !== turn || signal.aborted) return false;
      ids.push(...result.hits.map((hit) => hit.message_id));
      more = result.more;
      return true;
    } catch (error) {
      // often an operator that is still being typed: what to write instead
      if (mine === turn) {
        tell();
        said.textContent = sorry(error);
      }
      return false;
    } finally {
      loading = false;
    }
  };
  const run = async () => {
    turn += 1;
    query = field.value.trim();
    [ids, more, at] = [[], "", 0];
    if (query && !(await load())) return;
    tell();
    await go(ids[0] ?? 0, query);
  };
  const step = async (way) => {
    if (ids.length === 0 || loading) return;
    if (way === 1 && at === ids.length - 1 && more && !(await load())) return;
    at = (at + way + ids.length) % ids.length;
    tell();
    await go(ids[at], query);
  };
  const typed = (pause = PAUSE_MS) => {
    clearTimeout(timer);
    timer = setTimeout(run, pause);
  };
  const turned = (name) => {
    const sign = icon("back");
    sign.classList.add(name);
    return sign;
  };
  const button = (way, key, sign) => h("button", { type: "button", class: "quiet", "aria-label": t(key), title: t(key), onclick: () => step(way) }, turned(sign));
  const steps = [button(1, "talk_find_earlier", "up"), button(-1, "talk_find_later", "down")];
  field.addEventListener("input", (event) => event.isComposing || typed());
  field.addEventListener("compositionend", () => typed());
  signal.addEventListener("abort", () => clearTimeout(timer));
  const enter = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (field.value.trim() === query) void step(event.shiftKey ? -1 : 1);
    else typed(0);
  };
  field.addEventListener("keydown", enter);
  tell();
  return h("div", { class: "find-in", role: "search", "aria-label": t("talk_find") }, h("div", { class: "field" }, icon("look"), field), said, steps);
}
