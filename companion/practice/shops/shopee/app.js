// Puts the page together by what the server says it is.
import { h, render } from "./dom.js";
import { theme } from "./look.js";
import { Chat } from "./chat.js";
import { frame, goods, mini } from "./portal.js";

const boot = JSON.parse(document.getElementById("__boot__").textContent);
const root = document.getElementById("app");
const withChat = boot.page !== "goods";
const state = {
  ...boot,
  bare: boot.page === "chat",
  miniOpen: false,
  miniSeen: false,
  toggleMini() {
    state.miniOpen = !state.miniOpen;
    state.miniSeen = true;
    draw("reuse");
  },
};
const chat = withChat ? new Chat(boot, (mode) => draw(mode)) : null;
let mounted = false;
let depth = 0;

function view() {
  if (boot.page === "mini") return [chat.view()];
  if (boot.page === "goods") return [frame(state, goods(state)), mini(state)];
  return [frame(state, chat.view())];
}

function draw(mode) {
  if (!mounted || depth > 4) return;
  depth++;
  render(root, view(), mode);
  chat?.afterDraw();
  depth--;
}

// React 17 and later listen at the root container.
if (chat) root.addEventListener("keydown", (event) => chat.onKey(event));
theme(boot.settings.theme, "_x_dark");
setTimeout(async () => {
  root.replaceChildren();
  mounted = true;
  if (chat) await chat.start();
  else draw("reuse");
}, boot.settings.mount_ms);
