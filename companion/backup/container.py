"""The file of a backup: a ZIP with its manifest, sealed or as it is."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.unzip import Unsafe, copy, members
from .manifest import MOST_BYTES, NAME, Manifest, Member, parse
from .sealed import Key, key_for, read_header, seal, unseal

#: A backup holds a few databases and the pages somebody taught.
_MOST_FILES = 5000
_MOST_BYTES = 256 << 30

#: Folders in the data folder in which backups are made and opened; they hold data in the clear and go again.
SCRATCH = ".backup-"

#: Asks for the passphrase of a sealed backup; "" = there is none.
Passphrase = Callable[[], str]
#: Hears how far it is: the stage ("opening", "pictures", "archive"), done and total in its own unit, 0 = not known.
Progress = Callable[[str, int, int], None]


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup whose files lie in ``folder``, each as its manifest says."""

    path: Path
    folder: Path
    manifest: Manifest
    key: Key | None


def describe(folder: Path) -> dict[str, Member]:
    """The files of a folder as members of a backup."""
    return {
        path.relative_to(folder).as_posix(): Member(path.stat().st_size, _hash(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, manifest: Manifest, target: Path, key: Key | None) -> None:
    """Pack the members of ``folder``; private, and flushed by the caller."""
    with storage_errors(target):
        target.touch(mode=0o600)
        if key is None:
            _zip(folder, manifest, target)
            return
        packed = folder.with_name(f"{folder.name}.zip")
        try:
            packed.touch(mode=0o600)
            _zip(folder, manifest, packed)
            with packed.open("rb") as source, target.open("wb") as out:
                seal(key, source, out)
        finally:
            packed.unlink(missing_ok=True)


def _zip(folder: Path, manifest: Manifest, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        bundle.writestr(NAME, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        for name in manifest.members:
            bundle.write(folder / name, name)


@contextmanager
def opened(path: Path, scratch: Path, passphrase: Passphrase, progress: Progress = quiet) -> Iterator[Opened]:
    """Unpack a backup into a folder of its own under ``scratch``, checked against its manifest; gone afterwards.

    Raises ``not_found``, ``backup_passphrase``, ``backup_damaged``, ``storage_newer`` and the storage codes.
    """
    if not path.is_file():
        raise SeabridgeError(ErrorCode.NOT_FOUND, str(path), path=str(path))
    with storage_errors(scratch), tempfile.TemporaryDirectory(prefix=SCRATCH, dir=scratch) as name:
        place = Path(name)
        key = None
        packed = path
        header = read_header(path)
        if header is not None:
            key = key_for(header, passphrase())
            packed = place / "unsealed.zip"
            with path.open("rb") as source, packed.open("wb") as out:
                size, done = path.stat().st_size, 0
                for chunk in unseal(key, source, path):
                    out.write(chunk)
                    done += len(chunk)
                    progress("opening", done, size)
        folder = place / "files"
        manifest = _unpack(packed, folder, path)
        yield Opened(path, folder, manifest, key)


def _unpack(packed: Path, folder: Path, path: Path) -> Manifest:
    def damaged(problem: str) -> SeabridgeError:
        return SeabridgeError(ErrorCode.BACKUP_DAMAGED, path=str(path), problem=problem)

    try:
        with zipfile.ZipFile(packed) as bundle:
            infos = {
                name.as_posix(): info
                for name, info in members(bundle, most_files=_MOST_FILES, most_bytes=_MOST_BYTES)
                if not info.is_dir()
            }
            if NAME not in infos or infos[NAME].file_size > MOST_BYTES:
                raise damaged(NAME)
            manifest = parse(bundle.read(infos.pop(NAME)), str(path))
            if set(infos) != set(manifest.members):
                raise damaged(", ".join(sorted(set(infos) ^ set(manifest.members)))[:200])
            for name, info in infos.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as out:
                    copy(bundle, info, out, _MOST_BYTES)
                if Member(target.stat().st_size, _hash(target)) != manifest.members[name]:
                    raise damaged(name)
    except (Unsafe, zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, RuntimeError) as exc:
        raise damaged(str(exc)[:200]) from exc
    except OSError as exc:
        if exc.errno is None:  # zlib and zipfile raise it bare for a stream that breaks off
            raise damaged(str(exc)[:200]) from exc
        raise
    return manifest


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def room_for(path: Path, wanted: int) -> None:
    """Raises ``storage_full`` before anything is written where it will not fit."""
    if shutil.disk_usage(path).free < wanted:
        raise SeabridgeError(ErrorCode.STORAGE_FULL, f"{wanted} bytes wanted", path=str(path))
