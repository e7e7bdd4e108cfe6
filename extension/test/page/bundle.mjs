// Prints a bundle of one source file: node test/page/bundle.mjs test/page/reader.ts

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const built = await esbuild.build({ absWorkingDir: root, entryPoints: [process.argv[2]], bundle: true, format: "iife", target: "es2022", charset: "utf8", define: { "process.env.NODE_ENV": '"production"', global: "globalThis" }, logLevel: "error", write: false });
process.stdout.write(built.outputFiles[0].text);
