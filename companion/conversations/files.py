"""The bytes of pictures, once per content, by their SHA-256: in a folder, or where a team's seats read them."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, delete, func, select

from ..runtime.atomic import storage_errors, write_atomic
from .database import Database
from .schema import files
from .statements import upsert

_NAME = re.compile("[0-9a-f]{64}")


class ReadableFiles(Protocol):
    """Whole files, to be read. A name is the SHA-256 of what is in it, as 64 hexadecimal digits."""

    def read(self, sha256: str) -> bytes | None:
        """The bytes, None when they are not here."""

    def size(self, sha256: str) -> int | None:
        """How many bytes, None when they are not here."""

    def sound(self, sha256: str) -> bool:
        """Whether they are here and are what their name says."""


class Files(ReadableFiles, Protocol):
    """Those of an archive; thread-safe."""

    def keep(self, data: bytes) -> str:
        """Store the bytes, durable and whole or not at all; answers their name."""

    def drop(self, sha256: str) -> None:
        """Delete them if they are here."""

    def names(self) -> list[str]:
        """The names of all that are here, sorted."""


class Folder:
    """``Files`` in a folder of the seller's own disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        target = path_of(self._folder, sha256)
        with storage_errors(target):
            if not target.exists() or target.stat().st_size != len(data):
                target.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(target, data, private=True)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        try:
            return path_of(self._folder, sha256).read_bytes()
        except OSError:
            return None

    def size(self, sha256: str) -> int | None:
        try:
            return path_of(self._folder, sha256).stat().st_size
        except OSError:
            return None

    def sound(self, sha256: str) -> bool:
        try:
            with path_of(self._folder, sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def drop(self, sha256: str) -> None:
        path_of(self._folder, sha256).unlink(missing_ok=True)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._folder.glob("[0-9a-f][0-9a-f]/*") if _NAME.fullmatch(path.name))


class Shared:
    """``Files`` in a table of the team's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        # most pictures are shown again and again, and their bytes need not travel
        if self.size(sha256) != len(data):
            with self._database.write() as connection:
                put(connection, sha256, data)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        with self._database.read() as connection:
            found = connection.execute(select(files.c.bytes).where(files.c.sha256 == sha256)).scalar()
        return None if found is None else bytes(found)

    def size(self, sha256: str) -> int | None:
        with self._database.read() as connection:
            asked = select(func.length(files.c.bytes)).where(files.c.sha256 == sha256)
            return connection.execute(asked).scalar()

    def sound(self, sha256: str) -> bool:
        # where the bytes are: the pictures of years would be hours on the way
        asked = select(func.encode(func.sha256(files.c.bytes), "hex")).where(files.c.sha256 == sha256)
        with self._database.read() as connection:
            return connection.execute(asked).scalar() == sha256

    def drop(self, sha256: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(files).where(files.c.sha256 == sha256))

    def names(self) -> list[str]:
        with self._database.read() as connection:
            return list(connection.execute(select(files.c.sha256).order_by(files.c.sha256)).scalars())


def put(connection: Connection, sha256: str, data: bytes) -> None:
    """Enter bytes under their name, in place of others that are not what the name says."""
    statement = upsert(connection, files).values(sha256=sha256, bytes=data, kept_at=time.time())
    changed = {"bytes": statement.excluded.bytes, "kept_at": statement.excluded.kept_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=changed))


def path_of(folder: Path, sha256: str) -> Path:
    """Where the bytes of a hash lie in a folder."""
    return folder / sha256[:2] / sha256
