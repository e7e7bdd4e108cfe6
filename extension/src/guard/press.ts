// A press that was kept back, once more, as the page would have heard it. The page's own listeners decide what it does.

import { isInput, type Field } from "../sites/composer";

/** Enter in the field, with what a browser does by itself where no listener took the key. */
export function pressEnter(field: Field, { ctrlKey, metaKey }: Pick<KeyboardEvent, "ctrlKey" | "metaKey">): void {
  const view = viewOf(field);
  field.focus({ preventScroll: true });
  const key = (type: string): boolean => {
    // React and older pages look at keyCode, which type declarations have forgotten
    const init = { key: "Enter", code: "Enter", keyCode: 13, which: 13, ctrlKey, metaKey, bubbles: true, cancelable: true, composed: true };
    return field.dispatchEvent(new view.KeyboardEvent(type, init as KeyboardEventInit));
  };
  if (key("keydown") && key("keypress") && !ctrlKey && !metaKey && field.isConnected) byItself(field);
  key("keyup");
}

/** A key made by a script breaks no line and submits no form. */
function byItself(field: Field): void {
  if (isInput(field) && field.tagName === "INPUT") field.form?.requestSubmit();
  else if (isInput(field)) field.ownerDocument.execCommand("insertText", false, "\n");
  else field.ownerDocument.execCommand("insertParagraph");
}

/** A whole press on the button, until the page takes it away; `alone`: a click that no pointer made. */
export function press(button: Element, alone: boolean): void {
  const view = viewOf(button);
  const init = { bubbles: true, cancelable: true, composed: true, button: 0, view };
  if (!alone) {
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"]) {
      const held = type.endsWith("down") ? 1 : 0;
      const Kind = type.startsWith("pointer") ? (view.PointerEvent ?? view.MouseEvent) : view.MouseEvent;
      button.dispatchEvent(new Kind(type, { ...init, buttons: held, pointerType: "mouse", isPrimary: true } as PointerEventInit));
      if (!button.isConnected) return;
    }
  }
  if ("click" in button) (button as HTMLElement).click();
  else button.dispatchEvent(new view.MouseEvent("click", init));
}

function viewOf(node: Element): Window & typeof globalThis {
  return (node.ownerDocument.defaultView ?? window) as Window & typeof globalThis;
}
