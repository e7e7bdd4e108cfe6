// What went out is told to the companion, once: after the page took it, and without anybody waiting for that.

import type { Host, Page } from "../features/kit/types";
import { pause } from "../features/kit/work";
import { fieldText } from "../sites/composer";
import { sameThread, threadRef, type Identity } from "../sites/identity";
import { clip, LONGEST } from "../sites/text";

/** A page that takes a message empties its field; this long it may need for that. */
const TAKEN_MS = 3_000;
const LOOK_MS = 60;

interface Going {
  text: string;
  meant: Identity;
  /** Of the press, in seconds. */
  at: number;
  until: number;
  /** The seller was told of a rule it breaks. */
  anyway: boolean;
  checked: boolean;
}

export class Departures {
  #going: Going | null = null;

  constructor(
    private readonly host: Host,
    private readonly page: Page,
    private readonly signal: AbortSignal,
    /** The page has taken a message; whether it was checked before. */
    private readonly left: (meant: Identity, checked: boolean) => void,
  ) {}

  /** A press passed with this text in the field. Enter may only have broken a line: what stays in the field was not sent. */
  pressed(text: string, language: string, anyway: boolean, checked: boolean): void {
    const until = performance.now() + TAKEN_MS;
    const going = this.#going;
    if (going?.text === text) {
      going.anyway ||= anyway;
      // what was found out between the parts of one press counts
      going.checked ||= checked;
      going.until = until;
      return;
    }
    const mine: Going = { text, meant: this.page.identity(), at: Date.now() / 1_000, until, anyway, checked };
    this.#going = mine;
    void this.#watch(mine, language);
  }

  async #watch(mine: Going, language: string): Promise<void> {
    // most pages empty it before the press is over
    for (let wait = 0; this.#going === mine && performance.now() < mine.until; wait = LOOK_MS) {
      await pause(wait, this.signal);
      if (this.signal.aborted || this.#going !== mine || !sameThread(mine.meant, this.page.identity())) break;
      const field = this.page.lastComposer()?.field;
      if (!field || fieldText(field).trim() !== "") continue;
      this.#tell(mine, language);
      break;
    }
    if (this.#going === mine) this.#going = null;
  }

  #tell({ text, meant, at, anyway, checked }: Going, language: string): void {
    this.left(meant, checked);
    const thread = threadRef(meant);
    if (!thread || this.host.state.link !== "ready") return;
    // the message is out; a lost note about it must not disturb the seller
    this.host.ask({ type: "call", method: "message.sending", params: { thread, language, text: clip(text, LONGEST), anyway, at } }).catch(() => undefined);
  }
}
