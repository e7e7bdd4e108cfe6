// Builds the extension: node build.mjs [--target chrome|firefox] [--granted [--grant PATTERN]] [--outdir DIR]
// Without --target: dist/chrome, dist/firefox and dist/chrome-granted.

import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { png, svg } from "./tools/icon.mjs";
import { LOCALES, readTexts, toMessages } from "./tools/locales.mjs";
import { firefox, granted, reachable } from "./tools/manifest.mjs";
import { readPages } from "./tools/pages.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
/** Promised size of the script that runs in every marketplace document, in bytes. */
const CONTENT_BOUND = 60_000;

const { values: options } = parseArgs({
  options: { target: { type: "string" }, granted: { type: "boolean", default: false }, grant: { type: "string" }, outdir: { type: "string" }, sourcemap: { type: "boolean", default: false } },
});

const variants = options.target
  ? [{ target: options.target, granted: options.granted, outdir: options.outdir }]
  : [{ target: "chrome" }, { target: "firefox" }, { target: "chrome", granted: true }];
for (const variant of variants) await build(variant);

async function build({ target, granted: isGranted = false, outdir }) {
  if (target !== "chrome" && target !== "firefox") throw new Error(`unknown target ${target}`);
  const out = outdir ? resolve(outdir) : join(HERE, "dist", isGranted ? `${target}-granted` : target);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "icons"), { recursive: true });
  await bundle(target, out);
  const pages = await readPages(join(ROOT, "rules", "marketplaces"), await loadCheck());
  await writeManifest(target, isGranted, pages.marketplaces, out);
  await writeData(pages, out);
  await copyPages(out);
  if (target === "chrome") await copyFile(join(HERE, "src", "offscreen", "translator.html"), join(out, "translator.html"));
  const bytes = (await stat(join(out, "content.js"))).size;
  if (bytes > CONTENT_BOUND) throw new Error(`content.js has ${bytes} bytes, more than ${CONTENT_BOUND}`);
  console.log(`${out}: content.js ${bytes} bytes of ${CONTENT_BOUND}`);
}

async function bundle(target, out) {
  const common = {
    absWorkingDir: HERE,
    bundle: true,
    minify: true,
    legalComments: "none",
    charset: "utf8",
    target: target === "chrome" ? "chrome120" : "firefox140",
    sourcemap: options.sourcemap ? "inline" : false,
    outdir: out,
    logLevel: "warning",
    logLimit: 20,
  };
  await esbuild.build({ ...common, entryPoints: { content: "src/content/main.ts", capture: "src/capture/main.ts", check: "src/parts/check.ts", engines: "src/parts/engines.ts", glance: "src/parts/glance.ts", guard: "src/parts/guard.ts", health: "src/parts/health.ts", insert: "src/parts/insert.ts", listing: "src/parts/listing.ts", others: "src/parts/others.ts", pages: "src/parts/pages.ts", tone: "src/parts/tone.ts" }, format: "iife" });
  // come into a page only when the seller teaches it or presses the shortcut, so the bound above does not count it
  await esbuild.build({ ...common, entryPoints: { anywhere: "src/anywhere/main.ts", teach: "src/teach/main.ts" }, format: "iife" });
  // Firefox has neither the page nor what is asked there
  const offscreen = target === "chrome" ? { translator: "src/offscreen/main.ts" } : {};
  await esbuild.build({
    ...common,
    entryPoints: { background: "src/background/main.ts", panel: "src/pages/panel/main.ts", options: "src/pages/options/main.ts", popup: "src/pages/popup/main.ts", ...offscreen },
    format: "esm",
  });
}

async function writeManifest(target, isGranted, marketplaces, out) {
  let manifest = reachable(JSON.parse(await readFile(join(HERE, "manifest.json"), "utf8")), marketplaces);
  if (target === "firefox") manifest = firefox(manifest);
  if (isGranted) manifest = granted(manifest, options.grant ? [options.grant] : []);
  await writeJson(join(out, "manifest.json"), manifest);
}

async function writeData(pages, out) {
  const texts = await readTexts(join(ROOT, "companion", "locales"));
  for (const locale of LOCALES) {
    await mkdir(join(out, "_locales", locale), { recursive: true });
    await writeJson(join(out, "_locales", locale, "messages.json"), toMessages(texts[locale]));
  }
  await writeJson(join(out, "pages.json"), pages);
  for (const size of [16, 32, 48, 128]) await writeFile(join(out, "icons", `${size}.png`), png(size));
  await writeFile(join(out, "icons", "mark.svg"), svg);
}

/** The extension's own checker, so that the bundled descriptions pass the same test as the companion's. */
async function loadCheck() {
  const built = await esbuild.build({ absWorkingDir: HERE, entryPoints: ["src/shared/check.ts"], bundle: true, format: "esm", write: false });
  const { problemOf } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);
  return (pages) => {
    const problem = problemOf("pages.get", "result", pages);
    if (problem) throw new Error(`rules/marketplaces: ${problem}`);
  };
}

async function copyPages(out) {
  for (const page of ["panel", "options", "popup"]) {
    const folder = join(HERE, "src", "pages", page);
    for (const file of await readdir(folder)) if (/\.html$/.test(file)) await copyFile(join(folder, file), join(out, file));
  }
  await esbuild.build({ absWorkingDir: HERE, entryPoints: ["src/pages/pages.css"], bundle: true, minify: true, outdir: out, charset: "utf8", logLevel: "warning" });
}

async function writeJson(path, value) {
  await writeFile(path, `${JSON.stringify(value, null, 1)}\n`);
}
