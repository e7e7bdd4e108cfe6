// What all own pages share: first state, texts in the chosen locale, later states, the state line.

import { h } from "../shared/dom";
import { makeT, type T } from "../shared/i18n";
import type { Answer, Failure, State } from "../shared/messages";
import { askOwn, onOwnPush, type OwnPush, type OwnState } from "../shared/own";
import { loadTexts } from "../shared/texts";

export interface Frame {
  t: T;
  locale: "zh_CN" | "en";
  /** BCP 47, for dates and names of languages. */
  tag: string;
  own: OwnState;
}

type Draw = (frame: Frame) => (push: OwnPush) => void;

/** Starts a page: `draw` builds it once; what it returns gets each later push after `frame.own` was brought up to date. */
export function start(draw: Draw): void {
  begin(draw).catch((error: unknown) => {
    console.error(error);
    // texts come from the background, which is what failed; these few the browser itself can give
    document.body.append(h("p", { class: "notice bad", role: "alert" }, chrome.i18n.getMessage("popup_failed")));
  });
}

async function begin(draw: Draw): Promise<void> {
  const own = await firstState();
  const locale = own.locale;
  const tag = locale.replace("_", "-");
  const frame: Frame = { t: makeT(await loadTexts(locale)), locale, tag, own };
  document.documentElement.lang = tag;
  const hear = draw(frame);
  onOwnPush((push) => {
    if (push.type === "own") {
      // a new language needs every text anew; that happens once in a blue moon
      if (push.own.locale !== locale) return location.reload();
      frame.own = push.own;
    }
    hear(push);
  });
  // a push may have been missed between the first state and the listener
  frame.own = await askOwn("own.state", {});
  hear({ type: "own", own: frame.own });
}

/** The worker may be starting or have been killed at this very moment; then the second try reaches it. */
async function firstState(): Promise<OwnState> {
  for (let tries = 0; ; tries++) {
    try {
      return await askOwn("own.state", {});
    } catch (error) {
      if (tries >= 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 * (tries + 1)));
    }
  }
}

/** The part of the text keys that names a state: popup_state_<…>, popup_help_<…>. */
export function stateKey(state: State): string {
  if (state.queue.full) return "queue_full";
  if (state.link === "unpaired") return state.detail ? `unpaired_${state.detail}` : "unpaired";
  if (state.link === "version") return state.detail || "update_extension";
  if (state.link === "ready" && state.queue.trouble) return "trouble";
  if (state.link === "ready" && state.queue.parked) return "parked";
  return state.link === "ready" && state.practice ? "practice" : state.link;
}

/** What the seller can do about the state. */
export function help({ t, own }: Frame): string {
  const key = stateKey(own.state);
  return key === "trouble" && own.trouble ? sentence(t, own.trouble) : t(`popup_help_${key}`);
}

export function dot({ link, detail, queue }: State): HTMLElement {
  const bad = queue.full || detail === "foreign" || (link === "ready" && queue.trouble !== "");
  const warn = link === "unpaired" || link === "version" || (link === "ready" && queue.parked > 0);
  const kind = bad ? "bad" : warn ? "warn" : link === "ready" ? "good" : link === "connecting" ? "breathing" : "";
  return h("span", { class: `dot ${kind}`, "aria-hidden": "true" });
}

/** Mark, name, and the practice tag where nothing is real. */
export function brand(t: T, title: string, practice: boolean): HTMLElement {
  return h(
    "div",
    { class: "brand" },
    h("img", { src: "icons/mark.svg", alt: "" }),
    h("h1", {}, title),
    practice && h("span", { class: "tag practice", title: t("popup_practice_hint") }, t("popup_practice")),
  );
}

/** Marketplace and region the way a seller names them. */
export function place({ marketplace, region }: { marketplace: string; region: string }, { own }: Frame): string {
  const title = own.marketplaces.find((each) => each.name === marketplace)?.title ?? marketplace;
  return region ? `${title} ${region}` : title;
}

/** The sentence for an error; what the companion put into `data` fills it. */
export function sentence(t: T, failure: Failure): string {
  const data = Object.fromEntries(Object.entries(failure.data).map(([key, value]) => [key, String(value)]));
  const key = `error_${failure.code}`;
  const text = t(key, data);
  return text === key ? t("error_internal", { report: failure.code }) : text;
}

export function failed<T>(answer: Answer<T>): answer is { error: Failure } {
  return "error" in answer;
}

/** Opens the dashboard with a ticket that works once. */
export async function openDashboard(call: Promise<Answer<{ url: string }>>): Promise<Failure | null> {
  const answer = await call;
  if (failed(answer)) return answer.error;
  // only ever our own companion: the answer came over the proven connection, but an address is still checked
  if (!/^http:\/\/127\.0\.0\.1:\d+\//.test(answer.result.url)) return { code: "internal", retryable: false, data: { report: "dashboard" } };
  await chrome.tabs.create({ url: answer.result.url });
  return null;
}
