"""Brings an archive file to the current schema, with a verified copy of the old one kept beside it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.sqlite_copy import copy_database
from .failures import database_errors
from .migrations.script import Steps
from .migrations.sqlite import APPLICATION_ID, MIGRATIONS
from .sqlite_database import SqliteDatabase, connect_for_reading

#: Copies kept from before earlier upgrades.
BACKUPS = 3


def probe(path: Path, steps: Steps = MIGRATIONS) -> int | None:
    """The schema version of a file, None when there is none yet. Never changes the file.

    Raises ``storage_corrupt`` for what is no sound archive and ``storage_newer`` for one this version does not know.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with database_errors(path), closing(connect_for_reading(path, busy_timeout_s=5)) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
        expected = _pages(connection)
    log = path.with_name(f"{path.name}-wal")
    if tables and owner != APPLICATION_ID:
        raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, "an SQLite file, but no archive", path=str(path))
    if not (log.exists() and log.stat().st_size) and path.stat().st_size < expected:
        raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, "the file is cut short", path=str(path))
    if version > len(steps):
        raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"schema {version}, known {len(steps)}", path=str(path))
    return version if tables else None


def upgrade(database: SqliteDatabase, steps: Steps = MIGRATIONS) -> None:
    """Run the steps the file lacks, each in a transaction of its own."""
    version = probe(database.path, steps)
    if version == len(steps):
        return
    if version is not None:
        backup(database.path, version)
    while True:
        with database.write() as connection:
            at = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            if at >= len(steps):
                return
            steps[at](connection)
            # Both live in the file's header and commit with the step.
            connection.exec_driver_sql(f"PRAGMA user_version = {at + 1}")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def backup(path: Path, version: int) -> Path:
    """A checked copy beside the archive; the oldest copies go. Raises when the copy is not sound."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    target = path.with_name(f"{path.stem}.before-upgrade-{stamp}-v{version}.db")
    part = target.with_name(f"{target.name}.part")
    with database_errors(path), closing(connect_for_reading(path, busy_timeout_s=5)) as source:
        copy_database(source, part, origin=path)
    with storage_errors(path):
        part.replace(target)
        for old in sorted(path.parent.glob(f"{path.stem}.before-upgrade-*.db"))[:-BACKUPS]:
            old.unlink(missing_ok=True)
    return target


def _pages(connection: sqlite3.Connection) -> int:
    count, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    return count * size
