// Leads the seller through the questions, shows at once what each answer would match, tries the result and hands it over.

import { fill } from "../shared/dom";
import { makeT, type T } from "../shared/i18n";
import type { Answer } from "../shared/messages";
import type { ChatPage, ListingPage } from "../shared/protocol.gen";
import type { TeachHello, TeachSaved } from "../shared/teach";
import { find } from "../sites/query";
import type { Place } from "../sites/read";
import { judge } from "./judge";
import { keeping, recall, type Recalled } from "./known";
import { buttonAt, fieldAt, learnFrom, withChange, type Lesson } from "./learn";
import * as panel from "./panel";
import { beside, narrower, wider } from "./point";
import { Samples } from "./samples";
import { stepsOf, type Kind, type Step, type StepId } from "./steps";
import { Surface, type Mark } from "./surface";
import { textElementAt } from "./tree";
import { tryChat, tryListing } from "./tryout";

/** Learning from what is under the pointer costs some ms; it waits until the pointer rests. */
const REST_MS = 90;
const ADDRESS_MS = 300;

type Page = ChatPage | ListingPage;
type Save = (page: Page) => Promise<Answer<TeachSaved>>;

export class Wizard {
  readonly #t: T;
  readonly #surface: Surface;
  readonly #samples = new Samples();
  readonly #save: Save;
  readonly #end: () => void;
  /** The description there is of this page; null where nobody described it, or once it is taught anew. */
  #known: Page | null;
  #recalled: Recalled[] = [];
  /** Questions to be answered again; null = all. */
  #mending: Set<StepId> | null = null;
  /** What may be meant by a question, by the shape of the page. */
  readonly #offers = new Map<StepId, Element>();
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

  constructor(hello: TeachHello, save: Save, end: () => void, signal: AbortSignal) {
    this.#t = makeT(hello.texts);
    this.#save = save;
    this.#end = end;
    this.#known = hello.known.find(({ root }) => find(document, root)) ?? hello.known[0] ?? null;
    this.#surface = new Surface({ hover: (element) => this.#hovered(element), choose: (element) => this.#choose(element), key: (key) => this.#key(key) }, signal);
    this.#surface.panel.setAttribute("aria-label", this.#t("teach_title"));
    this.#surface.panel.lang = hello.locale.replace("_", "-");
    const watch = setInterval(() => this.#watchAddress(), ADDRESS_MS);
    signal.addEventListener("abort", () => {
      clearInterval(watch);
      clearTimeout(this.#resting);
    });
    this.#begin();
  }

  get #steps(): Step[] {
    if (!this.#kind) return [];
    const asked = this.#mending;
    return stepsOf(this.#kind, (id) => this.#samples.has(id)).filter(({ id }) => id === "try" || !asked || asked.has(id));
  }

  get #step(): Step | undefined {
    return this.#steps[this.#at];
  }

  get #place(): Place {
    return { document, url: new URL(location.href) };
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
    if (key === "Escape") return this.#chosen ? this.#unchoose() : this.#end();
    if (key === "ArrowUp") this.#change("wider");
    if (key === "ArrowDown") this.#change("narrower");
    if (key === "ArrowRight") this.#change("next");
    if (key === "ArrowLeft") this.#change("before");
    if (key !== "Enter") return;
    if (this.#chosen) this.#next();
    else if (this.#hover) this.#choose(this.#hover);
  }

  #unchoose(): void {
    if (this.#step) this.#offers.delete(this.#step.id);
    this.#chosen = null;
    this.#surface.mark([]);
    this.#said = "";
    this.#draw();
  }

  #judgeNow(): void {
    const element = this.#chosen ?? this.#hover;
    const step = this.#step;
    if (!element || !step) return;
    const { say, marks } = judge(this.#t, step, element, this.#samples, this.#chosen !== null);
    this.#surface.mark([...marks, { element, look: this.#chosen ? "chosen" : "hover" }]);
    this.#tell(say);
  }

  /** Where the panel stands it is changed in place: whoever listens or types there is not disturbed. */
  #tell(say: string): void {
    this.#said = say;
    const line = this.#surface.panel.querySelector("[part=count]");
    if (line) line.textContent = say;
  }

  // -- going on --------------------------------------------------------------------------------------------------

  #begin(): void {
    this.#kind = null;
    this.#mending = null;
    if (this.#known) this.#recalled = recall(this.#known, this.#place);
    const looks: Record<string, Mark["look"]> = { buyer: "buyer", seller: "seller" };
    this.#surface.mark(this.#recalled.flatMap(({ step, state, element }): Mark[] => (element && state === "found" ? [{ element, look: looks[step] ?? "like" }] : [])));
    this.#draw();
  }

  /** Only what is no longer found is asked for; what may be meant is offered. */
  #mend(): void {
    const known = this.#known as Page;
    this.#mending = new Set();
    for (const { step, state, element } of this.#recalled) {
      if (state === "found") this.#samples.set(step, element);
      if (state === "alike" && element) this.#offers.set(step, element);
      if (state === "alike" || state === "lost") this.#mending.add(step);
    }
    if (this.#mending.has("bullet")) this.#mending.add("bullet2");
    this.#kind = known.page;
    this.#go(0);
  }

  #next(): void {
    const step = this.#step;
    if (!step) return;
    if (step.at) {
      if (!this.#chosen || !this.#isReady(step, this.#chosen)) return;
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
    this.#offers.delete(step.id);
    this.#go(this.#at + 1);
  }

  #back(): void {
    if (this.#at > 0) this.#go(this.#at - 1);
    else this.#begin();
  }

  #go(at: number): void {
    this.#at = at;
    const step = this.#step;
    this.#chosen = step?.at ? (this.#samples.get(step.id) ?? this.#offers.get(step.id) ?? null) : null;
    this.#hover = null;
    this.#said = "";
    // another conversation may be open behind that question, so what was pointed at is learned before it
    const asksOther = this.#steps.some(({ id }) => id === "other");
    if (step?.id === "other" || (step?.id === "try" && !asksOther)) this.#learn();
    this.#surface.mark([]);
    if (this.#chosen) {
      this.#chosen.scrollIntoView({ block: "nearest" });
      this.#judgeNow();
    }
    this.#draw();
    if (this.#chosen && this.#chosen === this.#offers.get(step?.id as StepId)) this.#surface.clear(this.#chosen);
    // the panel takes the keyboard, so that Enter and Tab go on from here
    this.#surface.panel.querySelector<HTMLElement>("button[part=next]:not(:disabled), button[part=skip], button")?.focus({ preventScroll: true });
  }

  #isReady(step: Step, chosen: Element): boolean {
    return judge(this.#t, step, chosen, this.#samples, true).good;
  }

  #learn(): void {
    const url = new URL(location.href);
    this.#before = url;
    const lesson = this.#kind && learnFrom(this.#kind, (id) => this.#samples.get(id), url, new Date().toISOString().slice(0, 10));
    const mending = this.#mending;
    this.#lesson = lesson && mending && this.#known ? keeping(this.#known, lesson, (step) => mending.has(step)) : lesson;
  }

  #watchAddress(): void {
    if (this.#step?.id === "other" && this.#before && location.href !== this.#before.href && this.#said === "") this.#tell(this.#t("teach_other_seen"));
  }

  async #keep(page: Page): Promise<void> {
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
      this.#surface.mark([]);
    }
    this.#draw();
  }

