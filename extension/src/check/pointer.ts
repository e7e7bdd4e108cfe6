// Which mark the pointer rests on. Listens only: a click in marked words sets the page's own caret, as it always does.

/** A mark that is only passed over opens nothing; a card that is left stays for a moment, so that one can come back. */
const REST_MS = 250;
const LEAVE_MS = 350;

export interface Hand<H> {
  /** What is marked at a point of the window; the same object for the same marks. */
  find: (x: number, y: number) => H | null;
  /** `firm`: clicked, not only rested on. */
  open: (hit: H, firm: boolean) => void;
  leave: (clicked: boolean) => void;
}

export function followPointer<H>(document: Document, ours: Element, { find, open, leave }: Hand<H>, signal: AbortSignal): void {
  let over: H | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let away: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  const move = (event: PointerEvent): void => {
    // over our own card nothing ends
    if (event.composedPath().includes(ours)) {
      clearTimeout(away);
      clearTimeout(rest);
      return;
    }
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      settle(find(event.clientX, event.clientY));
    });
  };
  const settle = (hit: H | null): void => {
    if (hit === over) return;
    over = hit;
    clearTimeout(rest);
    clearTimeout(away);
    if (hit) rest = setTimeout(() => open(hit, false), REST_MS);
    else away = setTimeout(() => leave(false), LEAVE_MS);
  };
  const press = (event: MouseEvent): void => {
    if (!event.isTrusted || event.composedPath().includes(ours)) return;
    const hit = find(event.clientX, event.clientY);
    clearTimeout(rest);
    clearTimeout(away);
    if (hit) open(hit, true);
    else leave(true);
  };
  document.addEventListener("pointermove", move, { capture: true, passive: true, signal });
  document.addEventListener("click", press, { capture: true, passive: true, signal });
  signal.addEventListener("abort", () => {
    clearTimeout(rest);
    clearTimeout(away);
  });
}
