// What the tests call in the page: the extension's own ways of writing and reading a field.

import { repair } from "../../src/check/repair";
import { Watched } from "../../src/check/watched";
import { routesOf, select, write, type Route } from "../../src/insertion/editors";
import { fieldText, type Field } from "../../src/sites/composer";

function field(name: string): Field {
  const box = document.getElementById(name) as HTMLElement;
  if (name === "kat") return box.querySelector("kat-textarea")?.shadowRoot?.querySelector("textarea") as Field;
  if (name === "frame") return box.querySelector("iframe")?.contentDocument?.body as Field;
  return box.querySelector("textarea, input, [contenteditable=true]") as Field;
}

Object.assign(window, {
  routes: (name: string) => routesOf(field(name)),
  put: async (name: string, text: string, route: Route) => {
    await select(field(name));
    write(field(name), text, route);
  },
  mend: async (name: string, words: string, instead: string) => {
    const watched = new Watched({ field: field(name) } as Watched["subject"]);
    const start = watched.text.indexOf(words);
    return repair(watched, { start, end: start + words.length }, words, instead, new AbortController().signal);
  },
  reads: (name: string) => fieldText(field(name)),
});
