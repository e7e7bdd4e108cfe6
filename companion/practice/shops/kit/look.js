// Little things both seller centres draw: pictures of people, icons, the theme.
import { h } from "./dom.js";

const ICONS = {
  home: "M3 11l9-8 9 8v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z",
  box: "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10",
  chat: "M4 5h16v11H9l-5 4z",
  chart: "M4 20V10M10 20V4M16 20v-8M22 20H2",
  heart: "M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z",
  back: "M15 5l-7 7 7 7",
  send: "M3 11l18-8-7 18-3-7z",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 14c1 2 7 2 8 0M9 9h.01M15 9h.01",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  down: "M5 9l7 7 7-7",
  tag: "M3 12V4h8l10 10-8 8z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
};

export function icon(name, size = 20) {
  return h(
    "svg",
    { viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
      "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" },
    h("path", { d: ICONS[name] }),
  );
}

export function avatar(name, className) {
  const hue = [...name].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 360, 7);
  return h(
    "div",
    { class: className, "aria-hidden": "true",
      style: { background: `linear-gradient(135deg, hsl(${hue} 62% 62%), hsl(${(hue + 40) % 360} 58% 46%))` } },
    [...name][0].toUpperCase(),
  );
}

export function theme(choice, className) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const dark = choice === "dark" || (choice === "auto" && system.matches);
    document.documentElement.classList.toggle(className, dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  };
  system.addEventListener("change", apply);
  apply();
}
