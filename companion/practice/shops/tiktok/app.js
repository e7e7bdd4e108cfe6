// The inbox: its state, its line to the server, and moving between conversations without loading a page.
import { render } from "./dom.js";
import { Textarea } from "./controlled.js";
import { Feed, Weather, ask } from "./feed.js";
import { theme } from "./look.js";
import { shell } from "./views.js";

const API = "/chat/api/v1";
const LIMIT = 2000;
const initial = JSON.parse(document.getElementById("__initial__").textContent);
const root = document.getElementById("root");
const reactKey = `__reactInternalInstance$${Math.random().toString(36).slice(2)}`;

const app = {
  ...initial,
  conversations: [],
  filter: "ALL",
  openId: new URLSearchParams(location.search).get("conversation") ?? "",
  open: null,
  pending: [],
  limit: initial.settings.page,
  stick: true,
  mounted: false,
  model: {
    text: "",
    write(text) {
      this.text = [...text].slice(0, LIMIT).join("");
      draw("reuse");
    },
  },

  messages() {
    const known = new Set(this.open.messages.map((one) => one.client).filter(Boolean));
    return [...this.open.messages, ...this.pending.filter((one) => !known.has(one.client))];
  },
  setFilter(key) {
    app.filter = key;
    draw("reuse");
  },
  choose(id) {
    if (id === app.openId) return;
    const address = new URL(location.href);
    if (id) address.searchParams.set("conversation", id);
    else address.searchParams.delete("conversation");
    history.pushState({}, "", address);
    app.show(id);
  },
  async show(id) {
    Object.assign(app, { openId: id, open: null, pending: [], limit: initial.settings.page, stick: true });
    app.model.text = "";
    draw("reuse");
    await feed.open(id, app.limit);
    if (id && app.openId === id) ask(`${API}/read`, { conversation: id }).catch(() => {});
  },
  adoptField(node) {
    composer.adopt(node);
  },
  adoptScroller(node) {
    app.scroller = node;
  },
  onScroll() {
    const node = app.scroller;
    app.stick = node.scrollHeight - node.scrollTop - node.clientHeight < 80;
    if (node.scrollTop < 40 && app.open?.earlier && !app.loading) app.loadEarlier();
  },
  async loadEarlier() {
    app.loading = true;
    const fromEnd = app.scroller.scrollHeight - app.scroller.scrollTop;
    app.limit += 30;
    await feed.open(app.openId, app.limit);
    app.scroller.scrollTop = app.scroller.scrollHeight - fromEnd;
    app.loading = false;
  },
  settle() {
    if (app.stick && app.scroller) app.scroller.scrollTop = app.scroller.scrollHeight;
  },
  send() {
    const text = app.model.text;
    if (text.trim() === "" || !app.open) return;
    const client = `c${Date.now()}${Math.random().toString(36).slice(2, 8)}`;
    app.pending.push({ id: client, client, direction: "seller", text, at: Date.now() / 1000, picture: "", state: "sending" });
    app.model.text = "";
    app.stick = true;
    draw("reuse");
    app.deliver(app.pending.at(-1), app.openId);
  },
  again(message) {
    message.state = "sending";
    draw("reuse");
    app.deliver(message, app.openId);
  },
  async deliver(message, conversation) {
    try {
      await ask(`${API}/send`, { conversation, text: message.text, client: message.client });
    } catch {
      message.state = "failed";
      draw("reuse");
      return;
    }
    await feed.once();
  },
  // React 16 leaves such a property on its nodes; only scripts in the page's own world see it.
  reactTrace(node, message) {
    const props = { message: { messageServerId: message.id, sender: message.direction === "seller" ? app.shop.id : app.open?.user,
      msgType: message.picture ? 2000 : 1000, createTime: Math.round(message.at * 1000), rawMessage: { conversationId: app.openId } } };
    Object.defineProperty(node, reactKey, { configurable: true, enumerable: false, writable: true, value: { memoizedProps: {}, return: { memoizedProps: props } } });
  },
};

// The address always names the shop; the application puts that in where it was missing.
function completeAddress() {
  const address = new URL(location.href);
  address.searchParams.set("oec_seller_id", app.shop.id);
  address.searchParams.set("shop_region", app.shop.region);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

const composer = new Textarea(app.model);
const feed = new Feed(`${API}/sync`, onNews);
const weather = new Weather(initial.settings, `${API}/refreshed`, (mode) => draw(mode));

function draw(mode) {
  if (!app.mounted) return;
  const top = app.scroller?.scrollTop;
  render(root, shell(app), mode);
  composer.impose();
  if (app.stick) app.settle();
  else if (app.scroller && app.scroller.scrollTop !== top) app.scroller.scrollTop = top;
}

function onNews(news) {
  const before = app.open?.messages.length ?? 0;
  app.conversations = news.conversations;
  app.open = news.open && news.open.id === app.openId ? news.open : null;
  if (app.open) app.pending = app.pending.filter((one) => !app.open.messages.some((known) => known.client === one.client));
  const more = app.open && before && app.open.messages.length > before;
  draw(more && !app.loading ? weather.mode(initial.settings.on_message) : "reuse");
  if (app.open && app.open.messages.length !== before && document.visibilityState === "visible")
    ask(`${API}/read`, { conversation: app.openId }).catch(() => {});
  weather.onNews(news);
}

// One listener for the whole document in the bubbling phase, as React 16 attaches its own.
document.addEventListener("keydown", (event) => {
  if (event.target !== composer.node || event.key !== "Enter") return;
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  app.send();
});
addEventListener("popstate", () => app.show(new URLSearchParams(location.search).get("conversation") ?? ""));

completeAddress();
theme(initial.settings.theme, "_x_dark");
setTimeout(async () => {
  app.mounted = true;
  root.replaceChildren();
  await feed.open(app.openId, app.limit);
  draw("reuse");
  feed.start(initial.settings.poll_ms);
}, initial.settings.mount_ms);
