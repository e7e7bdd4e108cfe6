// A chat page for the guard: a field, a button, and a script that sends on an event of its choice; what was sent is counted.

import { setMaxListeners } from "node:events";
import type { Host, Page } from "../../src/features/kit/types";
import type { CheckFinding } from "../../src/check/finding";
import { Checks } from "../../src/guard/checks";
import { Departures } from "../../src/guard/departures";
import type { Choices, Question } from "../../src/guard/dialog";
import { Guard } from "../../src/guard/guard";
import { Presses } from "../../src/guard/presses";
import type { Identity } from "../../src/sites/identity";
import { open, soon } from "../page/dom";

export const KEYS = ["keydown", "keypress", "keyup"] as const;
export const PRESSES = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"] as const;

export const finding = (text: string, more: Partial<CheckFinding> = {}): CheckFinding => ({
  part: 0, rule: "messages/email", version: 1, level: "error", start: 0, end: [...text].length, text, message: "why", fix: "how", source: "https://a.test/rule", as_of: "2026-11-22", alternatives: [], waiver: "", reason: "", ...more,
});

export interface Asked {
  method: string;
  params: Record<string, unknown>;
}

/** `rules`: what is found in a text. `slow`: ms an answer takes; null = none ever comes. */
export class Shop {
  readonly life = new AbortController();
  readonly field: HTMLTextAreaElement;
  readonly button: HTMLButtonElement;
  readonly sent: string[] = [];
  readonly asked: Asked[] = [];
  /** Of each message that left: whether it was checked. */
  readonly left: boolean[] = [];
  readonly questions: { question: Question; choices: Choices; open: boolean; host: HTMLElement; shown: CheckFinding[] }[] = [];
  rules: (text: string) => CheckFinding[] = (text) => (text.includes("@") ? [finding(text)] : []);
  slow: number | null = 0;
  identity: Identity = { host: "a.test", marketplace: "m", shop: "s", region: "US", thread: "t", buyer: "b" };
  readonly settings = { guard_sending: true, seller_language: "en" };
  readonly state = { link: "ready" };
  readonly checks: Checks;
  readonly guard: Guard;

  constructor(on: string) {
    const window = open(`<main><textarea></textarea><button>Send</button><div id="dialog"></div><input></main>`);
    for (const name of ["MouseEvent", "PointerEvent"]) Object.defineProperty(globalThis, name, { value: (window as unknown as Record<string, unknown>)[name], configurable: true, writable: true });
    // what a browser does where no listener took the key; this document has no editor
    Object.assign(document, { execCommand: () => true });
    this.field = document.querySelector("textarea")!;
    this.button = document.querySelector("button")!;
    const send = (): void => {
      if (this.field.value.trim() === "") return;
      this.sent.push(this.field.value);
      this.field.value = "";
    };
    if ((KEYS as readonly string[]).includes(on)) this.field.addEventListener(on, (event) => (event as KeyboardEvent).key === "Enter" && (event.preventDefault(), send()));
    else this.button.addEventListener(on, send);
    const host = { settings: this.settings, state: this.state, t: (key: string) => key, ask: (request: Asked) => this.#answer(request) } as unknown as Host;
    const composer = () => ({ field: this.field, kind: "textarea", send: this.button, limit: 0 });
    const page = { document, composer, lastComposer: composer, identity: () => this.identity, inserted: [], thread: { language: "es" }, services: { insert: () => undefined } } as unknown as Page;
    const { signal } = this.life;
    setMaxListeners(50, signal);
    this.checks = new Checks(host, page, signal);
    const nothing = async (): Promise<string> => "";
    this.guard = new Guard(
      { host, page, checks: this.checks, departures: new Departures(host, page, signal, (_meant, checked) => this.left.push(checked)), languageOf: () => "", ask: (question, choices) => this.#ask(question, choices), translate: nothing, repair: nothing, change: () => undefined },
      signal,
    );
    const presses = new Presses(page, this.guard);
    for (const type of [...KEYS, ...PRESSES]) (window as unknown as Window).addEventListener(type, (event) => presses.hear(event), { capture: true, signal });
  }

  #ask(question: Question, choices: Choices) {
    const asked = { question, choices, open: true, host: document.querySelector<HTMLElement>("#dialog")!, shown: [...question.blocking] };
    this.questions.push(asked);
    return { host: asked.host, isOpen: () => asked.open, close: () => (asked.open = false), show: (found: readonly CheckFinding[]) => (asked.shown = [...found]) };
  }

  async #answer({ method, params }: Asked): Promise<unknown> {
    this.asked.push({ method, params });
    if (method !== "message.check") return { result: { recorded: true } };
    if (this.slow === null) return new Promise(() => undefined);
    if (this.slow > 0) await soon(this.slow);
    return { result: { findings: this.rules(params["text"] as string), pack: "p" } };
  }

  /** Written, and checked before anything else happens. */
  async write(text: string): Promise<void> {
    this.field.value = text;
    await this.checks.answer(text, "", 1_000);
  }

  /** The seller presses Enter; gives the release, which comes later. */
  enterDown(on: Element = this.field, more: object = {}): () => void {
    const make = (type: string) => new KeyboardEvent(type, { key: "Enter", bubbles: true, cancelable: true, composed: true, ...more } as KeyboardEventInit);
    if (on.dispatchEvent(make("keydown"))) on.dispatchEvent(make("keypress"));
    return () => void (document.activeElement ?? on).dispatchEvent(make("keyup"));
  }

  enter(): void {
    this.field.focus();
    this.enterDown()();
  }

  /** The seller presses Send; gives the release. */
  pressDown(): () => void {
    const make = (type: string): Event => new (type.startsWith("pointer") ? PointerEvent : MouseEvent)(type, { bubbles: true, cancelable: true, composed: true, detail: 1 });
    for (const type of ["pointerdown", "mousedown"]) this.button.dispatchEvent(make(type));
    return () => {
      for (const type of ["pointerup", "mouseup", "click"]) this.button.dispatchEvent(make(type));
    };
  }

  /** As on this page a message is sent. */
  act(on: string): void {
    if ((KEYS as readonly string[]).includes(on)) this.enter();
    else this.pressDown()();
  }

  /** What the companion was told went out. */
  told(): unknown[] {
    return this.asked.filter(({ method }) => method === "message.sending").map(({ params }) => [params["text"], params["anyway"]]);
  }
}
