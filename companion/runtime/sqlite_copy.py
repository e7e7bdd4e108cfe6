"""A consistent copy of an SQLite file that somebody may be writing to."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ..protocol.errors import ErrorCode, SeabridgeError
from .atomic import storage_errors
from .sqlite_errors import failure


def copy_database(source: sqlite3.Connection, target: Path, *, origin: Path) -> None:
    """Copy what ``source`` sees at this moment to a new private file, flushed and checked.

    ``origin`` is the source's path, for messages. Raises ``storage_corrupt`` when the copy is not sound, and the
    storage codes; nothing is left at ``target`` then.
    """
    try:
        with storage_errors(target):
            target.unlink(missing_ok=True)
            target.touch(mode=0o600)
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                # one file: a copy of a file with a log would have one too
                copy.execute("PRAGMA journal_mode = DELETE")
                verdict = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if verdict != "ok":
                raise SeabridgeError(
                    ErrorCode.STORAGE_CORRUPT, f"the copy failed its check: {verdict}", path=str(origin)
                )
            with target.open("r+b") as handle:
                os.fsync(handle.fileno())
    except sqlite3.Error as exc:
        target.unlink(missing_ok=True)
        raise failure(exc, origin) from exc
    except BaseException:
        target.unlink(missing_ok=True)
        raise
