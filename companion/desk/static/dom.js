// Elements without HTML strings: what came from a buyer can only ever be text.

/** An element: attributes, listeners (on…) and children; null, undefined and false are left out. */
export function h(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value === "boolean") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SHAPES = {
  overview: "M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10M10 19.5v-5h4v5",
  pairing: "M9.5 14.5 14.5 9.5M8 11l-2.2 2.2a3.6 3.6 0 0 0 5 5L13 16M11 8l2.2-2.2a3.6 3.6 0 0 1 5 5L16 13",
  search: "M4 6.5h16v10H10l-4 3.5v-3.5H4zM8 10h8M8 13h5",
  catalogue: "M4 8.500 12 4l8 4.500v8L12 21l-8-4.500zM4 8.500l8 4.500 8-4.500M12 13v8",
  paper: "M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6",
  rules: "M12 4 5 6.500v5.500c0 4 3 6.800 7 8 4-1.200 7-4 7-8V6.500zM8.800 12l2.400 2.400 4.200-4.400",
  keeping: "M4 5h16v4.500H4zM5.500 9.500v9.500h13V9.500M10 13.500h4",
  languages: "M4 6h9M8.5 4v2M11.5 6c-.8 4-3.300 6.300-7 8M6 9.500c1.300 2.200 3 3.600 5.500 4.500M12 20l4.200-10h.6L21 20M13.600 16.500h5.800",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M13 4.800v4.400h4V4.800zM7 14.800v4.400h4v-4.400z",
  ok: "m5.500 12.500 4 4 9-9",
  warn: "M12 7v6.500M12 17v.200",
  fail: "m7.500 7.500 9 9M16.500 7.500l-9 9",
  off: "M7 12h10",
  back: "M14.500 5.500 8 12l6.500 6.500",
  image: "M4 5.500h16v13H4zM4 16l4.500-4.500 3.500 3.500 2.500-2.500 5.500 5.500M15.500 9.300v.100",
  star: "m12 4.500 2.300 4.800 5.200.700-3.800 3.600.900 5.200-4.600-2.500-4.600 2.500.900-5.200L4.500 10l5.200-.700z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  check: "M5 6h10M5 11h7M5 16h5M12.500 16.500l2.800 2.800 5-6",
  look: "M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.800 15.800 20 20",
};

/** A drawn sign, decoration only. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A button that asks once more before it acts. */
export function twice(label, sure, act, kind = "quiet") {
  const button = h("button", { type: "button", class: kind }, label);
  let armed = 0;
  const calm = () => {
    clearTimeout(armed);
    armed = 0;
    button.textContent = label;
    button.classList.remove("armed");
  };
  button.addEventListener("click", (event) => {
    if (event.detail > 1) return; // a double click has not read the question
    if (armed) {
      calm();
      void act();
      return;
    }
    button.textContent = sure;
    button.classList.add("armed");
    armed = setTimeout(calm, 4000);
  });
  button.addEventListener("blur", calm);
  return button;
}

/** Does one work after another: what a person changes twice in a row is changed in that order. */
export function inTurn() {
  let turn = Promise.resolve();
  return (work) => (turn = turn.then(work, work));
}

/** Calls ``work`` now and again every ``ms`` while the page is visible and the signal lives. */
export function repeat(work, ms, signal) {
  const turn = async () => {
    if (signal.aborted) return;
    if (!document.hidden) await work();
    if (!signal.aborted) setTimeout(turn, ms);
  };
  void turn();
  document.addEventListener("visibilitychange", () => !document.hidden && !signal.aborted && void work(), { signal });
}
