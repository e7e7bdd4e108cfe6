"""Stages of a test run: every one is run and heard, and lanes run at the same time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
#: Leaves a mark of its own, waits for the other's, and talks all the while.
MEET = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:])
print("begun", mine.name, flush=True)
mine.touch()
end = time.monotonic() + 60
while not other.exists():
    assert time.monotonic() < end, "the other lane never began"
    time.sleep(0.01)
print("met", other.name)
"""


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import stages

    yield stages
    sys.modules.pop("stages", None)
    sys.modules.pop("setup_steps", None)


def test_what_failed_is_named_and_what_follows_is_run_all_the_same(
    stages: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    ends = [("good", "print('one')"), ("bad", "raise SystemExit(3)"), ("last", "print('three')")]
    lane = [stages.Stage(name, [sys.executable, "-c", code]) for name, code in ends]
    assert stages.run([lane, lane], os.environ) == ["bad", "bad"]
    said = capfd.readouterr().out
    assert [word for word in said.split() if word in ("one", "three")] == ["one", "three"] * 2


def test_lanes_run_at_the_same_time_and_none_talks_into_another(
    stages: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    lanes = [[stages.Stage(f"lane {x.name}", [sys.executable, "-c", MEET, x, y])] for x, y in ((a, b), (b, a))]
    assert stages.run(lanes, os.environ) == []
    said = [line for line in capfd.readouterr().out.splitlines() if line.startswith(("==", "begun", "met"))]
    assert said == ["== lane a", "begun a", "met b", "== lane b", "begun b", "met a"]
