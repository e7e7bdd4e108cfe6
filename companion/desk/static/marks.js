// The seller's own marks on a conversation: a star, tags, a note.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { hold } from "./hold.js";
import { say } from "./notice.js";
import { exactly, sorry, t, when } from "./texts.js";

/** As many as the companion takes on one conversation. */
const MOST_TAGS = 20;
const LONGEST_TAG = 40;
const LONGEST_NOTE = 2000;

/** The star as it is read in a list. */
export const starred = ({ star }) => star && h("span", { class: "starred", role: "img", "aria-label": t("mark_starred") }, icon("star"));

/** The tags as they are read in a list. */
export const tagged = ({ tags }) => tags.length > 0 && h("p", { class: "tags" }, tags.map((tag) => h("span", { class: "tag", dir: "auto" }, tag)));

/** The marks of conversation `id`, to be changed in place. */
export function marks(id, given, held) {
  let now = given;
  let last = Promise.resolve();
  const star = h("button", { type: "button", class: "quiet star" });
  const tags = h("div", { class: "tags", role: "group", "aria-label": t("mark_tags") });
  const field = h("input", { type: "text", maxlength: LONGEST_TAG, "aria-label": t("mark_tags"), placeholder: t("mark_tag_add"), autocomplete: "off", enterkeyhint: "done", dir: "auto" });
  const note = h("textarea", { id: "note", rows: 2, maxlength: LONGEST_NOTE, dir: "auto" });
  const save = h("button", { type: "submit", class: "quiet" }, t("mark_save"));
  const written = h("span", { class: "soft small" });

  /** One after the other: `made` gives the params from the marks as the change before left them. */
  const change = (made) => (last = last.then(async () => {
    try {
      now = await call("thread.mark", { thread_id: id, ...made(now) });
    } catch (error) {
      say(sorry(error), true);
      return false;
    }
    draw();
    return true;
  }));
  const remove = async (tag) => {
    await change(({ tags }) => ({ tags: tags.filter((each) => each !== tag) }));
    // the pressed button is gone; whoever writes elsewhere by now stays there
    if (document.activeElement === document.body) field.focus();
  };
  const draw = () => {
    star.replaceChildren(icon("star"), t(now.star ? "mark_starred" : "mark_star"));
    star.setAttribute("aria-pressed", String(now.star));
    tags.replaceChildren(...now.tags.map((tag) =>
      h("button", { type: "button", class: "chip", "aria-label": t("mark_tag_remove", { tag }), onclick: () => remove(tag) }, h("span", { dir: "auto" }, tag), icon("fail"))));
    written.textContent = now.noted_at === null ? "" : t("mark_note_at", { time: when(now.noted_at) });
    written.title = now.noted_at === null ? "" : exactly(now.noted_at);
  };
  const add = async (event) => {
    event.preventDefault();
    const tag = field.value.trim();
    if (!tag) return;
    if (now.tags.length >= MOST_TAGS) return say(t("mark_tags_full"), true);
    // at once, so that the next one can be typed
    field.value = "";
    if (!(await change(({ tags }) => ({ tags: [...tags, tag] })))) field.value ||= tag;
  };
  const keep = async (event) => {
    event.preventDefault();
    const written = note.value;
    if (await change(() => ({ note: written }))) say(t("mark_note_saved"));
  };
  note.value = now.note;
  star.addEventListener("click", () => change(({ star: on }) => ({ star: !on })));
  draw();
  return h("section", { class: "card marks", "aria-label": `${t("mark_tags")} · ${t("mark_note")}` },
    h("form", { class: "row", onsubmit: add }, star, tags, field),
    h("details", { open: now.note !== "" }, h("summary", {}, t("mark_note"), " ", written),
      h("form", { onsubmit: keep }, h("label", { class: "soft small", for: "note" }, t("mark_note_hint")), note, save)),
    hold(id, held));
}
