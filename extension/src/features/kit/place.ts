// Where in a row a translation goes, without moving more than needed.

import type { ChatPage } from "../../shared/protocol.gen";
import { findIn } from "../../sites/query";
import { textElement } from "../../sites/rows";

/** The element beside which the translation stands: as described, else the one with the words. */
export function anchorOf(row: Element, page: ChatPage): Element {
  return findIn(row, page.placement.anchor) ?? textElement(row, page) ?? row;
}

/** Put the host where it belongs, unless it is there already. */
export function placeBelow(host: HTMLElement, row: Element, page: ChatPage, inRow: (parent: Element) => boolean): void {
  const anchor = anchorOf(row, page);
  const inside = anchor === row || page.placement.where === "inside" || !anchor.parentElement || inRow(anchor.parentElement);
  if (!inside) {
    if (anchor.nextElementSibling !== host) anchor.after(host);
  } else if (anchor.lastElementChild !== host) anchor.append(host);
}

/** The drawn bubble around an anchor: the outermost element in the row that is not as wide as the row. */
export function bubbleBox(anchor: Element, row: Element): DOMRect {
  const width = row.getBoundingClientRect().width * 0.95;
  let box = anchor.getBoundingClientRect();
  for (let at = anchor.parentElement; at && at !== row; at = at.parentElement) {
    const around = at.getBoundingClientRect();
    if (around.width >= width) break;
    if (around.width >= box.width) box = around;
  }
  return box;
}

/** Whether a parent lays its children out side by side, remembered by class: asking costs a style calculation. */
export function rowDetector(): (parent: Element) => boolean {
  const known = new Map<string, boolean>();
  return (parent) => {
    const key = `${parent.tagName} ${parent.getAttribute("class") ?? ""}`;
    let answer = known.get(key);
    if (answer === undefined) {
      const style = getComputedStyle(parent);
      answer = /flex$/.test(style.display) ? style.flexDirection.startsWith("row") && style.flexWrap === "nowrap" : /grid$/.test(style.display);
      known.set(key, answer);
    }
    return answer;
  };
}

/** Narrower than this the words would stand one above the other. */
const READABLE = 150;
const GAP = 8;
const CHIP = 18;

export interface Lie {
  left: number;
  top: number;
  width: number;
  height: number;
  chip: boolean;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Over the free side of the row: right of a buyer's bubble. Where that side is too narrow, a one-line chip at the
 * bubble's lower end. `origin` is the top left corner that left and top count from.
 */
export function lieBeside(row: Box, bubble: Box, origin: { left: number; top: number }): Lie {
  const free = row.right - bubble.right - 2 * GAP;
  if (free >= READABLE) {
    const height = Math.max(22, row.bottom - bubble.top - 1);
    return { left: bubble.right + GAP - origin.left, top: bubble.top - origin.top, width: free, height, chip: false };
  }
  const width = Math.max(60, row.right - row.left - 2 * GAP);
  const beside = free >= 44;
  const left = beside ? bubble.right + 4 : Math.max(row.left + GAP, bubble.left);
  const top = beside ? bubble.top : Math.min(bubble.bottom - 4, row.bottom - CHIP);
  return { left: left - origin.left, top: top - origin.top, width: beside ? free + GAP : Math.min(width, row.right - left - GAP), height: CHIP, chip: true };
}
