// A small view library with the manners of the big ones: nodes belong to it, and what strangers put between
// them survives, or not, as it renders.
//   reuse    nodes stay and are patched in place; strangers stay (React, most of the time)
//   wipe     nodes stay, strangers inside managed elements are thrown out (a parent was rebuilt around them)
//   replace  every list is built anew (a key changed upstream)

const SVG = new Set(["svg", "path", "circle", "rect", "line", "polyline"]);
const held = new WeakMap();

export function h(type, props, ...kids) {
  const all = kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false);
  return { type, props: props ?? {}, kids: all, key: props?.key };
}

export function render(root, view, mode = "reuse") {
  children(root, [view].flat(Infinity).filter(Boolean), mode, {});
}

function create(view, mode) {
  if (typeof view !== "object") return document.createTextNode(String(view));
  const node = SVG.has(view.type)
    ? document.createElementNS("http://www.w3.org/2000/svg", view.type)
    : document.createElement(view.type);
  patch(node, view, mode);
  view.props.born?.(node);
  return node;
}

function patch(node, view, mode) {
  if (typeof view !== "object") {
    if (node.nodeValue !== String(view)) node.nodeValue = String(view);
    return;
  }
  const known = held.get(node) ?? { props: {}, kids: [] };
  attributes(node, known.props, view.props);
  known.props = view.props;
  held.set(node, known);
  if (!view.props.own) children(node, view.kids, mode, view.props);
  view.props.each?.(node);
}

function attributes(node, old, props) {
  for (const name of Object.keys(old)) if (!(name in props)) set(node, name, null, old[name]);
  for (const [name, value] of Object.entries(props)) if (value !== old[name]) set(node, name, value, old[name]);
}

function set(node, name, value, old) {
  if (["key", "born", "each", "own", "list"].includes(name)) return;
  if (name.startsWith("on")) {
    const type = name.slice(2).toLowerCase();
    if (old) node.removeEventListener(type, old);
    if (value) node.addEventListener(type, value);
  } else if (name === "style") {
    for (const [key, entry] of Object.entries(value ?? {})) node.style.setProperty(key, entry);
  } else if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

function children(node, views, mode, props) {
  const known = held.get(node) ?? { props: {}, kids: [] };
  held.set(node, known);
  if (mode === "replace" && props.list) {
    node.replaceChildren();
    known.kids = [];
  }
  const before = new Map(known.kids.map((kid) => [kid.key, kid]));
  const now = views.map((view, index) => {
    const type = typeof view === "object" ? view.type : "#text";
    const key = typeof view === "object" && view.key !== undefined ? `k${view.key}` : `${index}${type}`;
    const old = before.get(key);
    if (old && old.type === type) {
      before.delete(key);
      patch(old.node, view, mode);
      return old;
    }
    return { key, type, node: create(view, mode) };
  });
  for (const gone of before.values()) gone.node.remove();
  known.kids = now;
  place(node, now);
  if (mode === "wipe") {
    const ours = new Set(now.map((kid) => kid.node));
    for (const child of [...node.childNodes]) if (!ours.has(child)) child.remove();
  }
}

function place(node, kids) {
  const ours = new Set(kids.map((kid) => kid.node));
  let next = null;
  for (const { node: child } of kids.toReversed()) {
    if (child.parentNode !== node || following(child, ours) !== next) node.insertBefore(child, next);
    next = child;
  }
}

function following(child, ours) {
  let sibling = child.nextSibling;
  while (sibling && !ours.has(sibling)) sibling = sibling.nextSibling;
  return sibling;
}
