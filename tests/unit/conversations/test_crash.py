"""Killed without warning at random moments: every acknowledged row is there exactly once, the index in step.

``SEABRIDGE_CRASH_ROUNDS`` sets the number of rounds.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from companion.conversations import Archive
from companion.protocol.methods.archive import SearchParams, ThreadListParams, ThreadMessagesParams

from . import hammer

ROUNDS = int(os.environ.get("SEABRIDGE_CRASH_ROUNDS", "8"))


def run_until_killed(path: Path, seed: int, begin: int, after_s: float) -> dict[tuple[int, int], int]:
    """Acknowledged rows: (thread, number) to archive id."""
    child = subprocess.Popen(
        [sys.executable, hammer.__file__, str(path), str(seed), str(begin)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert child.stdout is not None
    told: dict[tuple[int, int], int] = {}
    first = child.stdout.readline()
    assert first, "the child died before its first answer"
    lines = [first]
    reader = threading.Thread(target=lambda: lines.extend(child.stdout or ()))
    reader.start()
    time.sleep(after_s)
    child.kill()  # SIGKILL; on Windows TerminateProcess
    child.wait(timeout=20)
    reader.join(timeout=20)
    child.stdout.close()
    for text in lines:
        parts = text.split()
        if text.endswith("\n") and len(parts) == 3:
            told[int(parts[0]), int(parts[1])] = int(parts[2])
    return told


def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random()
    path = tmp_path / "archive.db"
    acknowledged: dict[tuple[int, int], int] = {}
    for turn in range(ROUNDS):
        # Each round begins where the last window may have been lost, as the extension's queue sends it again.
        begin = max(0, max((n for _, n in acknowledged), default=0) - hammer.SIZE)
        begin -= begin % hammer.STEP
        told = run_until_killed(path, turn, begin, chance.uniform(0.02, 0.5))
        for row, number in told.items():
            assert acknowledged.setdefault(row, number) == number, "a row got a second place in the archive"
        archive = Archive.open(path, tmp_path / "files")
        try:
            assert archive.check() == []
            stored = all_rows(archive)
            assert acknowledged.items() <= stored.items()
            newest = max(acknowledged.items(), key=lambda item: item[1])
            found = archive.search(SearchParams(query=f'"第{newest[0][1]}条"', limit=100)).hits
            assert newest[1] in {hit.message_id for hit in found}
        finally:
            archive.close()
    assert len(acknowledged) > 10 * ROUNDS


def all_rows(archive: Archive) -> dict[tuple[int, int], int]:
    """Every stored row, each text once and in order."""
    rows: dict[tuple[int, int], int] = {}
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
