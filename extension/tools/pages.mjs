// The bundled page descriptions: rules/marketplaces as one JSON, checked like an answer of the companion.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LineCounter, parse, parseDocument } from "yaml";

const FIELDS = ["name", "title", "hosts", "image_hosts", "gaps"];
/** Keys of an entry of the table of labels that are no language. */
const NOTES = ["source", "checked", "because"];

/** Returns {version, marketplaces}; `check` is the checker of shared/check.ts and throws on a wrong shape. */
export async function readPages(folder, check) {
  const marketplaces = [];
  const labels = await readLabels(join(folder, "..", "labels", "kpi.yml"));
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory());
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const head = await readYaml(join(folder, name, "marketplace.yml"));
    const files = (await readdir(join(folder, name, "pages")).catch(() => [])).filter((file) => file.endsWith(".yml")).sort();
    const pages = await Promise.all(files.map((file) => readPage(join(folder, name, "pages", file), labels)));
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

/** A page with `labels_of` of its figures turned into `labels`, as companion/marketplaces/labels.py does. */
async function readPage(path, table) {
  const text = await readFile(path, "utf8");
  const page = onWire(parse(text));
  if (!Array.isArray(page?.kpis)) return page;
  const kpis = page.kpis.map((kpi, at) => {
    const { labels_of: name, ...rest } = kpi ?? {};
    if (name === undefined) return kpi;
    if (!table.has(name)) throw new Error(`${path}:${lineOf(text, ["kpis", at, "labels_of"])}: ${name} does not stand in labels/kpi.yml`);
    return { ...rest, labels: [...new Set([...(rest.labels ?? []), ...table.get(name)])] };
  });
  return { ...page, kpis };
}

/** Name to labels of all languages; empty where there is no table. */
async function readLabels(path) {
  const text = await readFile(path, "utf8").catch(() => "");
  const content = text ? parse(text) : {};
  return new Map(
    Object.entries(content ?? {}).map(([name, entry]) => [
      name,
      Object.entries(entry ?? {}).flatMap(([key, labels]) => (NOTES.includes(key) || !Array.isArray(labels) ? [] : labels)),
    ]),
  );
}

function lineOf(text, place) {
  const counter = new LineCounter();
  const node = parseDocument(text, { lineCounter: counter }).getIn(place, true);
  return node?.range ? counter.linePos(node.range[0]).line : 1;
}

/** Without what concerns only the rules and their tests; companion/marketplaces/loader.py drops the same keys. */
function onWire(value) {
  if (Array.isArray(value)) return value.map(onWire);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key]) => !["expect", "because", "cases"].includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, onWire(inner)]));
}
