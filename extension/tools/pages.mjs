// The bundled page descriptions: rules/marketplaces as one JSON, checked like an answer of the companion.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

const FIELDS = ["name", "title", "hosts", "image_hosts", "gaps"];

/** Returns {version, marketplaces}; `check` is the checker of shared/check.ts and throws on a wrong shape. */
export async function readPages(folder, check) {
  const marketplaces = [];
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory());
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const head = await readYaml(join(folder, name, "marketplace.yml"));
    const files = (await readdir(join(folder, name, "pages")).catch(() => [])).filter((file) => file.endsWith(".yml")).sort();
    const pages = await Promise.all(files.map((file) => readYaml(join(folder, name, "pages", file))));
    const known = Object.fromEntries(FIELDS.filter((field) => field in head).map((field) => [field, head[field]]));
    marketplaces.push({ ...known, pages });
  }
  const version = `bundled-${createHash("sha256").update(JSON.stringify(marketplaces)).digest("hex").slice(0, 12)}`;
  const result = { version, marketplaces };
  check(result);
  return result;
}

async function readYaml(path) {
  return onWire(parse(await readFile(path, "utf8")));
}

/** Without what concerns only the rules and their tests; companion/marketplaces/loader.py drops the same keys. */
function onWire(value) {
  if (Array.isArray(value)) return value.map(onWire);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key]) => !["expect", "because", "cases"].includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, onWire(inner)]));
}
