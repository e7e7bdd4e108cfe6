"""Kills the archive's writer again and again and looks at what is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from companion.conversations import Archive
from companion.protocol.methods.archive import SearchParams, ThreadListParams, ThreadMessagesParams

from . import hammer

#: Seconds until a child that never wrote anything counts as dead.
_STARTS_WITHIN_S = 60.0

#: (thread, number) of a row to its archive id.
Acknowledged = dict[tuple[int, int], int]


@dataclass
class Toll:
    """What the rounds came to; any row that is lost, doubled or out of order raises AssertionError on the way."""

    rounds: int = 0
    acknowledged: Acknowledged = field(default_factory=dict)
    #: Rounds in which windows were stored that nobody had been told of: killed right between commit and answer.
    untold: int = 0


def rounds(folder: Path, count: int, chance: random.Random, longest_s: float = 0.25) -> Toll:
    """Kill ``count`` times, each after a random moment of writing; check all promises after each."""
    path, toll = folder / "archive.db", Toll()
    with _nursery() as nursery:
        for turn in range(count):
            begins, after_s = _begins(toll.acknowledged), chance.uniform(0.005, longest_s)
            for row, number in _killed(nursery, folder, turn, begins, after_s).items():
                assert toll.acknowledged.setdefault(row, number) == number, "a row got a second place in the archive"
            archive = Archive.open(path, folder / "files")
            try:
                assert archive.check() == []
                stored = _rows(archive)
                assert toll.acknowledged.items() <= stored.items(), "an acknowledged row is lost"
                toll.untold += len(stored) > len(toll.acknowledged)
                _searched(archive, max(toll.acknowledged.items(), key=lambda item: item[1]))
            finally:
                archive.close()
            toll.rounds += 1
    return toll


def _begins(acknowledged: Acknowledged) -> list[int]:
    """Each round begins where the last window may have been lost, as the extension's queue sends it again."""
    begins = []
    for thread in range(hammer.THREADS):
        begin = max(0, max((n for t, n in acknowledged if t == thread), default=0) - hammer.SIZE)
        begins.append(begin - begin % hammer.STEP)
    return begins


def _killed(nursery: subprocess.Popen[str], folder: Path, seed: int, begins: list[int], after_s: float) -> Acknowledged:
    """What one child was told, killed ``after_s`` seconds after its first answer."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    acknowledged = folder / f"acknowledged-{seed}"
    order = (str(seed), ",".join(map(str, begins)), str(folder / "archive.db"), str(acknowledged))
    nursery.stdin.write("\t".join(order) + "\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while not acknowledged.exists() or not acknowledged.stat().st_size:
        assert time.monotonic() < deadline, "the child never answered"
        time.sleep(0.002)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    assert nursery.stdout.readline() == "gone\n"
    told = {}
    for text in acknowledged.read_text().splitlines():
        thread, number, archive_id = map(int, text.split())
        told[thread, number] = archive_id
    return told


@contextmanager
def _nursery() -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, hammer.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        yield process
    finally:
        process.communicate(timeout=20)


def _searched(archive: Archive, newest: tuple[tuple[int, int], int]) -> None:
    (_, number), archive_id = newest
    found = archive.search(SearchParams(query=f'"第{number}条"', limit=100)).hits
    assert archive_id in {hit.message_id for hit in found}


def _rows(archive: Archive) -> Acknowledged:
    """Every stored row, each text once and in order."""
    rows: Acknowledged = {}
    for summary in archive.threads(ThreadListParams(limit=100)).threads:
        numbers: list[int] = []
        before, earlier = 0, True
        while earlier:
            page = archive.messages(ThreadMessagesParams(thread_id=summary.id, before=before, limit=200))
            before, earlier = page.messages[0].id, page.earlier
            for message in reversed(page.messages):
                thread, number = int(message.text[2]), int(message.text.rsplit(" ", 1)[1])
                assert message.text == hammer.line(thread, number)
                assert (thread, number) not in rows, "a row was archived twice"
                rows[thread, number] = message.id
                numbers.append(number)
        assert numbers == sorted(numbers, reverse=True)
        assert not numbers or numbers == list(range(numbers[0], numbers[-1] - 1, -1))
    return rows


def rounds_asked(default: int) -> int:
    """``SEABRIDGE_CRASH_ROUNDS``, else the default."""
    return int(os.environ.get("SEABRIDGE_CRASH_ROUNDS", default))
