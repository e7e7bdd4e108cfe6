// The virtual list: rows are absolutely positioned, only the visible ones exist, and a row's node serves
// another message once it has scrolled away. Slots go round, so that document order is not visual order.
// Heights are measured once per message, when its row is first drawn, and never again.
import { h } from "./dom.js";

const GUESS = 58;
const OVERSCAN = 3;

export class VirtualList {
  constructor(redraw) {
    this.redraw = redraw;
    this.heights = new Map();
    this.slots = 24;
    this.stick = true;
    this.scrollTop = 0;
  }

  reset() {
    this.stick = true;
    this.node = null;
  }

  adopt = (node) => {
    this.node = node;
    // Another width, other line breaks: all heights are measured anew.
    this.watch?.disconnect();
    let width = node.clientWidth;
    this.watch = new ResizeObserver(() => {
      if (node.clientWidth === width || node.clientWidth === 0) return;
      width = node.clientWidth;
      this.heights.clear();
      this.redraw();
    });
    this.watch.observe(node);
  };

  onScroll = () => {
    const node = this.node;
    this.stick = node.scrollHeight - node.scrollTop - node.clientHeight < 60;
    if (this.drawing) return;
    this.scrollTop = node.scrollTop;
    this.redraw();
  };

  layout(rows) {
    let top = 8;
    const places = rows.map((row) => {
      const height = this.heights.get(row.id) ?? GUESS;
      const place = { top, height };
      top += height;
      return place;
    });
    return { places, total: top + 8 };
  }

  // The views of the visible rows; `draw(row)` gives a row's inside.
  view(rows, draw) {
    const { places, total } = this.layout(rows);
    const seen = this.node?.clientHeight || 500;
    const top = this.stick ? Math.max(0, total - seen) : this.scrollTop;
    let first = places.findIndex((place) => place.top + place.height > top);
    if (first < 0) first = 0;
    let last = first;
    while (last < rows.length && places[last].top < top + seen) last++;
    first = Math.max(0, first - OVERSCAN);
    last = Math.min(rows.length, last + OVERSCAN);
    while (last - first > this.slots) this.slots *= 2;
    this.drawn = [];
    for (let n = first; n < last; n++) this.drawn.push({ slot: n % this.slots, row: rows[n], place: places[n] });
    const inside = [...this.drawn].sort((a, b) => a.slot - b.slot).map(({ slot, row, place }) =>
      h("div", { key: `slot${slot}`, class: "_x_slot", each: (node) => { node.$row = row.id; },
        style: { position: "absolute", left: "0", width: "100%", top: `${place.top}px`, height: `${place.height}px` } }, draw(row)));
    return h("div", { class: "ReactVirtualized__Grid__innerScrollContainer", list: true,
      style: { position: "relative", width: "100%", height: `${total}px` } }, inside);
  }

  // After a draw: measure what is new, draw again if that moved something, keep the end in sight.
  settle() {
    if (!this.node) return;
    let moved = false;
    for (const slot of this.node.firstElementChild?.children ?? []) {
      if (!slot.$row || this.heights.has(slot.$row) || !slot.firstElementChild) continue;
      const height = Math.ceil(slot.firstElementChild.getBoundingClientRect().height);
      if (height > 0) {
        this.heights.set(slot.$row, height);
        moved = true;
      }
    }
    if (moved) this.redraw();
    else if (this.stick) this.node.scrollTop = this.node.scrollHeight;
  }
}
