// A page with the real editors marketplaces use. `models` tells what each editor itself believes to hold.

import { createEditor, $createParagraphNode, $getRoot } from "lexical";
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerPlainText } from "@lexical/plain-text";
import { registerRichText } from "@lexical/rich-text";
import { baseKeymap } from "prosemirror-commands";
import { history, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import Quill from "quill";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { Editor, EditorState as DraftState } from "draft-js";

const models: Record<string, () => string> = {};
Object.assign(window, { models });

function box(name: string): HTMLElement {
  const element = document.createElement("div");
  element.id = name;
  document.body.append(element);
  return element;
}

function reactField(name: string, tag: "textarea" | "input"): void {
  let held = "";
  const Field = (): unknown => {
    const [value, setValue] = useState("");
    held = value;
    // refuses what it did not hear of, as a controlled field does
    return createElement(tag, { value, onChange: (event: { target: { value: string } }) => setValue(event.target.value) });
  };
  createRoot(box(name)).render(createElement(Field as never));
  models[name] = () => held;
}

reactField("react-textarea", "textarea");
reactField("react-input", "input");

const quill = new Quill(box("quill"));
models["quill"] = () => quill.getText().replace(/\n$/, "");

const prosemirror = new EditorView(box("prosemirror"), {
  state: EditorState.create({ schema, plugins: [history(), keymap({ "Mod-z": undo }), keymap(baseKeymap)] }),
});
models["prosemirror"] = () => prosemirror.state.doc.textBetween(0, prosemirror.state.doc.content.size, "\n", "\n");

for (const [name, register] of [["lexical-rich", registerRichText], ["lexical-plain", registerPlainText]] as const) {
  const field = document.createElement("div");
  field.contentEditable = "true";
  box(name).append(field);
  const editor = createEditor({ namespace: name, onError: (error: Error) => console.error(error) });
  editor.setRootElement(field);
  register(editor);
  editor.update(() => void $getRoot().append($createParagraphNode()));
  registerHistory(editor, createEmptyHistoryState(), 300);
  models[name] = () => editor.getEditorState().read(() => $getRoot().getTextContent().replaceAll("\n\n", "\n"));
}

let draft = DraftState.createEmpty();
const Draft = (): unknown => {
  const [state, setState] = useState(draft);
  draft = state;
  return createElement(Editor, { editorState: state, onChange: setState });
};
createRoot(box("draft")).render(createElement(Draft as never));
models["draft"] = () => draft.getCurrentContent().getPlainText("\n");

/** Like Amazon's: the field is in an open shadow root and the element hears only composed events. */
class KatTextarea extends HTMLElement {
  held = "";
  connectedCallback(): void {
    const root = this.attachShadow({ mode: "open" });
    const field = document.createElement("textarea");
    root.append(field);
    this.addEventListener("input", () => (this.held = field.value));
  }
}
customElements.define("kat-textarea", KatTextarea);
const kat = document.createElement("kat-textarea") as KatTextarea;
box("kat").append(kat);
models["kat"] = () => kat.held;

/** Like eBay's listing editor: an editable body in a frame, mirrored into a textarea by the page's script. */
const frame = document.createElement("iframe");
frame.srcdoc = "<!doctype html><body contenteditable=true></body>";
const mirror = document.createElement("textarea");
mirror.hidden = true;
box("frame").append(frame, mirror);
frame.addEventListener("load", () => {
  const { body } = frame.contentDocument as Document;
  body.addEventListener("input", (event) => {
    if (event.isTrusted) mirror.value = body.innerText;
  });
});
models["frame"] = () => mirror.value;
