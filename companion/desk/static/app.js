// The frame of the dashboard: who may enter, which page shows, and the pairing that waits for the seller.

import { call, open } from "./api.js";
import { catalogue } from "./catalogue.js";
import { check } from "./check.js";
import { h, icon, repeat } from "./dom.js";
import { importing } from "./import.js";
import { keeping } from "./keeping.js";
import { languages } from "./languages.js";
import { listing } from "./listing.js";
import { hush, say } from "./notice.js";
import { overview } from "./overview.js";
import { ownRules } from "./own_rules.js";
import { pairing, pendingCard } from "./pairing.js";
import { rules } from "./rules.js";
import { conversations } from "./search.js";
import { settings } from "./settings.js";
import { story } from "./story.js";
import { browserLocale, locale, sorry, speak, t } from "./texts.js";
import { thread } from "./thread.js";

const PAGES = { overview, search: conversations, catalogue, check, rules, keeping, pairing, languages, settings };
/** Pages about one thing, which the address names: the page they belong to, and what shows them. */
const OF_ONE = {
  thread: ["search", ([id, here], signal) => thread(Number(id), Number(here) || 0, signal)],
  story: ["search", ([id]) => story(Number(id))],
  import: ["search", (_, signal) => importing(signal)],
  own: ["check", ([part], signal) => ownRules(part, signal)],
  listing: ["catalogue", (names) => listing(...names.map(decodeURIComponent))],
};

let life = new AbortController();
let shown = null;

function address() {
  const [page, ...rest] = location.hash.slice(1).split("/");
  if (page in OF_ONE) return { page, part: OF_ONE[page][0], rest };
  return page in PAGES ? { page, part: page, rest: [] } : { page: "overview", part: "overview", rest: [] };
}

