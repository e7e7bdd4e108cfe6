"""Pictures beside the backups: each once, however many backups need it, sealed or as they are."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from ..protocol.errors import SeabridgeError
from ..runtime.atomic import storage_errors, write_atomic
from .sealed import Key, seal, unseal

#: Behind a backup's name: the file that lists the attachments it needs, so that no key is needed to tidy up.
NEEDS = ".needs"
#: The folder of attachments that are not sealed; not "files", which is what a data folder calls its own.
PLAIN = "attachments"
_PART = ".part"
_CHUNK = 1 << 20


class Pool:
    """The attachments of one folder under one key, None = not sealed."""

    def __init__(self, folder: Path, key: Key | None) -> None:
        self._folder = folder
        self._key = key

    def place(self, sha256: str) -> str:
        """Where an attachment lies, relative to the folder."""
        name = self._key.name(sha256) if self._key else sha256
        return f"{self._key.pool if self._key else PLAIN}/{name[:2]}/{name}"

    def add(self, source: Path, sha256: str) -> bool:
        """Copy one that is not here yet; whether it was new. A file that is not what its name says is left out."""
        target = self._folder / self.place(sha256)
        if target.exists():
            return False
        with storage_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + _PART)
            try:
                with source.open("rb") as file, part.open("wb") as out:
                    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                        return False
                    file.seek(0)
                    _copy(file, out, self._key)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        return True

    def read(self, sha256: str) -> bytes | None:
        """An attachment's bytes, None where it is missing or damaged."""
        target = self._folder / self.place(sha256)
        try:
            with target.open("rb") as file:
                data = b"".join(unseal(self._key, file, target)) if self._key else file.read()
        except (OSError, SeabridgeError):
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def lacks(self, wanted: Iterable[str]) -> list[str]:
        """Those that are not here, by their names alone."""
        return [sha256 for sha256 in wanted if not (self._folder / self.place(sha256)).is_file()]


def _copy(source: IO[bytes], target: IO[bytes], key: Key | None) -> None:
    if key is not None:
        seal(key, source, target)
        return
    while chunk := source.read(_CHUNK):
        target.write(chunk)


def stored(files_dir: Path) -> list[str]:
    """SHA-256 of all files of a data folder."""
    found = files_dir.glob("[0-9a-f][0-9a-f]/*") if files_dir.is_dir() else ()
    return sorted(p.name for p in found if _hash(p.name))


def note_needs(backup: Path, places: Iterable[str]) -> None:
    """List what a backup needs."""
    write_atomic(backup.with_name(backup.name + NEEDS), "".join(f"{p}\n" for p in places).encode(), private=True)


def tidy(folder: Path, backups: Iterable[Path]) -> int:
    """Remove attachments that no backup of the folder needs; how many. Where a list is missing all stay."""
    needed: set[str] = set()
    for backup in backups:
        try:
            with closing(io.StringIO(backup.with_name(backup.name + NEEDS).read_text("utf-8"))) as lines:
                needed |= {line.rstrip("\n") for line in lines}
        except (OSError, UnicodeError):
            return 0
    removed = 0
    for path in _all(folder):
        if path.relative_to(folder).as_posix() not in needed:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _all(folder: Path) -> Iterator[Path]:
    for pool in (folder / PLAIN, *folder.glob(f"{PLAIN}-*")):
        yield from (p for p in pool.glob("[0-9a-f][0-9a-f]/*") if _hash(p.name.removesuffix(_PART)))


def _hash(name: str) -> bool:
    return len(name) == 64 and not set(name) - set("0123456789abcdef")
