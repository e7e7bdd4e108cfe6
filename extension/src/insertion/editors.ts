// Ways of putting text into a field so that the editor behind it takes it into its own model.

import { isInput, type Field } from "../sites/composer";

/**
 * value: the prototype's setter and an input event, for what frameworks control. typed: the browser's own editing command,
 * which makes trusted events; lines as paragraphs. pasted: a paste as an editor hears it, for those that undo typed nodes.
 */
export type Route = "value" | "typed" | "pasted";

/** The routes for a field, best first; the last is used from then on. */
export function routesOf(field: Field): Route[] {
  if (isInput(field)) return ["value", "typed"];
  // Lexical (0.52) drops typed paragraphs and Draft (0.11) breaks over them; a paste both turn into lines of their own
  if (field.closest(".DraftEditor-root")) return ["pasted"];
  return field.closest("[data-lexical-editor]") ? ["pasted", "typed"] : ["typed", "pasted"];
}

/** Editors hear of focus and selection by events, some of them a frame later, and put their own selection back first. */
const HEARD_MS = 40;

/** Focus the field and select what is given, all it holds by default, and give the editor time to know it. Has to come before
 * `write`. */
export async function select(field: Field, choose = selectAll): Promise<void> {
  if (field.ownerDocument.activeElement !== field) {
    field.focus({ preventScroll: true });
    if (!isInput(field)) await heard();
  }
  choose(field);
  if (!isInput(field)) await heard();
}

/** Select from where a range begins to where it ends. */
export function selectRange(field: Field, range: Range): void {
  const selection = field.ownerDocument.getSelection();
  // a range that is added is not taken in a shadow root
  selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function heard(): Promise<void> {
  return new Promise((done) => setTimeout(done, HEARD_MS));
}

/** Replace what is selected; by value it is everything. */
export function write(field: Field, text: string, route: Route): void {
  if (route === "value" && isInput(field)) setValue(field, text);
  else if (route === "pasted") paste(field, text);
  else type(field, text);
}

/** Through the prototype's own setter: frameworks shadow `value` on the element and would not notice a plain write. */
function setValue(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  const view = viewOf(field);
  const kind = field.tagName === "TEXTAREA" ? view.HTMLTextAreaElement : view.HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set;
  if (setter) setter.call(field, text);
  else field.value = text;
  field.setSelectionRange?.(text.length, text.length);
  // composed: a web component that wraps the field listens outside its shadow root
  field.dispatchEvent(new view.InputEvent("input", { bubbles: true, composed: true, inputType: "insertText", data: text }));
  field.dispatchEvent(new view.Event("change", { bubbles: true }));
}

/** As if typed: editors keep a model of their own and refuse nodes they did not make. */
function type(field: Field, text: string): void {
  const { ownerDocument } = field;
  const lines = isInput(field) ? [text] : text.split("\n");
  lines.forEach((line, at) => {
    if (at > 0) ownerDocument.execCommand("insertParagraph");
    if (line !== "") ownerDocument.execCommand("insertText", false, line);
    else if (lines.length === 1) ownerDocument.execCommand("delete");
  });
}

function paste(field: Field, text: string): void {
  const view = viewOf(field);
  const data = new view.DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new view.ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
}

function selectAll(field: Field): void {
  if (isInput(field)) {
    field.select();
    return;
  }
  const { ownerDocument } = field;
  const selection = ownerDocument.getSelection();
  const range = ownerDocument.createRange();
  range.selectNodeContents(field);
  selection?.removeAllRanges();
  selection?.addRange(range);
}

function viewOf(field: Field): Window & typeof globalThis {
  return (field.ownerDocument.defaultView ?? window) as Window & typeof globalThis;
}
