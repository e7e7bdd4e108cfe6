"""What SQLite refuses, as codes that tell the seller what to do."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from ..protocol.errors import ErrorCode, SeabridgeError

_FULL, _IOERR, _CANTOPEN = 13, 10, 14
_CODES = {
    5: ErrorCode.STORAGE_LOCKED,  # SQLITE_BUSY
    6: ErrorCode.STORAGE_LOCKED,  # SQLITE_LOCKED
    8: ErrorCode.STORAGE_READ_ONLY,
    11: ErrorCode.STORAGE_CORRUPT,
    _FULL: ErrorCode.STORAGE_FULL,
    _CANTOPEN: ErrorCode.STORAGE_READ_ONLY,
    15: ErrorCode.STORAGE_LOCKED,  # SQLITE_PROTOCOL: the lock file cannot be shared
    23: ErrorCode.STORAGE_READ_ONLY,  # SQLITE_AUTH: the system forbids it
    26: ErrorCode.STORAGE_CORRUPT,  # SQLITE_NOTADB
}
#: With less than this free, an input/output error is taken for a full disk.
_NO_ROOM = 4 * 1024 * 1024


def failure(exc: sqlite3.Error, path: Path) -> SeabridgeError:
    """The code of an SQLite error; ``internal`` for mistakes of ours."""
    # Extended codes keep the primary one in their low byte.
    primary = (getattr(exc, "sqlite_errorcode", None) or 0) & 0xFF
    detail = f"{getattr(exc, 'sqlite_errorname', type(exc).__name__)}: {exc}"
    code = _CODES.get(primary, ErrorCode.INTERNAL)
    if primary in {_IOERR, _CANTOPEN} and _no_room(path):
        code = ErrorCode.STORAGE_FULL
    return SeabridgeError(code, detail, path=str(path))


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False
