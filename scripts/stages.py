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

    The first lane is heard as it goes; what the others said is told after it, so that no two talk at once.
    """
    with ThreadPoolExecutor() as threads:
        beside = [threads.submit(_lane, lane, environment) for lane in lanes[1:]]
        failed = []
        for stage in lanes[0]:
            say(f"\n== {stage.name}")
            begun = time.monotonic()
            if subprocess.run(stage.command, cwd=stage.cwd, env=environment).returncode:
                failed.append(stage.name)
            say(f"   {stage.name}: {time.monotonic() - begun:.1f} s")
        for lane in beside:
            for name, passed, told in lane.result():
                say(told)
                failed += [] if passed else [name]
    return failed


def _lane(lane: Sequence[Stage], environment: Mapping[str, str]) -> list[tuple[str, bool, str]]:
    """Run the stages without a word: name, whether it passed, and what is to be told."""
    return [_quietly(stage, environment) for stage in lane]


def _quietly(stage: Stage, environment: Mapping[str, str]) -> tuple[str, bool, str]:
    begun = time.monotonic()
    ended = subprocess.run(
        stage.command,
        cwd=stage.cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    took = f"   {stage.name}: {time.monotonic() - begun:.1f} s"
    return stage.name, ended.returncode == 0, f"\n== {stage.name}\n{ended.stdout}{took}"
