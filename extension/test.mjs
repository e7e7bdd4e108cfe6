// Bundles test/**/*.test.ts and runs them with node's own runner: node test.mjs [words in the file name …]

import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

/** One test file; whatever waits for ever is a failure with a name. */
const LONGEST_MS = 120_000;

/** What a CommonJS package inside an ES module asks for. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

const HERE = dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const found = (await readdir(join(HERE, "test"), { recursive: true }))
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".test.ts") && (words.length === 0 || words.some((word) => name.includes(word))));
if (found.length === 0) {
  console.error("no test fits");
  process.exit(1);
}
const out = join(HERE, "dist", `test-${process.pid}`);
const dom = join(out, "happy-dom.mjs");
// every file is a process of its own, and the DOM's 1,000 modules cost each of them 0.4 s; as one file a quarter of that
const domAsOneFile = { name: "dom", setup: (build) => build.onResolve({ filter: /^happy-dom$/ }, () => ({ path: pathToFileURL(dom).href, external: true })) };
try {
  await esbuild.build({ absWorkingDir: HERE, entryPoints: ["happy-dom"], outfile: dom, bundle: true, format: "esm", platform: "node", banner: { js: REQUIRE }, logLevel: "warning" });
  await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: found.map((name) => join("test", name)),
    outbase: "test",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    plugins: [domAsOneFile],
    sourcemap: "inline",
    define: { __EXTENSION__: JSON.stringify(HERE) },
    logLevel: "warning",
  });
  const files = found.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", `--test-timeout=${LONGEST_MS}`, ...files], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
