// One field of the listing: its text, what is marked in it, and where that stands.

import { isInput, type Field } from "../sites/composer";
import { onGround, shared, type Box } from "./boxes";
import { moved, named, type Mark } from "./marks";
import { Mirror } from "./mirror";
import { clippersOf, groundOf, isCovered, seenOf } from "./place";
import { rangeOf, readRuns, type Runs } from "./runs";
import { keepsSpace, type Subject } from "./subjects";
import { within } from "./within";

/** Most boxes drawn in a field. */
const MOST_BOXES = 200;
/** Above and below what is seen, measured along with it, so that scrolling a little measures nothing, in px. */
const MARGIN = 300;
const NOTHING = { width: 0, height: 0 };

/** A marked stretch of a line in the window; `box`: what is seen of it. */
export interface Stretch {
  mark: Mark;
  whole: Box;
  box: Box;
}

/** Where marks stand, from where the text begins, as far as it was measured. */
interface Measured {
  top: number;
  bottom: number;
  boxes: { mark: Mark; box: Box }[];
}

export interface Look {
  seen: Box;
  stretches: Stretch[];
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
  #keeps = false;
  /** Null = to be measured. */
  #measured: Measured | null = null;
  /** Where the field stood when it was drawn, and whether something lay over it. */
  #stood = "";
  #isCovered = false;

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
    this.remeasure();
  }

  /** Size, type or nodes may be others. */
  remeasure(): void {
    this.#measured = null;
  }

  /** Reads the field; marks move with their words. Whether the text is another. */
  read(): boolean {
    const field = this.#field;
    const now = isInput(field) ? field.value : this.#readRuns();
    if (now === this.text) return false;
    this.marks = moved(this.marks, this.text, now);
    this.text = now;
    this.remeasure();
    return true;
  }

  /** What was found in `was`, which the field held when it was asked about. */
  take(marks: readonly Mark[], was: string): void {
    const now = named(moved(marks, was, this.text), this.marks);
    if (!sameMarks(now, this.marks)) this.remeasure();
    this.marks = now;
  }

  /** Whether there is anything to draw anew. */
  isOther(): boolean {
    return this.#measured === null || this.#standing() !== this.#stood;
  }

  /** What is seen of the field, and of its marks; null when nothing is. `all`: something may lie over it by now. */
  look(all: boolean): Look | null {
    const field = this.#field;
    const stands = this.#standing();
    // asking what lies at a point costs more than all else here; typing alone covers nothing
    const doubt = all || this.#isCovered || stands !== this.#stood;
    this.#stood = stands;
    const seen = field.isConnected ? seenOf(field, this.#clippers) : null;
    if (!seen) {
      this.#measured ??= { top: 0, bottom: 0, boxes: [] };
      return null;
    }
    if (!this.#measured) this.mirror?.sync(this.text);
    const ground = groundOf(field, this.mirror?.size ?? NOTHING);
    const [top, bottom] = [(seen.top - ground.top) / ground.scale, (seen.bottom - ground.top) / ground.scale];
    if (!this.#measured || this.#measured.top > top || this.#measured.bottom < bottom) this.#measured = this.#measure(top - MARGIN, bottom + MARGIN, ground);
    const stretches: Stretch[] = [];
    for (const { mark, box: inText } of this.#measured.boxes) {
      const whole = onGround(inText, ground);
      const box = shared(whole, seen);
      if (box) stretches.push({ mark, whole, box });
      if (stretches.length >= MOST_BOXES) break;
    }
    if (!doubt) return { seen, stretches };
    const free = stretches.filter(({ box }) => !isCovered(field, (box.left + box.right) / 2, (box.top + box.bottom) / 2));
    this.#isCovered = free.length < stretches.length;
    return { seen, stretches: free };
  }

  /** The words from `start` to `end` of an editable area; null in a form field, and when they are not there any more. */
  range(start: number, end: number): Range | null {
    return this.#runs && rangeOf(this.#runs, start, end);
  }

  #readRuns(): string {
    const before = this.#runs;
    const now = readRuns(this.#field, this.#keeps);
    this.#runs = now;
    // an editor may have drawn the same text with other nodes
    if (before?.runs.length !== now.runs.length || before.runs.some(({ node }, at) => node !== now.runs[at]?.node)) this.remeasure();
    return now.text;
  }

  #measure(top: number, bottom: number, ground: { left: number; top: number }): Measured {
    const marks = this.open.filter(({ start, end }) => end > start);
    const boxesOf = ({ start, end }: Mark): Box[] => {
      if (this.mirror) return this.mirror.boxes(start, end);
      const rects = this.range(start, end)?.getClientRects() ?? [];
      return Array.from(rects, (rect) => ({ left: rect.left - ground.left, top: rect.top - ground.top, right: rect.right - ground.left, bottom: rect.bottom - ground.top }));
    };
    return { top, bottom, boxes: within(marks, boxesOf, top, bottom) };
  }

  #standing(): string {
    const { left, top, width, height } = this.#field.getBoundingClientRect();
    return [left, top, width, height, this.#field.scrollLeft, this.#field.scrollTop].join(" ");
  }
}

/** Whether drawing them gives the same. */
function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  const same = (one: Mark, other: Mark | undefined): boolean => one.start === other?.start && one.end === other.end && one.finding.level === other.finding.level && one.finding.waiver === other.finding.waiver;
  return a.length === b.length && a.every((mark, at) => same(mark, b[at]));
}
