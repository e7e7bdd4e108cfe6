// The practice start page: what this is, where the shops are, who is waiting, and a few knobs.
import { h, render } from "./dom.js";
import { ask } from "./feed.js";
import { avatar } from "./look.js";

const root = document.getElementById("app");
let lang = document.documentElement.lang;
let state = null;
/** Marketplaces with their practice pages; they stay as they are while this page is open. */
let described = [];

const t = (key) => state.texts[`practice_${key}`] ?? key;
const language = (code) => new Intl.DisplayNames([lang], { type: "language" }).of(code);

async function load() {
  state = await ask(`/state?lang=${lang}`).catch(() => state);
  if (state) render(root, view());
}

async function act(path, body) {
  await ask(path, body);
  await load();
}

function view() {
  return h(
    "main",
    {},
    h("header", {},
      h("h1", {}, t("home_title")),
      h("div", { class: "langs" }, ["zh-CN", "en"].map((code) => h("button", { type: "button", class: lang === code ? "on" : "", onclick: () => choose(code) }, code === "en" ? "English" : "中文")))),
    h("p", { class: "lead" }, t("home_lead")),
    h("ol", { class: "steps" }, [1, 2, 3, 4].map((n) => h("li", {}, t(`home_step${n}`)))),
    h("div", { class: "shops" }, state.shops.map(shopView)),
    h("section", { class: "described" },
      h("h2", {}, t("home_pages")),
      h("p", { class: "lead" }, t("home_pages_lead")),
      described.map(describedView)),
    h("footer", {},
      h("button", { type: "button", onclick: () => act("/reset", {}) }, t("home_reset")),
      h("button", { type: "button", onclick: () => act("/settings", { theme: state.settings.theme === "dark" ? "light" : "dark" }) }, t(state.settings.theme === "dark" ? "home_light" : "home_dark")),
      h("span", {}, t("home_safe"))),
  );
}

function shopView(shop) {
  const kinds = ["home_open_chat", "home_open_mini", "home_open_portal"];
  return h(
    "section",
    { key: shop.key, class: `shop ${shop.marketplace}` },
    h("h2", {}, shop.marketplace === "tiktok" ? "TikTok Shop" : "Shopee", h("small", {}, shop.host)),
    h("ul", {}, shop.buyers.map((one) =>
      h("li", { key: one.id },
        avatar(one.name, "face"),
        h("span", {}, h("b", {}, one.name), h("i", {}, language(one.language))),
        one.stage === "coming"
          ? h("button", { type: "button", class: "small", onclick: () => act("/arrive", { buyer: one.id }) }, t("home_call"))
          : h("em", { class: one.stage }, t(`home_${one.stage}`))))),
    h("div", { class: "links" }, shop.urls.map((url, n) => h("a", { class: n ? "minor" : "major", href: url, target: "_blank", rel: "noopener" }, t(kinds[n])))),
  );
}

function describedView({ title, pages }) {
  const kinds = [...new Set(pages.map((page) => page.kind))];
  return h(
    "details",
    { key: title },
    h("summary", {}, title, h("small", {}, ` ${pages.length}`)),
    h("dl", {}, kinds.flatMap((kind) => [
      h("dt", {}, t(`home_kind_${kind || "other"}`)),
      h("dd", {}, pages.filter((page) => page.kind === kind).map((page) => h("a", { href: page.url, target: "_blank", rel: "noopener" }, page.case))),
    ])),
  );
}

function choose(code) {
  lang = code;
  document.documentElement.lang = code;
  load();
}

load();
ask("/described").then((answer) => {
  described = answer;
  load();
});
setInterval(load, 1500);