  // -- the panel -------------------------------------------------------------------------------------------------

  readonly #press: panel.Presses = {
    begin: (kind) => {
      this.#kind = kind;
      this.#go(0);
    },
    mend: () => this.#mend(),
    anew: () => {
      this.#known = null;
      this.#recalled = [];
      this.#begin();
    },
    next: () => this.#next(),
    skip: () => this.#skip(),
    back: () => this.#back(),
    wider: () => this.#change("wider"),
    narrower: () => this.#change("narrower"),
    again: () => this.#unchoose(),
    save: (page) => void this.#keep(page),
    corner: () => this.#surface.moveOn(),
    end: () => this.#end(),
  };

  #draw(): void {
    this.#surface.pointing = this.#state === "asking" && Boolean(this.#step?.at) && !this.#chosen;
    fill(this.#surface.panel, panel.drawHead(this.#t, this.#press), ...this.#drawBody());
  }

  #drawBody(): HTMLElement[] {
    const [t, press, step, chosen] = [this.#t, this.#press, this.#step, this.#chosen];
    if (this.#saved && this.#state === "saved") return panel.drawSaved(t, this.#saved, press);
    if (!step) return this.#known ? panel.drawKnown(t, this.#known, this.#recalled, press) : panel.drawKinds(t, press);
    if (step.id === "try") return this.#drawTry();
    const ready = step.at === "" || (chosen !== null && this.#isReady(step, chosen));
    const offered = chosen !== null && chosen === this.#offers.get(step.id) && !this.#samples.has(step.id);
    return panel.drawStep(t, { step, at: this.#at, all: this.#steps.length, chosen, offered, ready, said: this.#said }, press);
  }

  #drawTry(): HTMLElement[] {
    const page = this.#lesson?.page;
    const tried = !page ? null : page.page === "chat" ? tryChat(page, this.#place) : tryListing(page, document);
    if (tried && "rows" in tried) this.#surface.mark(tried.rows.flatMap(({ element, direction }): Mark[] => (direction === "system" ? [] : [{ element, look: direction }])));
    return panel.drawTry(this.#t, this.#lesson, tried, this.#state === "saving", this.#said, this.#press);
  }
}
