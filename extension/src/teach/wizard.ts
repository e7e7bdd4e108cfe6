// Leads the seller through the questions, shows at once what each answer would match, tries the result and hands it over.

import { fill, h } from "../shared/dom";
import { makeT, type T } from "../shared/i18n";
import type { Answer } from "../shared/messages";
import type { ChatPage, ListingPage } from "../shared/protocol.gen";
import type { TeachHello, TeachSaved } from "../shared/teach";
import { alikeFields, buttonAt, fieldAt, isField, learnChat, learnConversation, learnListing, withChange, type Lesson } from "./learn";
import { beside, narrower, wider } from "./point";
import { hostOf, simples, type Root } from "./select";
import { Samples } from "./samples";
import { clip, showChat, showDoubts, showListing } from "./show";
import { stepsOf, type Kind, type Step } from "./steps";
import { Surface, type Mark } from "./surface";
import { said, scrollerOf, textElementAt } from "./tree";
import { tryChat, tryListing, valueOf } from "./tryout";
import { findIn, matches } from "../sites/query";
import type { Place } from "../sites/read";

/** Learning from what is under the pointer costs some ms; it waits until the pointer rests. */
const REST_MS = 90;

interface Judged {
  /** What the choice would match, as a sentence. */
  say: string;
  good: boolean;
  marks: Mark[];
}

export class Wizard {
  readonly #t: T;
  readonly #surface: Surface;
  readonly #samples = new Samples();
  readonly #save: (page: ChatPage | ListingPage) => Promise<Answer<TeachSaved>>;
  readonly #end: () => void;
  #kind: Kind | null = null;
  #at = 0;
  #hover: Element | null = null;
  #chosen: Element | null = null;
  /** Where narrowing goes back to. */
  #come: Element[] = [];
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** Learned while what was pointed at is still there; the conversation may change afterwards. */
  #lesson: Lesson<ChatPage> | Lesson<ListingPage> | null = null;
  #before: URL | null = null;
  #said = "";
  #state: "asking" | "saving" | "saved" = "asking";
  #saved: TeachSaved | null = null;

  constructor(hello: TeachHello, save: (page: ChatPage | ListingPage) => Promise<Answer<TeachSaved>>, end: () => void, signal: AbortSignal) {
    this.#t = makeT(hello.texts);
    this.#save = save;
    this.#end = end;
    this.#surface = new Surface({ hover: (element) => this.#hovered(element), choose: (element) => this.#choose(element), key: (key) => this.#key(key) }, signal);
    this.#surface.panel.setAttribute("aria-label", this.#t("teach_title"));
    this.#surface.panel.lang = hello.locale.replace("_", "-");
    const watch = setInterval(() => this.#watchAddress(), 300);
    signal.addEventListener("abort", () => {
      clearInterval(watch);
      clearTimeout(this.#resting);
    });
    this.#draw();
  }

  get #steps(): Step[] {
    return this.#kind ? stepsOf(this.#kind, (id) => this.#samples.has(id)) : [];
  }

  get #step(): Step | undefined {
    return this.#steps[this.#at];
  }

  // -- pointing --------------------------------------------------------------------------------------------------

  #hovered(element: Element | null): void {
    if (this.#chosen || element === this.#hover) return;
    this.#hover = element;
    this.#surface.mark(element ? [{ element, look: "hover" }] : []);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#judgeNow(), REST_MS);
  }

