// Web chat in its four shapes: the old page, the new page, the one inside the portal, and the mini chat.
import { h } from "./dom.js";
import { Editable, Textarea } from "./controlled.js";
import { Feed, Weather, ask } from "./feed.js";
import { avatar, icon } from "./look.js";
import { VirtualList } from "./virtual.js";

const API = "/webchat/api/v1.2";
const two = (n) => String(n).padStart(2, "0");
const clock = (at) => { const d = new Date(at * 1000); return `${two(d.getHours())}:${two(d.getMinutes())}`; };
const day = (at) => { const d = new Date(at * 1000); return `${two(d.getDate())}/${two(d.getMonth() + 1)}/${String(d.getFullYear()).slice(2)}`; };
const stamp = (at) => (day(at) === day(Date.now() / 1000) ? clock(at) : day(at));

export class Chat {
  constructor(boot, redraw) {
    Object.assign(this, boot);
    this.redraw = redraw;
    this.conversations = [];
    this.openId = "";
    this.open = null;
    this.pending = [];
    this.limit = boot.settings.page;
    this.cell = this.variant === "mini" ? "minichat-conversation-cell-root" : "webchat-conversation-cell-root";
    this.model = { text: "", write: (text) => { this.model.text = text; redraw("reuse"); } };
    const Kind = this.composer === "contenteditable" ? Editable : Textarea;
    this.field = new Kind(this.model);
    this.list = new VirtualList(() => redraw("reuse"));
    this.weather = new Weather(boot.settings, `${API}/refreshed?${this.query()}`, redraw);
    this.feed = new Feed(`${API}/${this.variant === "mini" ? "mini/" : ""}sync`, (news) => this.onNews(news));
  }

  query() {
    return new URLSearchParams({ shop_id: this.shop.id });
  }

  async start() {
    await this.feed.open("", this.limit);
    this.redraw("reuse");
    this.feed.start(this.settings.poll_ms);
  }

  onNews(news) {
    const before = this.open?.messages.length ?? 0;
    this.conversations = news.conversations;
    this.open = news.open && news.open.id === this.openId ? news.open : null;
    const fresh = this.open && before && this.open.messages.length > before;
    if (this.open) this.pending = this.pending.filter((one) => !this.open.messages.some((known) => known.client === one.client));
    this.redraw(fresh && !this.loading ? this.weather.mode(this.settings.on_message) : "reuse");
    if (this.open && this.open.messages.length !== before) ask(`${API}/read`, { conversation: this.openId }).catch(() => {});
    this.weather.onNews(news);
  }

  async choose(id) {
    if (id === this.openId) return;
    Object.assign(this, { openId: id, open: null, pending: [], limit: this.settings.page });
    this.model.text = "";
    this.list.reset();
    this.redraw("reuse");
    await this.feed.open(id, this.limit);
  }

  rows() {
    const known = new Set(this.open.messages.map((one) => one.client).filter(Boolean));
    const messages = [...this.open.messages, ...this.pending.filter((one) => !known.has(one.client))];
    const out = [];
    let last = "";
    for (const message of messages) {
      const now = day(message.at);
      if (now !== last) out.push({ id: `day-${now}`, day: now === day(Date.now() / 1000) ? this.texts.today : now });
      last = now;
      out.push(message);
    }
    return out;
  }

  send = () => {
    const text = this.model.text;
    if (text.trim() === "" || !this.open) return;
    const client = `s${Date.now()}${Math.random().toString(36).slice(2, 8)}`;
    this.pending.push({ id: client, client, direction: "seller", text, at: Date.now() / 1000, picture: "" });
    this.model.text = "";
    this.list.stick = true;
    this.redraw("reuse");
    ask(`${API}/send`, { conversation: this.openId, text, client }).then(() => this.feed.once(), () => {});
  };

