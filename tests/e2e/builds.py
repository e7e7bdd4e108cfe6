"""The extension, built from the sources as they are now: once a run for each set of flags, for all workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

SOURCES = Path(__file__).resolve().parents[2] / "extension"


def built(factory: pytest.TempPathFactory, *flags: str) -> Path:
    """The folder of ``node build.mjs`` with these flags; skips where it cannot be built."""
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None or not (SOURCES / "node_modules").is_dir():
        pytest.skip("the extension cannot be built here: run scripts/test.py, which sets up Node.js")
    base = factory.getbasetemp()
    run = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = run / "builds" / "_".join("".join(c for c in flag if c.isalnum()) for flag in flags)
    out.parent.mkdir(exist_ok=True)
    done = out.with_suffix(".done")
    with FileLock(out.with_suffix(".lock"), timeout=240):
        if not done.exists():
            command = [node, "build.mjs", *flags, "--outdir", str(out)]
            ended = subprocess.run(command, cwd=SOURCES, capture_output=True, text=True, timeout=120)
            assert ended.returncode == 0, ended.stdout + ended.stderr
            done.touch()
    return out