  #choose(element: Element): void {
    const at = this.#step?.at;
    if (!at) return;
    this.#come = [];
    this.#take(at === "message" ? textElementAt(element) : at === "field" ? fieldAt(element) : at === "button" ? buttonAt(element) : element);
  }

  #take(element: Element): void {
    this.#chosen = element;
    this.#hover = null;
    this.#judgeNow();
    this.#draw();
  }

  #change(way: "wider" | "narrower" | "next" | "before"): void {
    const from = this.#chosen ?? this.#hover ?? document.body.firstElementChild;
    if (!from) return;
    const to = way === "wider" ? wider(from) : way === "narrower" ? narrower(from, this.#come) : beside(from, way === "next" ? 1 : -1);
    if (!to) return;
    if (way === "wider") this.#come.push(from);
    if (this.#chosen) this.#take(to);
    else this.#hovered(to);
    to.scrollIntoView({ block: "nearest" });
  }

  #key(key: string): void {
    if (key === "Escape") {
      if (!this.#chosen) return this.#end();
      this.#chosen = null;
      this.#surface.mark([]);
      this.#said = "";
      return this.#draw();
    }
    if (key === "ArrowUp") this.#change("wider");
    if (key === "ArrowDown") this.#change("narrower");
    if (key === "ArrowRight") this.#change("next");
    if (key === "ArrowLeft") this.#change("before");
    if (key === "Enter") {
      if (this.#chosen) this.#next();
      else if (this.#hover) this.#choose(this.#hover);
    }
  }

  #judgeNow(): void {
    const element = this.#chosen ?? this.#hover;
    const step = this.#step;
    if (!element || !step) return;
    const { say, marks } = this.#judge(step, element);
    this.#surface.mark([...marks, { element, look: this.#chosen ? "chosen" : "hover" }]);
    this.#said = say;
    const line = this.#surface.panel.querySelector("[part=count]");
    if (line) line.textContent = say;
  }

  /** What an answer to this question would mean. */
  #judge(step: Step, element: Element): Judged {
    const t = this.#t;
    if (step.id === "seller") {
      const buyer = this.#samples.get("buyer");
      const talk = buyer && learnConversation(buyer, this.#chosen ? element : textElementAt(element));
      if (!talk) return { say: t("teach_count_none"), good: false, marks: [] };
      const look = (row: Element): "buyer" | "seller" | "like" => (findIn(row, talk.marks.buyer) ? "buyer" : findIn(row, talk.marks.seller) ? "seller" : "like");
      const marks = talk.rows.elements.map((row) => ({ element: row, look: look(row) }));
      const count = (side: string): number => marks.filter((mark) => mark.look === side).length;
      return { say: t("teach_count_chat", { all: marks.length, buyer: count("buyer"), seller: count("seller") }), good: count("buyer") > 0 && count("seller") > 0, marks };
    }
    if (step.id === "buyer") {
      const like = alike(this.#chosen ? element : textElementAt(element));
      return { say: t("teach_count_alike", { count: like.length }), good: said(element) !== "", marks: like.map((each) => ({ element: each, look: "like" as const })) };
    }
    if (step.at === "field") {
      if (step.id === "field" && !isField(element)) return { say: t("teach_no_field"), good: false, marks: [] };
      const field = fieldAt(element);
      if (step.id === "bullet2") {
        const first = this.#samples.get("bullet");
        const found = first ? fieldsOf(alikeFields(first, field)[0]?.css ?? "") : [];
        return { say: t("teach_count_fields", { count: found.length }), good: found.length > 1, marks: found.map((each) => ({ element: each, look: "like" as const })) };
      }
      return { say: t("teach_reads", { text: clip(valueOf(field)) || t("teach_empty") }), good: true, marks: [] };
    }
    return { say: t("teach_reads", { text: clip(said(element)) || t("teach_empty") }), good: true, marks: [] };
  }

  // -- going on --------------------------------------------------------------------------------------------------

  #begin(kind: Kind): void {
    this.#kind = kind;
    this.#go(0);
  }

  #next(): void {
    const step = this.#step;
    if (!step) return;
    if (step.at) {
      if (!this.#chosen || !this.#judge(step, this.#chosen).good) return;
      this.#samples.set(step.id, this.#chosen);
    }
    if (step.id === "other" && this.#before && this.#lesson?.page.page === "chat")
      this.#lesson = withChange(this.#lesson as Lesson<ChatPage>, { before: this.#before, after: new URL(location.href) });
    this.#go(this.#at + 1);
  }

  #skip(): void {
    const step = this.#step;
    if (!step || step.need) return;
    this.#samples.set(step.id, null);
    this.#go(this.#at + 1);
  }

  #back(): void {
    if (this.#at > 0) this.#go(this.#at - 1);
    else {
      this.#kind = null;
      this.#go(0);
    }
  }

  #go(at: number): void {
    this.#at = at;
    const step = this.#step;
    this.#chosen = step?.at ? this.#samples.get(step.id) : null;
    this.#hover = null;
    this.#said = "";
    if (step?.id === "other" || (step?.id === "try" && this.#kind === "listing")) this.#learn();
    this.#surface.mark([]);
    if (this.#chosen) this.#judgeNow();
    this.#draw();
    // the panel takes the keyboard, so that Enter and Tab go on from here
    this.#surface.panel.querySelector<HTMLElement>("button[part=next]:not(:disabled), button[part=skip], button")?.focus({ preventScroll: true });
  }

  #learn(): void {
    const url = new URL(location.href);
    const today = new Date().toISOString().slice(0, 10);
    const get = (id: Step["id"]): Element | null => this.#samples.get(id);
    this.#before = url;
    this.#lesson =
      this.#kind === "chat"
        ? learnChat({ buyer: get("buyer"), seller: get("seller"), field: get("field"), send: get("send"), name: get("name"), shop: get("shop"), time: get("time") }, url, today)
        : learnListing({ title: get("title"), bullet: get("bullet"), otherBullet: get("bullet2"), description: get("description") }, url, today);
  }

  #watchAddress(): void {
    if (this.#step?.id === "other" && this.#before && location.href !== this.#before.href && this.#said === "") {
      this.#said = this.#t("teach_other_seen");
      const line = this.#surface.panel.querySelector("[part=count]");
      if (line) line.textContent = this.#said;
    }
  }

  async #keep(page: ChatPage | ListingPage): Promise<void> {
    this.#state = "saving";
    this.#draw();
    const answer = await this.#save(page);
    if ("error" in answer) {
      this.#state = "asking";
      const { code, data } = answer.error;
      const why = code === "teach_talk" ? this.#t("teach_failed_talk") : this.#t(`error_${code}`, data as Record<string, string>);
      this.#said = this.#t("teach_failed", { why });
    } else {
      this.#state = "saved";
      this.#saved = answer.result;
    }
    this.#draw();
  }

  // -- the panel -------------------------------------------------------------------------------------------------

  #draw(): void {
    const t = this.#t;
    this.#surface.pointing = this.#state === "asking" && Boolean(this.#step?.at) && !this.#chosen;
    fill(
      this.#surface.panel,
      h(
        "header",
        {},
        h("h2", {}, t("teach_title")),
        h("button", { class: "small", title: t("teach_corner"), "aria-label": t("teach_corner"), onclick: () => this.#surface.moveOn() }, "⤡"),
        h("button", { class: "small", part: "close", title: t("teach_close"), "aria-label": t("teach_close"), onclick: () => this.#end() }, "✕"),
      ),
      ...(this.#state === "saved" ? this.#drawSaved() : this.#kind === null ? this.#drawKinds() : this.#step?.id === "try" ? this.#drawTry() : this.#drawStep()),
    );
  }

  #drawKinds(): HTMLElement[] {
    const t = this.#t;
    const kind = (which: Kind): HTMLElement => h("button", { part: `kind-${which}`, onclick: () => this.#begin(which) }, t(`teach_kind_${which}`));
    return [h("h3", {}, t("teach_kind_ask")), h("p", { class: "soft" }, t("teach_kind_hint")), h("div", { class: "row" }, kind("chat"), kind("listing"))];
  }

  #drawStep(): HTMLElement[] {
    const t = this.#t;
    const step = this.#step as Step;
    const chosen = this.#chosen;
    const ready = !step.at || (chosen !== null && this.#judge(step, chosen).good);
    const adjust = (key: string, act: () => void): HTMLElement => h("button", { class: "small", part: key, onclick: act }, t(`teach_${key}`));
    const parts: (HTMLElement | null)[] = [
      h("p", { class: "soft" }, t("teach_step", { at: this.#at + 1, all: this.#steps.length })),
      h("p", { role: "status", part: "ask", "data-step": step.id }, t(`teach_ask_${step.id}`)),
      h("p", { class: "count", "aria-live": "polite", part: "count" }, this.#said),
      chosen && said(chosen) ? h("div", { class: "quote" }, clip(said(chosen))) : null,
      step.at ? h("p", { class: "soft" }, t("teach_keys")) : null,
      chosen ? h("div", { class: "row" }, adjust("wider", () => this.#change("wider")), adjust("narrower", () => this.#change("narrower")), adjust("again", () => this.#key("Escape"))) : null,
      h(
        "div",
        { class: "row" },
        h("button", { class: "go", part: "next", disabled: !ready, onclick: () => this.#next() }, t("teach_next")),
        !step.need && h("button", { part: "skip", onclick: () => this.#skip() }, t("teach_skip")),
        h("button", { part: "back", onclick: () => this.#back() }, t("teach_back")),
      ),
    ];
    return parts.filter((part) => part !== null);
  }

  #drawTry(): HTMLElement[] {
    const t = this.#t;
    const lesson = this.#lesson;
    const place: Place = { document, url: new URL(location.href) };
    const back = h("button", { part: "back", onclick: () => this.#back() }, t("teach_back"));
    if (!lesson) return [h("p", { class: "warn", role: "alert" }, t("teach_count_none")), h("div", { class: "row" }, back)];
    const { page, doubts } = lesson;
    const tried = page.page === "chat" ? tryChat(page, place) : tryListing(page, document);
    if ("rows" in tried) this.#surface.mark(tried.rows.flatMap(({ element, direction }): Mark[] => (direction === "system" ? [] : [{ element, look: direction }])));
    const shown = "rows" in tried ? showChat(t, tried) : showListing(t, tried);
    const busy = this.#state === "saving";
    return [
      h("p", { role: "status", part: "ask", "data-step": "try" }, busy ? t("teach_saving") : t("teach_ask_try")),
      ...shown.filter((each) => each !== null),
      ...showDoubts(t, doubts).filter((each) => each !== null),
      ...(this.#said ? [h("p", { class: "warn", role: "alert", part: "failed" }, this.#said)] : []),
      h("div", { class: "row" }, h("button", { class: "go", part: "save", disabled: busy || !tried.good, onclick: () => void this.#keep(page) }, t("teach_save")), back),
    ];
  }

  #drawSaved(): HTMLElement[] {
    const t = this.#t;
    const { folder = "", on = false } = this.#saved ?? {};
    this.#surface.mark([]);
    return [
      h("p", { role: "status", part: "saved" }, t("teach_saved")),
      ...(on ? [] : [h("p", { class: "warn", part: "off" }, t("teach_saved_off", { host: location.host }))]),
      h("p", { class: "soft" }, t("teach_saved_folder")),
      h("code", { part: "folder" }, folder),
      h("div", { class: "row" }, h("button", { class: "go", part: "done", onclick: () => this.#end() }, t("teach_close"))),
    ];
  }
}

/** Elements that look like this one to its best name, in the list around it. */
function alike(element: Element): Element[] {
  const root = element.getRootNode() as Root;
  const list = scrollerOf(element);
  for (const { css, rank } of simples(element)) {
    if (rank === 4.5) continue;
    const found = Array.from(root.querySelectorAll(css)).filter((each) => !list || list.contains(each) || hostOf(root) !== null);
    if (found.length > 1) return found.slice(0, 200);
  }
  return [element];
}

function fieldsOf(css: string): Element[] {
  return css ? matches(document, css) : [];
}
