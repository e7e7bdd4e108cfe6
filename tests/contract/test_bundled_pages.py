"""The build's descriptions say what the companion's say, so that pairing changes nothing in an open page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from companion.marketplaces import load

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
SCRIPT = """
import { readPages } from "./tools/pages.mjs";
import * as esbuild from "esbuild";
const entryPoints = ["src/background/descriptions.ts"];
const built = await esbuild.build({ entryPoints, bundle: true, format: "esm", write: false });
const code = Buffer.from(built.outputFiles[0].contents).toString("base64");
const { alike } = await import(`data:text/javascript;base64,${code}`);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const theirs = JSON.parse(Buffer.concat(chunks).toString());
const { marketplaces } = await readPages("../rules/marketplaces", () => {});
const other = marketplaces.filter((each, at) => !alike(each, theirs[at])).map((each) => each.name);
console.log(JSON.stringify({ count: marketplaces.length, other }));
"""


def test_the_build_and_the_companion_describe_alike() -> None:
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None or not (EXTENSION / "node_modules").is_dir():
        pytest.skip("node or the extension's packages are missing: run scripts/test.py, which sets them up")
    found = load().marketplaces
    command = [node, "--input-type=module", "-e", SCRIPT]
    run = subprocess.run(command, cwd=EXTENSION, input=msgspec.json.encode(found), capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    assert json.loads(run.stdout) == {"count": len(found), "other": []}
