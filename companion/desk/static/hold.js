// Keeping one conversation past its time: until a day, or until further notice.

import { call } from "./api.js";
import { h } from "./dom.js";
import { say } from "./notice.js";
import { exactly, sorry, t, when } from "./texts.js";

const DAY_S = 86_400;

/** How it is told where a conversation is shown; nothing of one that is not held. */
export const held = (hold) => hold && h("span", { class: "soft small", title: hold.until === null ? null : exactly(hold.until) }, hold.until === null ? t("dash_hold_on") : t("dash_hold_until", { date: when(hold.until) }));

/** A day of this computer's clock as a date field writes it. */
const day = (seconds) => {
  const date = new Date(seconds * 1000);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/** The last second of a day, null for no day. */
function end(value) {
  const [year, month, date] = value.split("-").map(Number);
  return value ? new Date(year, month - 1, date + 1).getTime() / 1000 - 1 : null;
}

/** To be changed in place. */
export function hold(id, given) {
  let now = given;
  let turn = 0;
  const select = h("select", { "aria-label": t("dash_hold") }, ["no", "on", "until"].map((value) => h("option", { value }, t(`dash_hold_choice_${value}`))));
  const date = h("input", { type: "date", min: day(Date.now() / 1000 + DAY_S), "aria-label": t("dash_hold_date") });
  const show = () => {
    select.value = now === null ? "no" : now.until === null ? "on" : "until";
    date.hidden = select.value !== "until";
    date.value = now?.until ? day(now.until) : "";
  };
  const save = async (params) => {
    const mine = ++turn;
    try {
      ({ hold: now } = await call("thread.hold", { thread_id: id, ...params }));
      say(t(now ? "dash_hold_saved" : "dash_hold_released"));
    } catch (error) {
      say(sorry(error), true);
    }
    // who chose something else meanwhile keeps it
    if (mine === turn) show();
  };
  select.addEventListener("change", () => {
    turn += 1;
    date.hidden = select.value !== "until";
    if (select.value !== "until") return save({ held: select.value === "on", until: null });
    date.focus();
  });
  date.addEventListener("change", () => date.value && date.reportValidity() && save({ held: true, until: end(date.value) }));
  show();
  return h("p", { class: "hold" }, h("span", { class: "soft small" }, t("dash_hold")), select, date);
}
