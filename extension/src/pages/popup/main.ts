// The toolbar popup: how it stands, whether this page is one of ours, and the ways to everything else.

import { fill, h } from "../../shared/dom";
import { marketplacesOf } from "../../shared/hosts";
import type { Marketplace } from "../../shared/protocol.gen";
import { askOwn, callOwn } from "../../shared/own";
import { openPanel } from "../../background/platform";
import { brand, dot, type Frame, help, openDashboard, sentence, start, stateKey } from "../frame";
import { drawCapture } from "../../capture/card";
import { drawHere, NOWHERE, type Here } from "./here";
import { drawInbox, lookForInbox, type HereInbox } from "./inbox";
import { changedLesson, drawTeach, lookForTeaching, NOT_TEACHABLE, type Teachable } from "./teach";

/** Between two looks at what the tab shows. */
const LOOK_MS = 1_500;

interface Place extends Here {
  windowId: number;
  inbox: HereInbox | null;
  teach: Teachable;
}

start((frame) => {
  const body = document.body;
  body.className = "popup";
  const status = h("section", { class: "card", role: "status" });
  const here = h("section", { class: "card" });
  const inbox = h("section", { class: "card", hidden: true });
  const teach = h("section", { class: "card", hidden: true });
  const trouble = h("p", { class: "notice bad", role: "alert", hidden: true });
  const head = h("header", {});
  const place: Place = { ...NOWHERE, windowId: -1, inbox: null, teach: NOT_TEACHABLE };
  const report = h("details", { class: "card", hidden: true });
  body.append(head, status, here, inbox, teach, report, links(frame, place, trouble), trouble);

  let shown = "";
  let reported: number | undefined;
  const draw = (): void => {
    // typing focus and screen readers must not lose their place for a state that did not change
    const now = JSON.stringify([frame.own.state, frame.own.watches.map((watch) => [watch.inbox, watch.reason]), place]);
    if (now === shown) return;
    shown = now;
    fill(head, brand(frame.t, frame.t("popup_ext_name"), frame.own.state.practice));
    drawStatus(status, frame);
    drawTeach(teach, frame, place.teach, place.on && changedLesson(place.sights), trouble);
    drawHere(here, frame, place, place.teach, () => void look().then(draw), trouble);
    drawInbox(inbox, frame, place.inbox, trouble, () => void look().then(draw));
    // once for a page: a capture that the seller looks at must not go away under a change of state
    if (reported !== place.teach.tab) drawCapture(report, frame, place.teach);
    reported = place.teach.tab;
  };
  const look = async (): Promise<void> => {
    Object.assign(place, await lookAtTab(frame.own.marketplaces));
  };
  void look().then(draw);
  // reading takes a moment, and the seller may look meanwhile
  setInterval(() => void look().then(draw), LOOK_MS);
  return draw;
});

function drawStatus(node: HTMLElement, frame: Frame): void {
  const { t, own } = frame;
  const { state } = own;
  const key = stateKey(state);
  const button =
    state.link === "unpaired"
      ? h("button", { class: "main", onclick: () => void chrome.runtime.openOptionsPage() }, t("popup_pair"))
      : key === "parked"
        ? h("button", { onclick: () => void chrome.runtime.openOptionsPage() }, t("popup_open_options"))
        : state.link === "no_companion" || state.link === "version"
          ? h("button", { onclick: () => void askOwn("own.retry", {}) }, t("popup_retry"))
          : null;
  fill(
    node,
    h("div", { class: "state" }, dot(state), h("div", {}, h("h2", {}, t(`popup_state_${key}`, { count: state.queue.parked })), h("p", { class: "soft small" }, help(frame)))),
    state.queue.waiting > 0 && h("p", { class: "small" }, t("popup_waiting", { count: state.queue.waiting })),
    button,
  );
}

function links({ t }: Frame, place: Place, trouble: HTMLElement): HTMLElement {
  return h(
    "nav",
    { class: "links" },
    h("button", { onclick: () => void openPanel(place.windowId).then(() => window.close()) }, t("popup_open_panel")),
    h("button", { onclick: () => void chrome.runtime.openOptionsPage().then(() => window.close()) }, t("popup_open_options")),
    h("button", { onclick: () => void dashboard() }, t("popup_open_dashboard")),
  );

  async function dashboard(): Promise<void> {
    const failure = await openDashboard(callOwn("dashboard.ticket", {}));
    if (failure === null) return window.close();
    trouble.textContent = sentence(t, failure);
    trouble.hidden = false;
  }
}

/** `activeTab` lets us read the address of the tab under the popup, whatever it is. */
async function lookAtTab(marketplaces: Marketplace[]): Promise<Place> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const url = tab?.url ?? "";
  const [marketplace] = marketplacesOf(url, marketplaces);
  const on = marketplace !== undefined && (await chrome.permissions.contains({ origins: [`${new URL(url).origin}/*`] }));
  const all = on && tab?.id !== undefined ? await askOwn("own.sights", { tab: tab.id }).catch(() => []) : [];
  // a tab that went on to another marketplace a moment ago still has what stood there
  const sights = all.filter(({ description }) => description.startsWith(`${marketplace?.name}/`));
  const inbox = sights.some(({ kind }) => kind === "threads") ? await lookForInbox(tab?.id) : null;
  return { marketplace, url, on, sights, inbox, windowId: tab?.windowId ?? -1, teach: await lookForTeaching(tab) };
}
