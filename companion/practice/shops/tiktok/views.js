// What the inbox looks like. Documented anchors (data-testid, chatd-*, p-*, ids) are the chat kit's; classes
// written _x_… are the page's own and leave the build hashed.
import { h } from "./dom.js";
import { avatar, icon } from "./look.js";
import { listTime, messageTime } from "./time.js";

export function shell(app) {
  return h("div", { class: `_x_shell ${app.open ? "_x_has-open" : ""}` }, rail(app), list(app), room(app), panel(app));
}

function rail({ texts }) {
  const names = ["home", "box", "tag", "chat", "chart", "heart"];
  return h(
    "nav",
    { class: "_x_rail" },
    h("div", { class: "_x_logo" }, "◆"),
    texts.nav.map((label, n) =>
      h("a", { class: `_x_railitem ${n === 3 ? "_x_here" : ""}`, title: label }, icon(names[n]), h("small", {}, label))),
  );
}

function list(app) {
  const { texts, shop } = app;
  const waiting = app.conversations.filter((one) => one.from === "buyer").length;
  const item = (key, label, count) =>
    h(
      "li",
      { class: `p-menu-item ${app.filter === key ? "p-menu-item-selected" : ""}`, role: "menuitem",
        "data-uid": `menu.item_chat_v2-menu-${key}`, onclick: () => app.setFilter(key) },
      label,
      count ? h("span", { class: "_x_count" }, count) : null,
    );
  const shown = app.conversations.filter((one) => app.filter !== "UNREPLIED" || one.from === "buyer");
  return h(
    "aside",
    { class: "_x_list" },
    h("header", { class: "_x_shophead" }, h("strong", {}, texts.title), h("span", { class: "_x_shopname" }, shop.name)),
    h("ul", { class: "p-menu _x_filters", role: "menu" }, item("ALL", texts.all), item("UNREPLIED", texts.unreplied, waiting)),
    h("div", { class: "_x_cards", role: "listbox", list: true }, shown.map((one, n) => card(app, one, n))),
  );
}

function card(app, one, n) {
  return h(
    "div",
    { key: one.id, class: `_x_card ${one.id === app.openId ? "_x_chosen" : ""}`, id: `chat-room-conversation-list-item-${n}`,
      "data-testid": "chat.chatroom.conversation_card", role: "option", "aria-selected": String(one.id === app.openId), tabindex: "0", onclick: () => app.choose(one.id),
      onkeydown: (event) => { if (event.key === "Enter") app.choose(one.id); } },
    avatar(one.name, "_x_face"),
    h(
      "div",
      { class: "_x_cardbody" },
      h("div", { class: "_x_cardtop" },
        h("span", { class: "_x_name", "data-testid": "chat.chatroom.conversation_card_username" }, one.name),
        h("time", { class: "chatd-time" }, listTime(one.at, app.lang))),
      h("div", { class: "_x_cardtop" },
        h("span", { class: "_x_preview" }, one.preview || (one.picture ? app.texts.image : "")),
        one.unread ? h("sup", { class: "p-badge-number" }, String(one.unread)) : null),
    ),
  );
}

function room(app) {
  if (!app.open) return h("main", { class: "_x_room _x_empty" }, icon("chat", 44), h("p", {}, app.texts.pick));
  return h(
    "main",
    { class: "_x_room" },
    h("header", { class: "_x_roomhead" },
      h("button", { class: "_x_back", type: "button", "aria-label": "back", onclick: () => app.choose("") }, icon("back")),
      avatar(app.open.name, "_x_face"),
      h("div", {}, h("div", { class: "chatd-header-title" }, app.open.name), h("small", {}, app.texts.buyer_since))),
    h("div", { key: app.openId, class: "chatd-root _x_scroll", onscroll: app.onScroll, born: app.adoptScroller },
      h("div", { class: "chatd-message-list", list: true }, rows(app))),
    composer(app),
  );
}

function rows(app) {
  const { texts, lang } = app;
  const out = [];
  if (app.open.earlier) out.push(h("div", { key: "more", class: "_x_more" }, texts.earlier));
  let shownAt = -Infinity;
  for (const message of app.messages()) {
    // A time only where five minutes passed: the rows between inherit it.
    const timed = message.at - shownAt > 300;
    if (timed) shownAt = message.at;
    out.push(row(app, message, timed ? messageTime(message.at, lang) : ""));
  }
  return out;
}

function row(app, message, time) {
  const props = { key: message.id, "data-testid": "chat.chatroom.message_card", class: "_x_row",
    born: (node) => app.reactTrace(node, message) };
  const stamp = time ? h("div", { class: "chatd-message-time" }, h("time", { class: "chatd-time" }, time)) : null;
  if (message.direction === "system")
    return h("div", props, stamp, h("div", { class: "chatd-message chatd-message--center" }, message.text));
  const mine = message.direction === "seller";
  const name = mine ? app.shop.name : app.open.name;
  return h(
    "div",
    props,
    stamp,
    h(
      "div",
      { class: `chatd-message chatd-message--${mine ? "right" : "left"}` },
      avatar(name, "_x_face _x_small"),
      h(
        "div",
        { class: `chatd-bubble chatd-bubble-main--${mine ? "self" : "other"} ${message.state ? "_x_sending" : ""}` },
        message.picture
          ? h("div", { class: "chatd-imageMessage" }, h("img", { src: message.picture, alt: "", onload: app.settle }))
          : null,
        message.text
          ? h("div", { class: "chatd-message-body-info-message" }, h("pre", {}, message.text))
          : null,
      ),
      message.state === "failed" ? h("button", { class: "_x_failed", type: "button", onclick: () => app.again(message) }, app.texts.failed) : null,
    ),
  );
}

function composer(app) {
  const { texts, model } = app;
  return h(
    "footer",
    { class: "_x_composer" },
    h("div", { class: "_x_tools" },
      [["smile"], ["image"], ["tag"]].map(([name]) => h("button", { type: "button", class: "_x_tool", tabindex: "-1", "aria-label": name }, icon(name)))),
    h("textarea", { key: "field", class: "_x_field", rows: "3", placeholder: texts.placeholder, born: app.adoptField }),
    h("div", { class: "_x_bottom" },
      h("span", { class: "_x_counter" }, `${[...model.text].length}/2000`),
      h("button", { id: "chat-input-send-button", type: "button", class: "p-btn p-btn-primary",
        disabled: model.text.trim() === "", onclick: app.send }, texts.send)),
  );
}

function panel(app) {
  if (!app.open) return h("aside", { class: "_x_panel" });
  const { order } = app.open;
  const line = (label, value) => (value ? h("div", { class: "_x_line" }, h("span", {}, label), h("b", {}, value)) : null);
  return h(
    "aside",
    { class: "_x_panel" },
    h("h3", {}, app.texts.panel),
    h("div", { class: "_x_who" }, avatar(app.open.name, "_x_face"), h("b", {}, app.open.name)),
    h("section", { class: "_x_order" },
      h("div", { class: "_x_status" }, app.texts.status),
      line(app.texts.order, order.number), line(app.texts.item, order.item),
      line(app.texts.variant, order.variant), line(app.texts.price, order.price)),
  );
}
