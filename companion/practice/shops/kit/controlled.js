// Composers whose truth is a model, not the element. A write that bypasses the model does not count: the next
// render puts the model's text back, and sending sends the model's text.

// As React does it: a property on the instance shadows the prototype's and remembers what went through it. An
// input event counts only when the element's text differs from what was remembered, so a plain `el.value = x`
// in the page's own world is swallowed, while the prototype's setter plus an input event is accepted.
export function trackValue(node) {
  const native = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), "value");
  let known = native.get.call(node);
  Object.defineProperty(node, "value", {
    configurable: true,
    enumerable: true,
    get() {
      return native.get.call(this);
    },
    set(text) {
      known = String(text);
      native.set.call(this, text);
    },
  });
  return {
    changed() {
      const text = native.get.call(node);
      if (text === known) return false;
      known = text;
      return true;
    },
  };
}

export class Textarea {
  constructor(model) {
    this.model = model;
  }
  adopt(node) {
    this.node = node;
    this.tracker = trackValue(node);
    node.addEventListener("input", () => {
      if (!this.tracker.changed()) return;
      this.model.write(node.value);
      this.impose();
    });
    this.impose();
  }
  impose() {
    if (this.node && this.node.value !== this.model.text) this.node.value = this.model.text;
  }
}

// The contenteditable kind: the model follows input events and nothing else.
export class Editable {
  constructor(model) {
    this.model = model;
  }
  adopt(node) {
    this.node = node;
    node.addEventListener("input", () => {
      this.model.write(read(node));
      this.impose();
    });
    node.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    this.impose();
  }
  impose() {
    if (this.node && read(this.node) !== this.model.text) this.node.textContent = this.model.text;
  }
}

function read(node) {
  return node.innerText.replace(/\n$/, "");
}
