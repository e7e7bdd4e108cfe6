"""A folder of backups: their names, their order, and one writer at a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors

_NAME = re.compile(r"seabridge-(?P<archive>[0-9a-f]{8})-(?P<at>\d{8}-\d{6})\.(?:zip|sealed)")
#: Behind the name of a backup that is not whole yet.
PART = ".part"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its name tells. ``archive`` tells one shop's archive from another in the same folder; ``at``: UTC."""

    path: Path
    archive: str
    at: datetime.datetime


def name_of(archive: str, at: float, *, sealed: bool) -> str:
    """The name of a backup made at a moment."""
    stamp = datetime.datetime.fromtimestamp(at, datetime.UTC).strftime(_STAMP)
    return f"seabridge-{archive}-{stamp}.{'sealed' if sealed else 'zip'}"


def backups(folder: Path) -> list[Backup]:
    """All backups of a folder, oldest first; whatever else lies there is not ours."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            at = datetime.datetime.strptime(match["at"], _STAMP).replace(tzinfo=datetime.UTC)
            found.append(Backup(path, match["archive"], at))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name))


@contextmanager
def trouble(folder: Path) -> Iterator[None]:
    """Whatever goes wrong with a folder of backups (unplugged, full, not ours to write, files too large for it) is
    ``backup_failed``: the data folder's codes would tell the seller to look at the wrong disk."""
    try:
        with storage_errors(folder):
            yield
    except SeabridgeError as exc:
        if exc.code not in (ErrorCode.STORAGE_FULL, ErrorCode.STORAGE_READ_ONLY):
            raise
        raise _failed(folder, exc.__cause__ or exc) from exc
    except OSError as exc:
        raise _failed(folder, exc) from exc


def _failed(folder: Path, exc: BaseException) -> SeabridgeError:
    problem = getattr(exc, "strerror", None) or str(exc)
    return SeabridgeError(ErrorCode.BACKUP_FAILED, str(exc), path=str(folder), problem=problem)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """The folder, made if need be, for one writer. Raises ``busy`` while another one works in it, ``backup_failed``."""
    with trouble(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as exc:
            raise SeabridgeError(ErrorCode.BUSY, f"another backup is being made in {folder}") from exc
    try:
        with trouble(folder):
            for part in folder.glob(f"seabridge-*{PART}"):  # of one that was killed
                part.unlink(missing_ok=True)
        yield
    finally:
        lock.release()
