"""The erasure ledger: which conversations must not come back, told by the first link of their chain alone.

It lies beside the archive and in every backup, and names nobody: an older copy of the archive still holds the same
first link, so that restoring it erases them again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors

#: A line has about 120 bytes; a shop does not erase half a million buyers.
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Erasure:
    """``origin``: the first link of the thread's chain, in hex; ``at``: Unix time."""

    origin: str
    at: float


def note(path: Path, erasures: Iterable[Erasure]) -> None:
    """Add lines, flushed to disk: from here on the erasure will be done, whatever happens. Raises storage codes."""
    lines = "".join(json.dumps({"origin": e.origin, "at": e.at}) + "\n" for e in erasures)
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
            found.append(Erasure(bytes.fromhex(entry["origin"]).hex(), float(entry["at"])))
        except (ValueError, KeyError, TypeError, UnicodeError):
            continue
    return found


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
