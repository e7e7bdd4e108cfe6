// Keeps a press back when what would go out should not: once, and in the end one message goes out or none.

import type { Host, Page } from "../features/kit/types";
import { fieldText, sameText, type Composer } from "../sites/composer";
import { blockingOf, judge, type Found, type Judged } from "../sites/guarding";
import { sameThread, type Identity } from "../sites/identity";
import type { Checks } from "./checks";
import type { Departures } from "./departures";
import type { Choices, GuardDialog, Question } from "./dialog";

/** What the guard needs of the parts around it. */
export interface Around {
  host: Host;
  page: Page;
  checks: Checks;
  departures: Departures;
  /** Language of a text in the page's field, "" = not known. */
  languageOf: (text: string) => string;
  ask: (question: Question, choices: Choices) => Pick<GuardDialog, "host" | "isOpen" | "close" | "show">;
  translate: (meant: Identity, text: string) => Promise<string>;
  repair: Choices["repair"];
  change: (text: string, finding: Parameters<Choices["change"]>[0]) => void;
}

/** The press once more, on the composer as it is by then. */
export type Again = (now: Composer) => void;

interface Held {
  text: string;
  meant: Identity;
  again: Again;
}

/** The longest a press waits for an answer, and only the first one does: a companion that is well needs 30 ms, one on a busy
 * computer more, and a message that costs points costs more than a second. */
const HOLD_MS = 1_000;
/** The page's own scripts may take so long to press Send after an Enter that passed. */
const AGREED_MS = 2_000;
/** A question that is open hears of findings that come late. */
const LATE_MS = 5_000;

export class Guard {
  readonly #at: Around;
  /** Paused once; the same words pass the next time. */
  #paused = "";
  /** Passed a moment ago: the rest of the same press passes as well. */
  #agreed = { text: "", until: 0 };
  #held: Held | null = null;
  #dialog: ReturnType<Around["ask"]> | null = null;
  /** The conversation the dialog asks about. */
  #asked: Identity | null = null;
  #replaying = false;

  constructor(around: Around, signal: AbortSignal) {
    this.#at = around;
    signal.addEventListener("abort", () => {
      this.letGo();
      this.#dialog?.close();
    });
  }

  /** A press is being repeated: what is heard now is ours. */
  get repeating(): boolean {
    return this.#replaying;
  }

  get holding(): boolean {
    return this.#held !== null;
  }

  /** The seller goes on: what is held is decided by what is known now, before anything else happens. */
  letGo(): void {
    if (this.#held) this.#settle(this.#held, this.#at.checks.known(this.#held.text));
  }

  inDialog(event: Event): boolean {
    return this.#dialog?.isOpen() === true && event.composedPath().includes(this.#dialog.host);
  }

  /** A question about a conversation that was left has no place in another one, and words that were taken back and are
   * written again are asked about again. */
  look(): void {
    const composer = this.#at.page.lastComposer();
    if (this.#paused && composer && !sameText(fieldText(composer.field), this.#paused)) this.#paused = "";
    if (this.#dialog?.isOpen() && this.#asked && !sameThread(this.#asked, this.#at.page.identity())) this.#dialog.close();
  }

  /** Whether the press is kept back, for now or until the seller has answered. */
  keeps(composer: Composer, again: Again): boolean {
    const { checks, page } = this.#at;
    const text = fieldText(composer.field);
    const found = checks.known(text);
    const judged = this.#judge(text, found, checks.answering);
    if (judged.verdict === "pass") {
      this.#passes(text, found);
      return false;
    }
    if (judged.verdict === "pause") this.#pause(composer, text, judged, again);
    else this.#hold({ text, meant: page.identity(), again });
    return true;
  }

  #judge(text: string, found: Found, answering: boolean): Judged {
    const { host, page } = this.#at;
    return judge(
      {
        text,
        inserted: page.inserted.map((known) => known.text),
        language: page.thread.language,
        sellerLanguage: host.settings.seller_language,
        ready: host.settings.guard_sending && host.state.link === "ready" && Boolean(page.services.insert),
        paused: this.#goesOn(text) ? text : this.#paused,
      },
      found,
      answering,
    );
  }

  /** The same words pass once after a pause; later they are asked about again. */
  #passes(text: string, found: Found): void {
    const anyway = sameText(this.#paused, text) && blockingOf(found).length > 0;
    this.#paused = "";
    this.#agreed = { text, until: performance.now() + AGREED_MS };
    this.#dialog?.close();
    if (text.trim() !== "") this.#at.departures.pressed(text, this.#at.languageOf(text), anyway, this.#isChecked(found));
  }

  /** Nobody expects it of a guard that is switched off, and a companion that was never paired is told of anyway. */
  #isChecked(found: Found): boolean {
    return found !== null || !this.#at.host.settings.guard_sending || !this.#at.checks.away;
  }

  /** A page's script may press Send because of an Enter that passed. */
  #goesOn(text: string): boolean {
    return this.#agreed.until > performance.now() && sameText(this.#agreed.text, text);
  }

  #hold(held: Held): void {
    this.#held = held;
    const { checks, languageOf } = this.#at;
    void checks.answer(held.text, languageOf(held.text), HOLD_MS).then((found) => {
      if (this.#held === held) this.#settle(held, found);
    });
  }

  /** Goes on with what was held: it is sent, or the seller is asked. In another conversation, or with other words, it is neither. */
  #settle(held: Held, found: Found): void {
    this.#held = null;
    const { page } = this.#at;
    const now = page.composer();
    if (!now || !sameText(fieldText(now.field), held.text) || !sameThread(held.meant, page.identity())) return;
    const judged = this.#judge(held.text, found, false);
    if (judged.verdict === "pause") this.#pause(now, held.text, judged, held.again);
    else this.#send(now, held.text, found, held.again);
  }

  #send(now: Composer, text: string, found: Found, again: Again): void {
    this.#passes(text, found);
    this.#replaying = true;
    try {
      again(now);
    } finally {
      this.#replaying = false;
    }
  }

  #pause(composer: Composer, text: string, { untranslated, blocking }: Judged, again: Again): void {
    const { checks, page, ask, translate, repair, change, languageOf } = this.#at;
    const meant = page.identity();
    this.#dialog?.close();
    const dialog = ask(
      { near: composer.field, text, untranslated, blocking },
      {
        translate: () => translate(meant, text),
        repair,
        change: (finding) => change(text, finding),
        sendAnyway: () => {
          const now = page.composer();
          // something else now stands there, or somebody else reads it: that has not been agreed to
          if (now && fieldText(now.field) === text && sameThread(meant, page.identity())) this.#send(now, text, checks.known(text), again);
        },
      },
    );
    this.#dialog = dialog;
    this.#asked = meant;
    this.#paused = text;
    if (untranslated && checks.known(text) === null) void checks.answer(text, languageOf(text), LATE_MS).then((found) => dialog.isOpen() && dialog.show(blockingOf(found)));
  }
}
