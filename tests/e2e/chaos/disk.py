"""A disk that is full, read-only or broken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ..companion_process import CompanionProcess


def mount(*options: object) -> bool:
    """Whether this system lets us."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        done = subprocess.run(["mount", *map(str, options)], check=False, capture_output=True, timeout=20)
    except OSError:
        return False
    return done.returncode == 0


def _own_disk(folder: Path) -> None:
    if not folder.is_mount():
        pytest.skip("this system lets us mount no disk to break")


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Not one byte fits on it."""
    _own_disk(folder)
    filler = folder / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError:
                    continue
        yield
    finally:
        filler.unlink(missing_ok=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written; no program may hold a file of it open for writing."""
    _own_disk(folder)
    assert mount("-o", "remount,ro", folder)
    try:
        yield
    finally:
        assert mount("-o", "remount,rw", folder)


@contextmanager
def no_more_writing(companion: CompanionProcess) -> Iterator[None]:
    """Every write of the companion fails with an error that says neither "full" nor "read-only"."""
    if not sys.platform.startswith("linux"):
        pytest.skip("needs prlimit")
    import resource

    assert companion.process is not None
    pid = companion.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        if companion.process is not None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
