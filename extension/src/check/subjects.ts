// What of a listing is checked: its fields, what they are called, and the texts that go over the wire.

import { fieldsOf, type ListingField } from "../listing/fields";
import { nameOf } from "../listing/names";
import { isInput, type Field } from "../sites/composer";
import { hasWords } from "../sites/han";
import { clip, LONGEST } from "../sites/text";
import type { T } from "../shared/i18n";
import type { ListingPage } from "../shared/protocol.gen";
import { attributesOf } from "./attributes";
import type { Piece } from "./marks";

/** Most texts of one listing, as the wire has it, and most characters of all together: a frame holds 256 KiB. */
const MOST_TEXTS = 200;
const MOST_CHARACTERS = 60_000;

/** A field of the editor, found anew at every look. */
export interface Subject {
  id: string;
  /** What the wire calls it. */
  kind: "title" | "bullets" | "description" | "keywords" | "attributes";
  /** Which bullet from 0; -1 where there is one of it. */
  index: number;
  /** What the page calls an attribute. */
  label: string;
  /** What the seller calls it. */
  name: string;
  field: Field;
  /** The lines of the field are bullets of their own. */
  lines: boolean;
}

/** Fields of the editor that are seen and can be written into, in the order a buyer reads them. */
export function subjectsOf(page: ListingPage, document: Document, t: T): Subject[] {
  const fields = fieldsOf(page, document);
  const known = fields.map((each) => subjectOf(each, nameOf(t, each)));
  const others = attributesOf(page, document, fields.map(({ field }) => field));
  return [...known, ...others.map(({ field, label }, at): Subject => ({ id: `attribute-${at + 1}`, kind: "attributes", index: at, label, name: label || t("editor_attribute"), field, lines: false }))];
}

function subjectOf({ id, name, number, field }: ListingField, called: string): Subject {
  const kind = name === "other" ? "attributes" : name;
  return { id, kind, index: name === "bullets" && number > 0 ? number - 1 : -1, label: "", name: called, field, lines: name === "bullets" && number === 0 };
}

/** One text of the wire and where it stands in which field. */
export interface Sent extends Piece {
  id: string;
  wire: { field: Subject["kind"]; index: number; name: string; text: string };
}

/** `cut`: something is too long and was left out. */
export function textsOf(subjects: readonly Subject[], text: (id: string) => string): { sent: Sent[]; cut: boolean } {
  const sent: Sent[] = [];
  let [left, cut] = [MOST_CHARACTERS, false];
  for (const subject of subjects) {
    const whole = text(subject.id);
    if (!hasWords(whole)) continue;
    for (const piece of piecesOf(subject, whole)) {
      const bounded = clip(piece.text, Math.min(left, LONGEST));
      cut ||= bounded.length < piece.text.length || sent.length >= MOST_TEXTS;
      if (!bounded || sent.length >= MOST_TEXTS) continue;
      left -= bounded.length;
      sent.push({ id: subject.id, text: bounded, at: piece.at, wire: { field: subject.kind, index: piece.index, name: subject.label, text: bounded } });
    }
  }
  return { sent, cut };
}

function piecesOf({ lines, index }: Subject, whole: string): (Piece & { index: number })[] {
  if (!lines || !whole.includes("\n")) return [{ text: whole, at: 0, index }];
  const pieces: (Piece & { index: number })[] = [];
  for (const { 0: text, index: at } of whole.matchAll(/[^\n]+/g)) if (hasWords(text)) pieces.push({ text, at, index: pieces.length });
  return pieces;
}

/** Whether white space counts as it is written. */
export function keepsSpace(field: Field): boolean {
  return isInput(field) || /pre|break-spaces/.test(getComputedStyle(field).whiteSpace);
}
