"""A disk of its own that fills up or turns read-only, and damage inside the file: told clearly, what was kept stays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive
from companion.protocol import ErrorCode, SeabridgeError

_ROOM, _MORE = "size=2m", "size=32m"


def mount(*options: object) -> bool:
    """Whether this system lets us."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *map(str, options)], check=False, capture_output=True, timeout=20).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Two megabytes, all of it for this test."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mount("-t", "tmpfs", "-o", _ROOM, "tmpfs", place):
        pytest.skip("this system lets us mount no disk to break")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True, timeout=20)


def test_a_disk_that_fills_up(disk: Path, window: Any) -> None:
    archive = Archive.open(disk / "archive.db", disk / "files")
    told: dict[int, str] = {}
    refused: list[ErrorCode] = []
    for number in range(400):
        text = f"line {number} " + "x" * 2000
        try:
            told[archive.see(window(text, thread=f"t{number}")).rows[0].id] = text
        except SeabridgeError as exc:
            refused.append(exc.code)
            if len(refused) == 5:
                break
    assert refused == [ErrorCode.STORAGE_FULL] * 5
    archive.close()
    archive = Archive.open(disk / "archive.db", disk / "files", read_only=True)
    assert archive.check() == [], "the log stands where the messages stand"
    archive.close()
    assert mount("-o", f"remount,{_MORE}", disk)
    archive = Archive.open(disk / "archive.db", disk / "files")
    try:
        told[archive.see(window("room again", thread="after")).rows[0].id] = "room again"
        with archive._database.read() as connection:
            stored = {row.id: row.text for row in connection.exec_driver_sql("SELECT id, text FROM messages")}
        assert stored == told
        assert archive.check() == []
    finally:
        archive.close()


def test_a_disk_that_turns_read_only(disk: Path, window: Any) -> None:
    archive = Archive.open(disk / "archive.db", disk / "files")
    archive.see(window("kept"))
    archive.close()
    assert mount("-o", "remount,ro", disk)
    with pytest.raises(SeabridgeError) as caught:
        Archive.open(disk / "archive.db", disk / "files")
    assert caught.value.code is ErrorCode.STORAGE_READ_ONLY
    assert caught.value.data["path"].startswith(str(disk)), "which folder"
    archive = Archive.open(disk / "archive.db", disk / "files", read_only=True)
    assert archive.check() == []
    assert archive.counts() == (1, 1)
    archive.close()
    assert mount("-o", "remount,rw", disk)
    archive = Archive.open(disk / "archive.db", disk / "files")
    archive.see(window("kept", "and on"))
    assert archive.counts() == (1, 2)
    archive.close()


@pytest.mark.parametrize("table", ["messages", "events", "search_index_data"])
def test_damage_inside_the_file_is_found_and_not_written_over(tmp_path: Path, window: Any, table: str) -> None:
    path = tmp_path / "archive.db"
    archive = Archive.open(path, tmp_path / "files")
    for number in range(30):
        archive.see(window("text " + "x" * 300, f"<answer {number}", thread=f"t{number}"))
    with archive._database.read() as connection:
        page = connection.exec_driver_sql(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'").scalar_one()
    archive.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 8 : page * 4096 - 100] = b"\xa5" * (4096 - 108)
    path.write_bytes(bytes(data))
    archive = Archive.open(path, tmp_path / "files", read_only=True)
    try:
        assert {finding.kind for finding in archive.keeping.verify()} & {"structure", "event_altered", "index_message"}
    finally:
        archive.close()
    assert path.read_bytes() == bytes(data)
