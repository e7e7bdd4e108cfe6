// Injected when the seller presses the shortcut on any page. The background drives it and gets answers back as results
// of its own calls: nothing here sends messages, so that no page of a stranger has a way to the companion.

import { replace } from "../insertion/replace";
import { makeT } from "../shared/i18n";
import type { Translated } from "../shared/protocol.gen";
import { Card } from "./card";
import { LONGEST, take, type Taken } from "./taken";
import type { Anywhere, Setting, Wish } from "./types";

/** The background answers within that, else it is said that nobody did, in ms. */
const PATIENCE_MS = 45_000;

class Session implements Anywhere {
  private taken: Taken | null = null;
  private card: Card | null = null;
  private wish: ((wish: Wish) => void) | null = null;
  private late: ReturnType<typeof setTimeout> | undefined;
  private t = makeT({});
  private signal = new AbortController().signal;

  begin(setting: Setting): { writing: boolean; text: string } | null {
    this.close();
    this.t = makeT(setting.texts);
    this.taken = take(document);
    const { taken } = this;
    this.card = new Card(document, { t: this.t, locale: setting.locale }, setting.seller, {
      replace: (text) => void this.put(text),
      language: (language) => this.choose(language),
      close: () => this.close(),
    });
    if (!taken || taken.text.length > LONGEST) {
      this.card.say(this.t(taken ? "anywhere_long" : "anywhere_nothing"));
      return null;
    }
    this.wait();
    return { writing: taken.field !== null, text: taken.text };
  }

  show(item: Translated): Promise<Wish> {
    clearTimeout(this.late);
    if (!this.card || !this.taken) return Promise.resolve({ do: "nothing" });
    this.card.show(this.taken.text, item, this.taken.field !== null);
    return new Promise((resolve) => (this.wish = resolve));
  }

  fail(key: string, data: Record<string, string>): void {
    clearTimeout(this.late);
    const said = this.t(key, data);
    this.card?.say(said === key ? this.t("error_internal", { report: key }) : said);
  }

  private wait(): void {
    this.card?.say(this.t("anywhere_wait"));
    clearTimeout(this.late);
    this.late = setTimeout(() => this.card?.say(this.t("error_timeout")), PATIENCE_MS);
  }

  private choose(language: string): void {
    this.wait();
    this.answer({ do: "language", language });
  }

  private async put(text: string): Promise<void> {
    const { taken, card } = this;
    if (!taken?.field || !card) return;
    this.answer({ do: "nothing" });
    const done = await replace(taken.field, taken.text, text, this.signal);
    if (done === "done") return this.close();
    if (this.card === card) card.say(this.t(`anywhere_${done}`));
  }

  private close(): void {
    clearTimeout(this.late);
    this.answer({ do: "nothing" });
    this.card?.remove();
    this.card = null;
    this.taken?.field?.focus({ preventScroll: true });
  }

  private answer(wish: Wish): void {
    this.wish?.(wish);
    this.wish = null;
  }
}

const world = globalThis as { seabridgeAnywhere?: Anywhere };
world.seabridgeAnywhere ??= new Session();
