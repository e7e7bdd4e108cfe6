// Boxes in CSS pixels, and what of them a person sees. Pure.

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the text of a field begins in the window, and how large a pixel of the field is drawn there. */
export interface Ground {
  left: number;
  top: number;
  scale: number;
}

/** What both have in common; null when that is nothing. */
export function shared(a: Box, b: Box): Box | null {
  const box = { left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) };
  return box.right - box.left > 1 && box.bottom - box.top > 1 ? box : null;
}

/** A box of a text as it stands in the window. */
export function onGround({ left, top, right, bottom }: Box, ground: Ground): Box {
  const { scale } = ground;
  return { left: ground.left + left * scale, top: ground.top + top * scale, right: ground.left + right * scale, bottom: ground.top + bottom * scale };
}

export function holds({ left, top, right, bottom }: Box, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Beside `at`, below it where there is room, else above; always inside the window. */
export function beside(at: Box, size: { width: number; height: number }, view: { width: number; height: number }, gap = 6): { left: number; top: number } {
  const below = at.bottom + gap;
  const above = at.top - gap - size.height;
  const top = below + size.height <= view.height - gap || above < gap ? below : above;
  return { left: bounded(at.left, view.width - size.width - gap, gap), top: bounded(top, view.height - size.height - gap, gap) };
}

function bounded(wanted: number, most: number, least: number): number {
  return Math.max(least, Math.min(wanted, most));
}
