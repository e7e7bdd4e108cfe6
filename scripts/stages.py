"""Stages of a test run: one after another in a lane, and lanes beside one another."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from setup_steps import ROOT, say


@dataclass(frozen=True)
class Stage:
    """A command that ends with 0 when all is well."""

    name: str
    command: Sequence[str]
    cwd: Path = ROOT


def run(lanes: Sequence[Sequence[Stage]], environment: Mapping[str, str]) -> list[str]:
    """Run every stage, also after one has failed; the names of those that did.

    A lane that is alone is heard as it goes. Of lanes beside each other a stage is heard when it ends, so that no two
    talk at once.
    """
    alone = len(lanes) == 1
    with ThreadPoolExecutor(len(lanes)) as threads:
        failed = list(threads.map(lambda lane: [s.name for s in lane if not _passes(s, environment, alone)], lanes))
    return [name for names in failed for name in names]


def _passes(stage: Stage, environment: Mapping[str, str], aloud: bool) -> bool:
    if aloud:
        say(f"\n== {stage.name}")
    begun = time.monotonic()
    ended = subprocess.run(
        stage.command,
        cwd=stage.cwd,
        env=environment,
        stdout=None if aloud else subprocess.PIPE,
        stderr=None if aloud else subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    took = f"   {stage.name}: {time.monotonic() - begun:.1f} s"
    say(took if aloud else f"\n== {stage.name}\n{ended.stdout}{took}")
    return ended.returncode == 0
