"""Copies a whole archive: from the data folder into a team's PostgreSQL, or from there into a file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..conversations import Archive, copying
from ..conversations.copying import Copied, Differs, Progress
from ..conversations.files import Files, Folder, ReadableFiles, Shared
from ..conversations.postgres_database import PostgresDatabase
from ..conversations.postgres_upgrade import upgrade
from ..conversations.statements import on_postgres
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.database_url import Address
from ..runtime.lock import DataLock
from ..runtime.paths import Paths

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PART = ".part"
#: Between two questions to the server an archive of a million messages is looked through.
_PATIENCE = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"


@dataclass(frozen=True, slots=True)
class Moved:
    """What came across, where to, and in how many seconds."""

    copied: Copied
    where: str
    seconds: float


def to_team(paths: Paths, address: Address, progress: Progress) -> Moved:
    """Copy the data folder's archive into an empty database, all or nothing; the folder's stays as it is.

    Raises ``already_running`` while a companion uses the folder, ``not_found`` without an archive, ``archive_filled``,
    ``archive_differs``, and the codes ``database_…`` and ``storage_…``; the database is then as it was.
    """
    began = time.monotonic()
    with DataLock(paths), _own(paths) as own:
        copied = into(address, own, own.files, progress)
    return Moved(copied, address.shown, time.monotonic() - began)


def into(address: Address, archive: Archive, files: ReadableFiles, progress: Progress) -> Copied:
    """Copy an archive, with its pictures from ``files``, into an empty database. Raises as ``to_team``."""
    database = PostgresDatabase(address)
    try:
        upgrade(database)
        with archive.database.read() as source, database.change() as target:
            if copying.filled(target):
                raise SeabridgeError(ErrorCode.ARCHIVE_FILLED, where=address.shown)
            return _copied(source, files, target, Shared(_At(target)), progress, address.shown)
    finally:
        database.close()


def to_file(address: Address, file: Path, progress: Progress) -> Moved:
    """Copy a team's archive into a new file, its pictures into ``files`` beside it. Other seats may go on meanwhile:
    what they write after it began is not in it.

    Raises ``archive_filled`` for a file that is there, ``not_found`` without an archive, and as ``to_team``.
    """
    began = time.monotonic()
    if file.exists():
        raise SeabridgeError(ErrorCode.ARCHIVE_FILLED, where=str(file))
    team = Archive.of_team(address, read_only=True)
    try:
        copied = out_of(team, file, Folder(file.parent / "files"), progress)
    finally:
        team.close()
    return Moved(copied, str(file), time.monotonic() - began)


def out_of(team: Archive, file: Path, pictures: Folder | None, progress: Progress = lambda *_: None) -> Copied:
    """Copy a team's archive into a new file; ``pictures`` None = without their bytes. Raises as ``to_file``."""
    part = file.with_name(file.name + _PART)
    _without(part)  # of one that was killed
    try:
        made = Archive.open(part, file.parent if pictures is None else file.parent / "files")
        try:
            with team.database.read() as source, made.database.write() as target:
                copied = _copied(source, team.files, target, pictures, progress, str(file))
        finally:
            made.close()
        with storage_errors(file):
            part.replace(file)
    finally:
        _without(part)
    return copied


def bytes_of(team: Archive) -> int:
    """How large its database is; a file of it is smaller."""
    with team.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def _copied(
    source: Connection, files: ReadableFiles, target: Connection, kept: Files | None, progress: Progress, where: str
) -> Copied:
    for each in (source, target):
        if on_postgres(each):
            each.exec_driver_sql(_PATIENCE)
    try:
        return copying.copy(source, files, target, kept, progress)
    except Differs as exc:
        raise SeabridgeError(ErrorCode.ARCHIVE_DIFFERS, str(exc), where=where, problem=str(exc)) from exc


def _without(part: Path) -> None:
    for left in part.parent.glob(f"{part.name}*"):
        left.unlink(missing_ok=True)


@contextmanager
def _own(paths: Paths) -> Iterator[Archive]:
    """The archive of the data folder, brought to today's schema as any start would, then only read."""
    if not paths.archive.exists():
        raise SeabridgeError(ErrorCode.NOT_FOUND, "no archive yet", path=str(paths.archive))
    try:
        archive = Archive.open(paths.archive, paths.files, read_only=True)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
        Archive.open(paths.archive, paths.files).close()
        archive = Archive.open(paths.archive, paths.files, read_only=True)
    try:
        yield archive
    finally:
        archive.close()


class _At:
    """A database whose one transaction is under way: what the copy brought is seen before it is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        yield self._connection

    def scrub(self) -> None:
        """Nothing was deleted."""

    def close(self) -> None:
        """Whoever began the transaction ends it."""
