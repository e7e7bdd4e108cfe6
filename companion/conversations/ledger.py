"""The erasure ledger: which conversations must not come back.

It lies beside the archive and in every backup, and names nobody. An older copy of the archive is recognised by the
first link of a conversation's chain, which it still holds: restoring it erases the conversation again. A file that is
imported has no such link; it is recognised by marks of where the conversation was (``recognising.py``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors

#: A line has about 300 bytes; a shop does not erase two hundred thousand buyers.
_MOST_BYTES = 64 << 20
_MOST_MARKS = 8


@dataclass(frozen=True, slots=True)
class Erasure:
    """``origin``: the first link of the thread's chain, in hex; ``at``: Unix time. ``marks``: by which a file is
    recognised, in hex, made with ``salt``; those of before there were any have none."""

    origin: str
    at: float
    marketplace: str = ""
    salt: str = ""
    marks: tuple[str, ...] = ()


def note(path: Path, erasures: Iterable[Erasure]) -> None:
    """Add lines, flushed to disk: from here on the erasure will be done, whatever happens. Raises storage codes."""
    lines = "".join(json.dumps(asdict(e)) + "\n" for e in erasures)
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b") as file:
            if file.seek(0, os.SEEK_END) and _ends_torn(path):
                lines = "\n" + lines
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())


def read(path: Path) -> list[Erasure]:
    """All lines that can be read; a line cut off by a crash was never promised. Raises ``storage_corrupt`` for a file
    that is no ledger."""
    try:
        with storage_errors(path), path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return []
    if len(raw) > _MOST_BYTES:
        raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, "no ledger", path=str(path))
    found = []
    for line in raw.splitlines():
        try:
            entry = json.loads(line)
            found.append(_erasure(entry))
        except (ValueError, KeyError, TypeError, UnicodeError):
            continue
    return found


def _erasure(entry: Any) -> Erasure:
    if not isinstance(entry, dict):
        raise TypeError("no erasure")
    marks = tuple(bytes.fromhex(mark).hex() for mark in entry.get("marks", ())[:_MOST_MARKS])
    return Erasure(
        bytes.fromhex(entry["origin"]).hex(),
        float(entry["at"]),
        str(entry.get("marketplace", ""))[:40],
        bytes.fromhex(entry.get("salt", "")).hex()[:64],
        marks,
    )


def merge(path: Path, others: Iterable[Erasure]) -> None:
    """Add those of another ledger that this one lacks."""
    known = {e.origin for e in read(path)}
    new = {e.origin: e for e in others if e.origin not in known}
    if new:
        note(path, new.values())


def _ends_torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
