// One field of the listing: its text, what is marked in it, and where that stands.

import { isInput, type Field } from "../sites/composer";
import { onGround, shared, type Box } from "./boxes";
import { moved, type Mark } from "./marks";
import { Mirror } from "./mirror";
import { clippersOf, groundOf, isCovered, seenOf } from "./place";
import { rangeOf, readRuns, type Runs } from "./runs";
import { keepsSpace, type Subject } from "./subjects";

/** Most marks drawn in a field, and most boxes of them: an answer with more says the same over and over. */
const MOST_MARKS = 300;
const MOST_BOXES = 200;

/** A marked stretch of a line in the window; `box`: what is seen of it. */
export interface Stretch {
  mark: Mark;
  whole: Box;
  box: Box;
}

export class Watched {
  /** What the field held at the last look. */
  text = "";
  marks: readonly Mark[] = [];
  /** Somebody typed since the last look. */
  stale = false;
  readonly mirror: Mirror | null;
  readonly #field: Field;
  #runs: Runs | null = null;
  #clippers: Element[] = [];
  /** Boxes of the marks from where the text begins; null = to be measured. */
  #boxes: { mark: Mark; box: Box }[] | null = null;
  #keeps = false;

  constructor(public subject: Subject) {
    const { field } = subject;
    this.#field = field;
    this.mirror = isInput(field) ? new Mirror(field) : null;
    this.relook();
    this.read();
  }

  get field(): Field {
    return this.#field;
  }

  /** Without what the seller excused. */
  get open(): readonly Mark[] {
    return this.marks.filter(({ finding }) => finding.waiver === "");
  }

  /** Styles around the field may be others. */
  relook(): void {
    this.#clippers = clippersOf(this.#field);
    this.#keeps = keepsSpace(this.#field);
    this.#boxes = null;
  }

  /** Size or type changed. */
  remeasure(): void {
    this.#boxes = null;
  }

  /** Reads the field; marks move with their words. Whether the text is another. */
  read(): boolean {
    const field = this.#field;
    let now: string;
    if (isInput(field)) now = field.value;
    else {
      this.#runs = readRuns(field, this.#keeps);
      now = this.#runs.text;
      // an editor may have drawn the same text with other nodes
      this.#boxes = null;
    }
    if (now === this.text) return false;
    this.marks = moved(this.marks, this.text, now);
    this.text = now;
    this.#boxes = null;
    return true;
  }

  /** What was found in `was`, which the field held when it was asked about. */
  take(marks: readonly Mark[], was: string): void {
    this.marks = moved(marks, was, this.text);
    this.#boxes = null;
  }

  /** What is seen of the field, and of its marks; null when nothing is. */
  look(): { seen: Box; stretches: Stretch[] } | null {
    const field = this.#field;
    if (!field.isConnected) return null;
    const seen = seenOf(field, this.#clippers);
    if (!seen) return null;
    const boxes = (this.#boxes ??= this.#measured());
    if (boxes.length === 0) return { seen, stretches: [] };
    const ground = groundOf(field, this.mirror?.size ?? { width: 0, height: 0 });
    const stretches: Stretch[] = [];
    for (const { mark, box: inText } of boxes) {
      const whole = onGround(inText, ground);
      const box = shared(whole, seen);
      if (!box || isCovered(field, (box.left + box.right) / 2, (box.top + box.bottom) / 2)) continue;
      stretches.push({ mark, whole, box });
      if (stretches.length >= MOST_BOXES) break;
    }
    return { seen, stretches };
  }

  /** The words from `start` to `end` of an editable area; null in a form field, and when they are not there any more. */
  range(start: number, end: number): Range | null {
    return this.#runs && rangeOf(this.#runs, start, end);
  }

  #measured(): { mark: Mark; box: Box }[] {
    const marks = this.open.filter(({ start, end }) => end > start).slice(0, MOST_MARKS);
    if (marks.length === 0) return [];
    this.mirror?.sync(this.text);
    const ground = this.mirror ? null : groundOf(this.#field, { width: 0, height: 0 });
    return marks.flatMap((mark) => {
      if (this.mirror) return this.mirror.boxes(mark.start, mark.end).map((box) => ({ mark, box }));
      const rects = Array.from(this.range(mark.start, mark.end)?.getClientRects() ?? []);
      return rects.map(({ left, top, right, bottom }) => ({ mark, box: { left: left - ground!.left, top: top - ground!.top, right: right - ground!.left, bottom: bottom - ground!.top } }));
    });
  }
}
