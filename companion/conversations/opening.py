"""Opens the database of an archive and the store of its files: in a file with a folder, or with a team's."""

from __future__ import annotations

from pathlib import Path

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.database_url import Address
from .database import Database
from .files import Files, Folder, Shared
from .migrations.sqlite import MIGRATIONS
from .sqlite_database import SqliteDatabase
from .upgrade import probe, upgrade


def in_file(db_path: Path, files_dir: Path, *, read_only: bool, busy_timeout_s: float) -> tuple[Database, Files]:
    """Raises what ``Archive.open`` tells."""
    if read_only:
        with storage_errors(db_path):
            _readable(probe(db_path), len(MIGRATIONS), str(db_path))
        return SqliteDatabase(db_path, read_only=True, busy_timeout_s=busy_timeout_s), Folder(files_dir)
    with storage_errors(db_path):
        db_path.parent.mkdir(parents=True, exist_ok=True)
        files_dir.mkdir(parents=True, exist_ok=True)
        db_path.touch(mode=0o600)
    database = SqliteDatabase(db_path, read_only=False, busy_timeout_s=busy_timeout_s)
    try:
        with storage_errors(db_path):
            upgrade(database)
    except BaseException:
        database.close()
        raise
    return database, Folder(files_dir)


def in_database(address: Address, *, read_only: bool) -> tuple[Database, Files]:
    """Raises what ``Archive.of_team`` tells."""
    from . import postgres_database, postgres_upgrade
    from .migrations import postgres

    database = postgres_database.PostgresDatabase(address, read_only=read_only)
    try:
        if read_only:
            _readable(postgres_upgrade.probe(database), postgres.VERSION, address.shown)
        else:
            postgres_upgrade.upgrade(database)
    except BaseException:
        database.close()
        raise
    return database, Shared(database)


def _readable(version: int | None, known: int, where: str) -> None:
    if version is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"no archive at {where}")
    if version < known:
        raise SeabridgeError(ErrorCode.NOT_RUNNING, f"schema {version} waits for its upgrade")
