// The seller centre around the chat: top bar, menu, a product list, and the mini chat's frame on every page.
import { h } from "./dom.js";
import { avatar, icon } from "./look.js";

const GOODS = [
  ["木製トレー / Wooden tray", "S$24.50", 48, 312],
  ["Wireless charger 15 W", "S$19.90", 120, 905],
  ["Canvas tote, cream", "S$12.80", 66, 471],
  ["Rain jacket, dark blue", "S$39.00", 17, 150],
  ["Desk lamp, warm white", "S$27.50", 5, 88],
];

export function frame(app, content) {
  const names = ["box", "tag", "bell", "chat", "heart", "chart"];
  return h(
    "div",
    { class: `_x_portal ${app.bare ? "_x_bare" : ""}` },
    h("header", { class: "_x_bar" },
      h("span", { class: "_x_mark" }, "◼"), h("b", {}, app.texts.title), h("span", { class: "_x_grow" }),
      h("div", { class: "account-header-dropdown" }, avatar(app.shop.name, "_x_face"),
        h("div", { class: "account-info" }, h("span", { class: "account-name" }, app.shop.name)))),
    app.bare ? null : h("nav", { class: "_x_menu" }, app.texts.nav.map((label, n) => h("div", { class: "_x_menuitem" }, icon(names[n], 18), h("span", {}, label)))),
    h("main", { class: "_x_main" }, content),
  );
}

export function goods({ texts }) {
  return h(
    "section",
    { class: "_x_goods" },
    h("h2", {}, texts.products),
    h("table", {},
      h("thead", {}, h("tr", {}, [texts.item, texts.price, texts.stock, texts.sold].map((label) => h("th", {}, label)))),
      h("tbody", {}, GOODS.map(([name, ...cells]) => h("tr", {}, h("td", {}, h("div", { class: "_x_good" }, avatar(name, "_x_thumb"), name)), cells.map((cell) => h("td", {}, cell)))))),
  );
}

export function mini(app) {
  const src = `/webchat/mini?${new URLSearchParams({ shop_id: app.shop.id, region: app.shop.region, lang: app.lang })}`;
  return h(
    "div",
    { key: "mini", id: "shopee-mini-chat-embedded", class: `_x_minibox ${app.miniOpen ? "_x_opened" : ""}` },
    h("button", { type: "button", class: "_x_minihead", onclick: app.toggleMini }, icon("chat", 18), h("span", {}, app.texts.chat), h("span", { class: "_x_grow" }), app.miniOpen ? icon("down", 16) : null),
    app.miniSeen ? h("iframe", { class: "_x_miniframe", src, title: app.texts.chat }) : null,
  );
}
