// The page's own field while something is found in it: underlined over the page, shown, and repaired in place.

import type { CheckFinding } from "../check/finding";
import { listen } from "../check/ears";
import { marksOf, named, type Mark } from "../check/marks";
import { Overlay } from "../check/overlay";
import { repair, show, type Repaired } from "../check/repair";
import { Watched } from "../check/watched";
import type { Host } from "../features/kit/types";
import { coalesced, pause } from "../features/kit/work";
import type { Field } from "../sites/composer";

/** What changes around the field may cover it; a page that changes all the time is not looked at each time. */
const COVERED_MS = 300;

/** What there is only while something is marked: a page where nothing is found is not listened to. */
interface Drawn {
  watched: Watched;
  overlay: Overlay;
  draw: () => void;
  end: () => void;
}

export class MarkedField {
  readonly #host: Host;
  readonly #press: () => void;
  readonly #signal: AbortSignal;
  #drawn: Drawn | null = null;

  /** `press`: the count at the field was pressed. */
  constructor(host: Host, press: () => void, signal: AbortSignal) {
    this.#host = host;
    this.#press = press;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#clear());
  }

  /** Marks what was found in `text`, which is what the field holds; null = there is no field. */
  show(field: Field | null, text: string, findings: readonly CheckFinding[]): void {
    if (!field || findings.every(({ waiver }) => waiver !== "")) return this.#clear();
    if (this.#drawn?.watched.field !== field) this.#clear();
    this.#drawn ??= this.#begin(field);
    const { watched, draw } = this.#drawn;
    watched.read();
    watched.take(carried(named(marksOf({ text, at: 0 }, findings)), text, watched.text), watched.text);
    draw();
  }

  /** Selects the words in the page. */
  select(field: Field, text: string, finding: CheckFinding): void {
    const at = this.#at(field, text, finding);
    if (at) void show(at.watched, at.mark);
    else field.focus({ preventScroll: true });
  }

  /** Puts other words in their place, so that the page's own undo takes them back. */
  async repair(field: Field, text: string, finding: CheckFinding, instead: string): Promise<Repaired> {
    const at = this.#at(field, text, finding);
    return at ? repair(at.watched, at.mark, finding.text, instead, this.#signal) : "changed";
  }

  #at(field: Field, text: string, finding: CheckFinding): { watched: Watched; mark: Mark } | null {
    const watched = this.#drawn?.watched.field === field ? this.#drawn.watched : this.#watch(field);
    watched.read();
    const [mark] = carried(marksOf({ text, at: 0 }, [finding]), text, watched.text);
    return mark ? { watched, mark } : null;
  }

  #watch(field: Field): Watched {
    return new Watched({ id: "message", kind: "description", index: -1, label: "", name: this.#host.t("found_message"), field, lines: false });
  }

  #begin(field: Field): Drawn {
    const life = new AbortController();
    const signal = AbortSignal.any([life.signal, this.#signal]);
    const watched = this.#watch(field);
    const overlay = new Overlay(field.ownerDocument, signal);
    const draw = coalesced(() => this.#draw(watched, overlay, false), signal);
    let waiting = false;
    const around = async (): Promise<void> => {
      if (waiting) return;
      waiting = true;
      await pause(COVERED_MS, signal);
      waiting = false;
      if (!signal.aborted) this.#draw(watched, overlay, true);
    };
    const resize = (): void => {
      watched.remeasure();
      draw();
    };
    const input = (event: Event): void => {
      watched.stale ||= event.composedPath().includes(field);
      draw();
    };
    listen({ input, stir: draw, resize, around: () => void around() }, signal).hear(field);
    return { watched, overlay, draw, end: () => life.abort() };
  }

  /** `all`: something may lie over the field by now. */
  #draw(watched: Watched, overlay: Overlay, all: boolean): void {
    if (watched.stale) watched.read();
    watched.stale = false;
    overlay.stand();
    overlay.mirror(watched);
    const { name } = watched.subject;
    overlay.draw(watched, watched.look(all), { label: this.#host.t("editor_mark", { name, count: watched.open.length }), press: this.#press });
  }

  #clear(): void {
    this.#drawn?.end();
    this.#drawn = null;
  }
}

/** Marks of `text` in the text as another reading of the same field has it, where blocks may end in other lines. */
export function carried(marks: readonly Mark[], text: string, own: string): Mark[] {
  if (text === own) return [...marks];
  return marks.flatMap((mark) => {
    if (mark.start === mark.end) return [mark];
    const words = text.slice(mark.start, mark.end);
    let at = -1;
    for (let from = text.indexOf(words); from >= 0 && from <= mark.start; from = text.indexOf(words, from + 1)) {
      at = own.indexOf(words, at + 1);
      if (at < 0) return [];
    }
    return at < 0 ? [] : [{ ...mark, start: at, end: at + words.length }];
  });
}
