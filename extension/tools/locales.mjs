// _locales/<locale>/messages.json out of companion/locales/*.yml, and the same as plain tables.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

export const LOCALES = ["zh_CN", "en"];
/** Areas only the companion speaks in; they would be dead weight in the extension. */
const COMPANION_ONLY = new Set(["bulk", "cli", "dashboard", "doctor", "marketplace", "practice", "report", "run", "tour", "tray"]);

/** locale → key → text */
export async function readTexts(folder) {
  const tables = Object.fromEntries(LOCALES.map((locale) => [locale, {}]));
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yml")).sort();
  for (const file of files) {
    if (COMPANION_ONLY.has(file.replace(/\.yml$/, ""))) continue;
    const entries = parse(await readFile(join(folder, file), "utf8")) ?? {};
    for (const [key, texts] of Object.entries(entries)) {
      if (!/^[a-z0-9_]+$/.test(key)) throw new Error(`${file}: key ${key} is not [a-z0-9_]+`);
      for (const locale of LOCALES) {
        if (typeof texts?.[locale] !== "string") throw new Error(`${file}: ${key} has no ${locale}`);
        if (key in tables[locale]) throw new Error(`${file}: ${key} is declared twice`);
        tables[locale][key] = texts[locale];
      }
    }
  }
  return tables;
}

/** The browser's form; "$" starts a placeholder there and is doubled. */
export function toMessages(table) {
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [key, { message: text.replaceAll("$", "$$$$") }]));
}
