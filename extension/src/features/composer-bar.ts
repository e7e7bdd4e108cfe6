// composer-bar: the seller writes Chinese, sees what the buyer would read and what that means, and puts it in by one key.

import { fieldText } from "../sites/composer";
import type { Translated } from "../shared/protocol.gen";
import { hasWords } from "../sites/han";
import { threadKey, threadRef, type Identity } from "../sites/identity";
import { lengthOf } from "../sites/insertion";
import { offerAnother } from "./kit/another";
import { Bar } from "./kit/bar";
import { BarStand } from "./kit/barstand";
import { Installer, texts } from "./kit/install";
import { watchLost } from "./kit/lost";
import type { Host, InsertResult, Page } from "./kit/types";
import { Hearers, pause } from "./kit/work";
import { backAgain, forBuyer } from "./kit/write";

/** After the last key; shorter asks for half words, longer feels slow. */
const DEBOUNCE_MS = 280;
const CONNECTING_MS = 1_500;

/** What was being written in each conversation; survives a page that is taken down and drawn again. */
const drafts = new Map<string, string>();

export function init(host: Host, page: Page, signal: AbortSignal): void {
  let meant: Identity = page.identity();
  /** `way`: all the translation depends on beside the text. */
  let ready: { text: string; way: string; item: Translated } | null = null;
  let turn = 0;
  let inserting = false;
  /** Inserted, and still in the page's field. */
  let unsent = false;
  let edits = 0;
  /** Enter was pressed again while the text before was still going in. */
  let pressed = false;
  /** What the last change was about; other changes leave the bar's words alone. */
  let about = "";
  let lost: string[] = [];
  const installer = new Installer(host, signal);
  const changed = new Hearers<void>();
  let stand: BarStand | null = null;
  const bar = new Bar(page.document, host, { typed: edited, submit: () => void submit(), leave, other: () => void other(), choose: (language) => void choose(language), another: anew, resizing }, signal);
  stand = new BarStand(page, bar, signal);
  bar.text = drafts.get(keyOf(meant)) ?? "";
  page.services.focusBar = () => bar.input.focus();
  page.services.bar = {
    place: bar.place,
    shown: () => (bar.text && ready?.item) || null,
    onChange: (hear, until) => changed.add(hear, until),
    take: (text) => ready && show({ ...ready.item, text }),
    growing: () => stand?.touch(),
  };
  page.document.defaultView?.addEventListener("keydown", shortcut, { capture: true, signal });
  page.onTick(look, signal);
  page.onRows(look, signal);
  page.onThread(() => {
    look();
    if (bar.text) typed();
  }, signal);
  host.onChange(state, signal);
  installer.onChange((done) => {
    if (!done) return offerInstall();
    ready = null;
    typed();
  }, signal);
  signal.addEventListener("abort", () => {
    drafts.set(keyOf(meant), bar.text);
    bar.host.remove();
  });
  look();
  state();
  host.part("tone").then((choice) => choice(host, page, (control) => bar.put(control), (text) => bar.note(text, "warn"), signal)).catch(() => undefined);
  void watchLost(host, page, (fields) => ((lost = fields), bar.note(""), sayLost()), signal);

  function resizing(): void {
    stand?.touch();
    changed.tell();
  }

  /** Another conversation gets its own words; none ever carry over. */
  function look(): void {
    const now = page.identity();
    if (keyOf(now) !== keyOf(meant)) {
      // a name that was not drawn yet is not another buyer
      const late = threadKey(now) === threadKey(meant) && meant.buyer === "";
      if (!late) {
        if (bar.text) drafts.set(keyOf(meant), bar.text);
        else drafts.delete(keyOf(meant));
        turn += 1;
        ready = null;
        unsent = false;
        bar.clear();
        bar.note("");
        bar.text = drafts.get(keyOf(now)) ?? "";
      }
      meant = now;
      if (bar.text && !late) typed();
    }
    if (unsent) seeSent();
    bar.label(page.thread);
    stand?.stand();
  }

  /** The page's Send empties its field: what the bar said about the text is history then. */
  function seeSent(): void {
    const composer = page.composer();
    if (!composer || fieldText(composer.field).trim() !== "") return;
    unsent = false;
    if (bar.text) return;
    bar.clear();
    bar.note("");
  }

  function state(): void {
    const { link, detail } = host.state;
    const now = [link, detail, host.locale, host.settings.seller_language, way()].join();
    if (now === about) return look();
    about = now;
    bar.away(link !== "ready");
    if (link === "ready") {
      bar.note("");
      if (bar.text) typed();
      sayLost();
      offerInstall();
    } else if (link === "connecting") {
      bar.note("");
      void pause(CONNECTING_MS, signal).then(() => host.state.link === "connecting" && bar.note(host.t("bar_away_connecting")));
    } else {
      // whoever sits on the port must not be paired with by routine
      const why = link === "unpaired" && detail === "foreign" ? "unpaired_foreign" : link;
      bar.note(host.t(`bar_away_${why}`), "", bar.button(host.t("bar_open_options"), () => void host.ask({ type: "open.options" }).catch(() => undefined)));
    }
    look();
  }

  function way(): string {
    const { language, tone } = page.thread;
    return [language, tone || host.settings.tone, host.settings.thai_particle].join();
  }

  function edited(): void {
    edits += 1;
    typed();
  }

  function typed(): void {
    const text = bar.text.trim();
    if (text !== "" && ready?.text === text && ready.way === way()) return;
    turn += 1;
    // words that come back are asked for again: what was asked in between must not answer for them
    ready = null;
    bar.note("");
    if (text === "") {
      bar.clear();
      return;
    }
    const mine = turn;
    const go = (): boolean => mine === turn && !inserting && !signal.aborted;
    void pause(DEBOUNCE_MS, signal).then(() => go() && void translate(text, go));
  }

  /** Gives the translation of `text`, or null when there is none or `go` no longer holds when it comes. */
  async function translate(text: string, go: () => boolean): Promise<Translated | null> {
    const { language } = page.thread;
    const mine = way();
    const thread = threadRef(meant);
    if (!hasWords(text)) {
      const item: Translated = { ref: "", text, source: "", target: language, sure: true, engine: "", match: "same", doubt: [], missing: [] };
      ready = { text, way: mine, item };
      return item;
    }
    bar.waiting();
    const written = await forBuyer(host, thread, text, language);
    if (!go()) return null;
    if ("failure" in written) {
      ready = null;
      bar.clear();
      const { code, data } = written.failure;
      bar.note(host.t(code === "language_unknown" ? "bar_choose_language" : `error_${code}`, texts(data)), "warn");
      return null;
    }
    const item = written.item.match === "same" && !written.item.text ? { ...written.item, text } : written.item;
    ready = { text, way: mine, item };
    if (item.match === "none") {
      bar.clear();
      offerInstall();
      return null;
    }
    show(item);
    return item;
  }

  /** What goes in at the next Enter. */
  function show(item: Translated): void {
    if (ready) ready = { ...ready, item };
    const limit = page.composer()?.limit ?? 0;
    bar.preview(item, item.match === "same" ? "" : null, limit);
    if (item.match !== "same") void checkBack(item, limit);
  }

  function anew(item: Translated, place: HTMLElement): void {
    const took = (better: Translated): void => {
      if (ready?.item !== item) return;
      show(better);
      bar.input.focus({ preventScroll: true });
    };
    if (ready) offerAnother(host, place, item, { text: ready.text, purpose: "write", thread: threadRef(meant), took, growing: () => stand?.touch() });
  }

  async function checkBack(item: Translated, limit: number): Promise<void> {
    const back = await backAgain(host, threadRef(meant), item);
    if (signal.aborted || ready?.item !== item) return;
    const text = "item" in back && back.item.match !== "none" ? back.item.text : "";
    bar.preview(item, text, limit);
  }

  /** Another way to say what stands there; Enter puts in the one on show. */
  async function other(): Promise<void> {
    const now = ready;
    if (!now || inserting || ["same", "none"].includes(now.item.match)) return;
    bar.note(host.t("bar_others_wait"));
    const found = await host
      .part("others")
      .then((after) => after(host, threadRef(meant), now.text, now.item))
      .catch(() => undefined);
    if (signal.aborted || ready !== now || inserting) return;
    bar.note(found ? host.t("bar_others_at", { at: found.at, of: found.of }) : host.t(found === null ? "bar_others_none" : "error_timeout"));
    if (!found) return;
    show(found.item);
  }

  function offerInstall(): void {
    if (!ready || ready.item.match !== "none") return;
    const first = ready.item.missing[0];
    const target = ready.item.target || first?.target || "";
    if (first) bar.help(host.t("bar_no_translation"), installer.offer({ source: host.settings.seller_language, target }));
    else bar.note(host.t("bar_no_translation"), "warn");
  }

  /** Enter: translate what stands there and put it in; nothing goes in that was not made from these very words. */
  async function submit(): Promise<void> {
    const text = bar.text.trim();
    if (text === "" || host.state.link !== "ready") return;
    if (inserting) {
      pressed = true;
      return;
    }
    const target = meant;
    const edit = edits;
    inserting = true;
    bar.busy(true);
    try {
      if (page.thread.language === "") return bar.note(host.t("bar_choose_language"), "warn");
      const go = (): boolean => !signal.aborted && edits === edit && keyOf(meant) === keyOf(target);
      const known = ready?.text === text && ready.way === way() && ready.item.match !== "none" ? ready.item : null;
      const item = known ?? (await translate(text, go));
      if (!item || !go()) return;
      const limit = page.composer()?.limit ?? 0;
      if (limit > 0 && lengthOf(item.text) > limit) return bar.note(host.t("bar_refused_too_long", { limit }), "warn");
      const { engine, match } = item;
      const result = await page.services.insert?.({ meant: target, text: item.text, written: text, language: item.target || page.thread.language, engine, match });
      if (result) tell(result, target, edit, limit);
    } finally {
      inserting = false;
      bar.busy(false);
      const again = pressed && edits !== edit;
      pressed = false;
      if (again) void submit();
    }
  }

  function tell(result: InsertResult, target: Identity, edit: number, limit: number): void {
    if (keyOf(target) !== keyOf(meant)) return;
    if (result.done) {
      if (edits === edit) bar.text = "";
      drafts.delete(keyOf(meant));
      bar.note(host.t("bar_inserted"));
      unsent = true;
      return;
    }
    const more = result.why === "not_taken" || result.why === "no_composer" ? ` ${host.t(result.copied ? "bar_copied" : "bar_not_copied")}` : "";
    bar.note(host.t(`bar_refused_${result.why}`, { limit }) + more, "warn");
    bar.input.focus({ preventScroll: true });
  }

  async function choose(language: string): Promise<void> {
    const identity = meant;
    const thread = threadRef(identity);
    if (!thread) return bar.note(host.t("bar_refused_thread_unknown"), "warn");
    try {
      const answer = await host.ask({ type: "call", method: "thread.set_language", params: { thread, language } });
      if ("result" in answer) page.learn(identity, answer.result);
      else bar.note(host.t(`error_${answer.error.code}`, texts(answer.error.data)), "warn");
    } catch {
      bar.note(host.t("error_not_running"), "warn");
    }
    look();
  }

  function leave(): void {
    page.composer()?.field.focus({ preventScroll: true });
  }

  function shortcut(event: KeyboardEvent): void {
    if (event.code !== "KeyT" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !bar.host.isConnected) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    bar.input.focus();
  }

  /** We say so where the page is no longer understood, and do not guess. */
  function sayLost(): void {
    if (host.state.link !== "ready" || !lost.length) return;
    const parts = new Set(lost.map((field) => host.t(`bar_lost_${field.split(".")[0]}`)));
    bar.note(host.t(lost.includes("identity.shop") ? "bar_refused_shop_unknown" : "bar_page_changed", { fields: [...parts].join(" · ") }), "warn");
  }
}

function keyOf(identity: Identity): string {
  return `${threadKey(identity)}${identity.buyer}`;
}
