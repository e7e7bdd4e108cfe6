// The extension as features see it.

import { makeT, type T } from "../shared/i18n";
import type { AnswerTo, PageHello, PagePush, PageRequest, Part, State } from "../shared/messages";
import type { Settings } from "../shared/protocol.gen";
import { ask, onPush } from "../shared/talk";
import type { Host, Parts } from "../features/kit/types";
import { parts } from "../shared/parts";
import { Hearers } from "../features/kit/work";

export class ContentHost implements Host {
  locale: "zh_CN" | "en";
  settings: Required<Settings>;
  state: State;
  #t: T;
  readonly #changed = new Hearers<void>();
  readonly #pushed = new Hearers<PagePush>();
  readonly #coming: Partial<Record<Part, Promise<null>>> = {};

  constructor(hello: PageHello, signal: AbortSignal) {
    this.locale = hello.locale;
    this.settings = hello.settings;
    this.state = hello.state;
    this.#t = makeT(hello.texts);
    onPush((push) => this.#hear(push), signal);
  }

  ask<R extends PageRequest>(request: R): Promise<AnswerTo<R>> {
    return ask(request);
  }

  async part<K extends Part>(name: K): Promise<Parts[K]> {
    // a conversation wishes for the same part many times at once
    if (!parts()[name]) await (this.#coming[name] ??= ask({ type: "part", name }).finally(() => delete this.#coming[name]));
    const part = parts()[name];
    if (!part) throw new Error(`part ${name}`);
    return part;
  }

  t(key: string, data?: Record<string, string | number>): string {
    return this.#t(key, data);
  }

  onChange(hear: () => void, signal: AbortSignal): void {
    this.#changed.add(hear, signal);
  }

  onPush(hear: (push: PagePush) => void, signal: AbortSignal): void {
    this.#pushed.add(hear, signal);
  }

  #hear(push: PagePush): void {
    if (push.type === "state") this.state = push.state;
    if (push.type === "settings") {
      this.settings = push.settings;
      this.locale = push.locale;
      this.#t = makeT(push.texts);
    }
    this.#pushed.tell(push);
    if (push.type === "state" || push.type === "settings") this.#changed.tell();
  }
}
