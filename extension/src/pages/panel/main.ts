// The side panel: conversations newest first, search in originals and translations, one conversation; and the seller's
// own wording, as glossary and translation memory, and own rules.

import { fill, h } from "../../shared/dom";
import { askOwn, callOwn } from "../../shared/own";
import { brand, dot, help, openDashboard, sentence, start, stateKey } from "../frame";
import { Conversation } from "./conversation";
import { Inbox } from "./inbox";
import { LanguageOffer } from "./languages";
import { ThreadList } from "./list";
import { OwnRules } from "./own/room";
import { Search } from "./search";
import { Tabs } from "./tabs";
import { Glossary } from "./wording/glossary";
import { Memory } from "./wording/memory";
import { offerTerm } from "./wording/select";
import { ShopChoice } from "./wording/shops";
import { EMPTY } from "./wording/term";

type View = "list" | "search" | "conversation";
type Room = "conversations" | "glossary" | "memory" | "own";

start((frame) => {
  const { t } = frame;
  document.title = t("panel_title");
  document.body.className = "panel";

  const status = h("div", { role: "status" });
  const main = h("main", { id: "main", tabindex: "-1" });
  let room: Room = "conversations";
  let view: View = "list";
  let before: View = "list";

  const enter = (next: Room): void => {
    room = next;
    tabs.show(room);
    search.box.hidden = room !== "conversations";
    if (room === "conversations") return show(view);
    if (room === "own") {
      fill(main, own.node);
      main.scrollTop = 0;
      return void own.refresh();
    }
    const [shops, wording] = room === "glossary" ? ([termShops, glossary] as const) : ([pairShops, memory] as const);
    fill(main, shops.node, wording.node);
    main.scrollTop = 0;
    void shops.refresh().then(() => wording.refresh());
  };
  const show = (next: View): void => {
    if (next !== view && view !== "conversation") before = view;
    view = next;
    fill(main, view === "list" && inbox.node, view === "list" && offer.node, view === "list" ? list.node : view === "search" ? search.results : conversation.node);
    main.scrollTop = 0;
  };
  const open = (threadId: number, messageId = 0, query = ""): void => {
    show("conversation");
    void conversation.open(threadId, messageId, main, query);
  };
  const conversation = new Conversation(
    frame,
    () => {
      show(before);
      if (before === "list") {
        void list.refresh();
        void inbox.refresh();
      }
    },
    () => void list.refresh(),
  );
  const list = new ThreadList(frame, open, (threads) => void offer.consider(threads));
  const inbox = new Inbox(frame, open);
  const search = new Search(frame, open, (searching) => show(searching ? "search" : "list"));
  const offer = new LanguageOffer(frame);
  const termShops = new ShopChoice(frame, "all", () => glossary.moved());
  const pairShops = new ShopChoice(frame, "newest", () => void memory.refresh());
  const glossary = new Glossary(frame, termShops);
  const memory = new Memory(frame, pairShops);
  const own = new OwnRules(frame, () => void dashboard());
  const rooms = [
    { id: "conversations", label: t("wording_tab_conversations") },
    { id: "glossary", label: t("wording_glossary") },
    { id: "memory", label: t("wording_memory") },
    { id: "own", label: t("ownrules_tab") },
  ] as const;
  const tabs = new Tabs<Room>(t("wording_views"), main.id, rooms, enter);
  offerTerm(frame, conversation.node, (text, language) => {
    if (conversation.shop) termShops.choose(conversation.shop);
    enter("glossary");
    glossary.edit({ ...EMPTY, text, language });
  });

  const head = h("header", {});
  const links = h(
    "div",
    { class: "row" },
    h("button", { class: "quiet", onclick: () => void chrome.runtime.openOptionsPage() }, t("panel_options")),
    h("button", { class: "quiet", onclick: () => void dashboard() }, t("panel_dashboard")),
  );
  document.body.append(head, main);

  async function dashboard(): Promise<void> {
    const failure = await openDashboard(callOwn("dashboard.ticket", {}));
    if (failure) fill(status, h("p", { class: "notice bad" }, sentence(t, failure)));
  }

  let shown = "";
  const drawHead = (): void => {
    const { state } = frame.own;
    const now = JSON.stringify(state);
    if (now === shown) return;
    const was = shown;
    shown = now;
    const key = stateKey(state);
    const waiting = state.queue.waiting > 0 ? ` · ${t("popup_waiting", { count: state.queue.waiting })}` : "";
    if (!was) head.append(h("div", { class: "spread" }, h("div", { id: "brand" }), links), status, tabs.node, search.box);
    fill(head.querySelector("#brand") as Element, brand(t, t("popup_ext_name"), state.practice));
    const calm = state.link === "ready" && !state.queue.parked && !state.queue.full && !state.queue.trouble;
    fill(
      status,
      h(
        "div",
        { class: "state" },
        dot(state),
        h("div", {}, h("span", { class: calm ? "soft small" : "" }, t(`popup_state_${key}`, { count: state.queue.parked }) + waiting), !calm && h("p", { class: "soft small" }, help(frame))),
      ),
    );
  };

  // whoever looks here wants to know how it is now, not how it was at the last alarm
  void askOwn("own.watch.look", {}).catch(() => undefined);
  let ready = false;
  enter("conversations");
  return (push) => {
    if (push.type === "install.progress") offer.progress(push.source, push.target, push.progress);
    drawHead();
    inbox.draw();
    const nowReady = frame.own.state.link === "ready";
    if (nowReady !== ready || push.type === "own") {
      if (nowReady && !ready) {
        void list.refresh();
        void inbox.refresh();
      } else if (nowReady && view === "list") {
        list.refreshSoon();
        inbox.refreshSoon();
      }
      if (nowReady && !ready && room !== "conversations") enter(room);
      if (!nowReady && !ready) list.away();
      ready = nowReady;
    }
  };
});