async function show(focus = true) {
  if (focus) hush();
  life.abort();
  life = new AbortController();
  const { signal } = life;
  const { page, part, rest } = address();
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${part}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const main = document.querySelector("main");
  // a page that was left meanwhile must not cover the one that came after it
  const slow = setTimeout(() => signal.aborted || main.replaceChildren(h("p", { class: "soft centre" }, t("dash_loading"))), 250);
  try {
    const content = page in OF_ONE ? await OF_ONE[page][1](rest, signal) : await PAGES[page](signal);
    if (signal.aborted) return;
    main.replaceChildren(...[content].flat());
    if (focus) {
      const heading = main.querySelector("h1");
      heading?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    opened(main);
  } catch (error) {
    if (signal.aborted || error.code === "ticket_invalid") return;
    const again = h("button", { type: "button", onclick: () => show() }, t("dash_retry"));
    main.replaceChildren(h("section", { class: "card empty", role: "alert" }, h("p", {}, sorry(error)), again));
    // it comes back by itself, and so does the page
    if (error.code === "database_away") setTimeout(() => signal.aborted || show(false), 5000);
  } finally {
    clearTimeout(slow);
  }
}

/** A conversation opens at the message that was found, else at the newest. */
function opened(main) {
  const here = main.querySelector("[data-here]");
  if (here) here.scrollIntoView({ block: "center" });
  else main.querySelector(".talk > :last-child")?.scrollIntoView({ block: "nearest" });
}

function brand() {
  return h("a", { class: "brand", href: "#overview" }, h("img", { src: "/dashboard/icon.svg", alt: "", width: 34, height: 34 }),
    h("span", {}, t("dash_brand")));
}

function localeSwitch() {
  const choose = (name, label, lang) =>
    h("button", { type: "button", lang, "aria-pressed": String(locale() === name), onclick: () => change(name) }, label);
  const change = async (name) => {
    try {
      await call("settings.set", { locale: name });
      await start(name);
    } catch (error) {
      say(sorry(error), true);
    }
  };
  return h("div", { class: "switch", role: "group", "aria-label": t("dash_locale") }, choose("zh_CN", "中文", "zh-CN"), choose("en", "English", "en"));
}

function frame(status) {
  const link = (name) => h("a", { href: `#${name}` }, icon(name), h("span", {}, t(`dash_nav_${name}`)));
  const shared = status.checks.some((found) => found.id.startsWith("team"));
  document.documentElement.dataset.archive = shared ? "team" : "here";
  const side = h("header", { class: "side" }, brand(), h("nav", { "aria-label": t("dash_nav") }, Object.keys(PAGES).map(link)),
    h("div", { class: "foot" }, localeSwitch(), h("p", { class: "soft" }, icon("lock"), t(shared ? "dash_local_team" : "dash_local")),
      h("p", { class: "soft" }, t("dash_version", { version: status.version }))));
  return [
    h("a", { class: "skip", href: "#main", onclick: (event) => (event.preventDefault(), document.querySelector("main").focus()) }, t("dash_skip")),
    side,
    h("div", { class: "work" }, status.practice && h("p", { class: "practice" }, t("dash_practice")),
      h("div", { class: "waiting" }), h("main", { id: "main", tabindex: "-1" })),
    h("div", { class: "toast", role: "status" }),
  ];
}

function locked() {
  life.abort();
  // else what watches would be refused, and lock anew, every other second: nobody could select the command that is shown
  shown?.abort();
  shown = null;
  document.body.className = "locked";
  document.body.replaceChildren(h("main", { class: "card" }, h("img", { src: "/dashboard/icon.svg", alt: "", width: 56, height: 56 }),
    h("h1", {}, t("dash_locked_title")), h("p", { class: "soft" }, t("dash_locked")),
    h("ul", {}, h("li", {}, t("dash_locked_tray")), h("li", {}, t("dash_locked_extension")),
      h("li", {}, t("dash_locked_terminal"), " ", h("code", {}, "seabridge dashboard")))));
}

/** The waiting pairing stands above every page: the seller may be anywhere when it comes. */
function watchPairing(signal) {
  const place = document.querySelector(".waiting");
  let current = "";
  repeat(async () => {
    const pending = await call("pairing.pending").catch(() => undefined);
    if (pending === undefined || signal.aborted) return;
    const id = pending?.pairing ?? "";
    if (id !== current) {
      current = id;
      place.replaceChildren(...(pending ? [pendingCard(pending, () => address().page === "pairing" && show(false))] : []));
    } else if (pending) {
      place.querySelector("[data-left]").textContent = t("dash_pairing_left", { seconds: pending.expires_s });
    }
  }, 1500, signal);
}

/** Where colleagues share the archive, the overview shows what came from them; not under somebody's fingers. */
async function watchArchive(signal) {
  let known = (await call("team.changes").catch(() => ({ count: null }))).count;
  if (known === null || signal.aborted) return;
  repeat(async () => {
    const { count } = await call("team.changes").catch(() => ({ count: known }));
    const main = document.querySelector("main");
    const busy = main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea, button, summary");
    if (count === known || signal.aborted || busy || address().page !== "overview") return;
    known = count;
    await show(false);
  }, 3000, signal);
}

async function start(wanted) {
  shown?.abort();
  shown = new AbortController();
  const { signal } = shown;
  await speak(wanted ?? browserLocale());
  if (sessionStorage.getItem("seabridge.token") === null) return locked();
  let status;
  try {
    const chosen = await call("settings.get");
    const name = chosen.locale === "auto" ? browserLocale() : chosen.locale;
    if (name !== locale()) await speak(name);
    status = await call("status.get");
  } catch (error) {
    if (error.code === "ticket_invalid") return locked();
    document.body.className = "locked";
    document.body.replaceChildren(h("main", { class: "card", role: "alert" }, h("p", {}, sorry(error)),
      h("button", { type: "button", onclick: () => start() }, t("dash_retry"))));
    return;
  }
  document.body.className = status.practice ? "practising" : "";
  document.body.replaceChildren(...frame(status).filter(Boolean));
  addEventListener("hashchange", () => show(), { signal });
  watchPairing(signal);
  void watchArchive(signal);
  await show(false);
}

addEventListener("seabridge-locked", locked);
// A fresh link opened in a tab that is already here changes only the fragment.
addEventListener("hashchange", () => location.hash.startsWith("#ticket=") && location.reload());
await open();
await start();
