"""Writing a file so that after a crash there is the old content or the new, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..protocol.errors import ErrorCode, SeabridgeError

#: Behind the name of a file that was set aside, before the time.
DAMAGED = ".damaged-"
#: Not allowed, or no folder at all (a file stands where the folder should be).
_NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG)


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write, flush to disk and move into place. ``private`` = readable by the owner only.

    Raises SeabridgeError ``storage_full`` or ``storage_read_only``; the old file is untouched then.
    """
    with writing_atomic(path, private=private) as file:
        file.write(data)


@contextmanager
def writing_atomic(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """The same for what is written bit by bit; what the body raises leaves the old file, too."""
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if not private and os.name != "nt":
                temporary.chmod(0o644)
            _replace(temporary, path)
            sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def set_aside(path: Path) -> Path:
    """Move a damaged file out of the way and keep it; where it is now."""
    aside = path.with_name(f"{path.name}{DAMAGED}{int(time.time())}")
    path.replace(aside)
    return aside


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into codes that tell the seller what to do."""
    try:
        yield
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SeabridgeError(ErrorCode.STORAGE_FULL, str(exc), path=str(path)) from exc
        if exc.errno in _NOT_WRITABLE:
            raise SeabridgeError(ErrorCode.STORAGE_READ_ONLY, str(exc), path=str(path)) from exc
        raise


def _replace(source: Path, target: Path) -> None:
    # Windows refuses to replace a file that a virus scanner or an indexer holds open for a moment.
    for pause in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            source.replace(target)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Flush what a folder holds: names that were given or taken survive a power cut from then on."""
    if os.name == "nt":  # folders cannot be flushed there; the rename is journalled by NTFS
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network folders refuse it
            os.fsync(handle)
    finally:
        os.close(handle)
