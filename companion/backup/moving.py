"""Moves the archive of a data folder into a team's PostgreSQL, or one from there into a file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..conversations import Archive, copying
from ..conversations.copying import Copied, Differs, Progress
from ..conversations.files import Files, Folder, Shared
from ..conversations.postgres_database import PostgresDatabase
from ..conversations.postgres_upgrade import upgrade
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.database_url import Address
from ..runtime.lock import DataLock
from ..runtime.paths import Paths

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Moved:
    """What came across, where to, and in how many seconds."""

    copied: Copied
    where: str
    seconds: float


def to_team(paths: Paths, address: Address, progress: Progress) -> Moved:
    """Copy the data folder's archive into an empty database, all or nothing.

    Raises ``already_running`` while a companion uses the folder, ``not_found`` without an archive, ``archive_filled``,
    ``archive_differs``, and the codes ``database_…`` and ``storage_…``; the database is then as it was.
    """
    began = time.monotonic()
    with DataLock(paths), _own(paths) as own:
        database = PostgresDatabase(address)
        try:
            upgrade(database)
            with own._database.read() as source, database.change() as target:
                _empty(target, address.shown)
                kept = Shared(_At(target))
                copied = _copied(source, own, target, kept, progress, address.shown)
        finally:
            database.close()
    return Moved(copied, address.shown, time.monotonic() - began)


def to_file(address: Address, file: Path, progress: Progress) -> Moved:
    """Copy a team's archive into a new file, its pictures into ``files`` beside it. Other seats may go on meanwhile:
    what they write after it began is not in it.

    Raises ``archive_filled`` for a file that is there, ``not_found`` without an archive, and as ``to_team``.
    """
    began = time.monotonic()
    if file.exists():
        raise SeabridgeError(ErrorCode.ARCHIVE_FILLED, where=str(file))
    part = file.with_name(file.name + _PART)
    folder = Folder(file.parent / "files")
    for left in file.parent.glob(f"{part.name}*"):  # of one that was killed
        left.unlink()
    team = Archive.of_team(address, read_only=True)
    try:
        made = Archive.open(part, file.parent / "files")
        try:
            with team._database.read() as source, made._database.write() as target:
                copied = _copied(source, team, target, folder, progress, str(file))
        finally:
            made.close()
        with storage_errors(file):
            part.replace(file)
    finally:
        team.close()
        for left in file.parent.glob(f"{part.name}*"):
            left.unlink(missing_ok=True)
    return Moved(copied, str(file), time.monotonic() - began)


def _copied(
    source: Connection, archive: Archive, target: Connection, kept: Files, progress: Progress, where: str
) -> Copied:
    try:
        return copying.copy(source, archive._files, target, lambda _, data: kept.keep(data), kept, progress)
    except Differs as exc:
        raise SeabridgeError(ErrorCode.ARCHIVE_DIFFERS, str(exc), where=where, problem=str(exc)) from exc


def _empty(target: Connection, where: str) -> None:
    if copying.filled(target):
        raise SeabridgeError(ErrorCode.ARCHIVE_FILLED, where=where)


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