  onKey(event) {
    if (event.target !== this.field.node || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  afterDraw() {
    this.field.impose();
    this.list.settle();
  }

  async onScroll() {
    this.list.onScroll();
    if (this.list.node.scrollTop > 30 || !this.open?.earlier || this.loading) return;
    this.loading = true;
    const fromEnd = this.list.node.scrollHeight - this.list.node.scrollTop;
    this.limit += 30;
    await this.feed.open(this.openId, this.limit);
    this.list.node.scrollTop = this.list.scrollTop = this.list.node.scrollHeight - fromEnd;
    this.loading = false;
    this.redraw("reuse");
  }

  // -- views ------------------------------------------------------------------------------------------------

  view() {
    return h(
      "div",
      { class: `_x_chat _x_${this.variant} ${this.open ? "_x_has-open" : ""}` },
      this.listView(),
      this.open ? this.detail() : h("div", { class: "_x_detail _x_empty" }, icon("chat", 40), h("p", {}, this.texts.pick)),
      this.variant === "mini" ? null : this.station(),
    );
  }

  listView() {
    const waiting = this.conversations.filter((one) => one.from === "buyer");
    const replied = this.conversations.filter((one) => one.from !== "buyer");
    const part = (id, label, some) => (some.length ? [h("div", { key: id, id, class: "_x_part" }, label), some.map((one) => this.cellView(one))] : []);
    return h(
      "div",
      { class: "_x_side", "data-cy": "webchat-conversation-list-wrapper" },
      h("div", { class: "_x_search" }, this.texts.search),
      h("div", { class: "_x_cells", "data-cy": "webchat-conversation-list", list: true },
        part("tab_unreplied", this.texts.unreplied, waiting), part("tab_manually_replied", this.texts.replied, replied)),
    );
  }

  cellView(one) {
    const chosen = one.id === this.openId;
    return h(
      "div",
      { key: one.id, class: `_x_cell ${chosen ? "_x_current" : ""}`, "data-cy": chosen ? `${this.cell}-current` : this.cell,
        onclick: () => this.choose(one.id) },
      avatar(one.name, "_x_face"),
      h("div", { class: "_x_cellbody", "data-cy": "webchat-conversation-cell-container" },
        h("div", { class: "_x_top" },
          h("div", { class: "_x_name", "data-cy": "webchat-conversation-cell-name", title: one.name }, one.name),
          h("div", { class: "_x_stamp", "data-cy": "webchat-conversation-cell-timestamp" }, stamp(one.at))),
        h("div", { class: "_x_top" },
          h("div", { class: "_x_text", "data-cy": "webchat-conversation-cell-content-text" },
            h("span", { "data-cy": "webchat-conversation-cell-message" }, one.preview || this.texts.image),
            one.from === "seller" ? h("i", { class: "_x_tick" }, "✓") : null),
          one.unread ? h("div", { class: "_x_badge" }, one.unread) : null)),
    );
  }

  detail() {
    const ids = { old: "messagesContainer", full: "message-virtualized-list", portal: "#message-virtualized-list", mini: "#message-virtualized-list" };
    return h(
      "div",
      { key: this.openId, class: "_x_detail", "data-cy": "webchat-conversation-detail" },
      h("div", { class: "_x_head" },
        h("button", { class: "_x_back", type: "button", onclick: () => this.choose("") }, icon("back")),
        avatar(this.open.name, "_x_face"),
        h("div", { class: "_x_buyer", "data-cy": "webchat-header-name" }, this.open.name)),
      h("div", { class: "_x_body", "data-cy": "webchat-conversation-detail-chat", id: this.variant === "old" ? "messageSection" : null },
        h("div", { class: "_x_container", "data-cy": "webchat-conversation-detail-message-container" },
          h("div", { id: ids[this.variant], class: "ReactVirtualized__Grid ReactVirtualized__List _x_grid",
            born: this.list.adopt, onscroll: () => this.onScroll() },
            this.list.view(this.rows(), (row) => this.rowView(row))))),
      this.inputView(),
    );
  }

  rowView(row) {
    if (row.day) return h("div", { class: "_x_day" }, h("span", {}, row.day));
    if (row.direction === "system") return h("div", { class: "_x_system", "data-cy": "webchat-message-system" }, row.text);
    const mine = row.direction === "seller";
    return h(
      "div",
      { class: `_x_line ${mine ? "_x_mine" : ""}`, "data-cy": mine ? "webchat-message-send" : "webchat-message-receive" },
      h("div", { class: "_x_bubble" },
        row.picture ? h("div", { class: "_x_picture", "data-cy": "webchat-message-image" }, h("img", { src: row.picture, alt: "", width: "180", height: "135" })) : null,
        h("pre", { class: "_x_words" }, row.text, h("span", { class: "_x_when" }, clock(row.at)))),
    );
  }

  inputView() {
    const old = this.variant === "old";
    const placeholder = this.texts.placeholder;
    const field = this.composer === "contenteditable"
      ? h("div", { key: "field", own: true, class: "_x_field", contenteditable: "true", role: "textbox", "aria-multiline": "true",
          "data-placeholder": placeholder, born: (node) => this.field.adopt(node) })
      : h("textarea", { key: "field", class: "_x_field", rows: "2", placeholder, born: (node) => this.field.adopt(node) });
    return h(
      "div",
      { class: "_x_input", "data-cy": "webchat-conversation-detail-input" },
      h("div", { class: "_x_writing", id: old ? "inputField" : null }, field),
      h("div", { class: "_x_icons" }, h("i", { class: "_x_icon" }, icon("smile")), h("i", { class: "_x_icon" }, icon("image")),
        h("i", { class: `_x_icon _x_send ${this.model.text.trim() ? "_x_ready" : ""}`, onclick: this.send }, icon("send"))),
    );
  }

  station() {
    if (!this.open) return h("div", { class: "_x_station" });
    const { order } = this.open;
    const by = new Date(Date.now() + 2 * 864e5);
    const line = (label, value) => (value ? h("p", {}, h("span", {}, label), " ", h("b", {}, value)) : null);
    return h(
      "div",
      { id: "workstation", class: "_x_station", "data-cy": "webchat-station-root" },
      h("h4", {}, this.texts.order),
      h("div", { class: "_x_order" }, line(this.texts.order, order.number), line(this.texts.item, order.item), line(this.texts.variant, order.variant),
        line(this.texts.price, order.price), h("p", { class: "_x_due" }, `${this.texts.ship_by}: ${two(by.getDate())}/${two(by.getMonth() + 1)}/${by.getFullYear()}`)),
    );
  }
}
