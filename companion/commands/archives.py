"""The archive for commands that only read: beside a running companion too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..runtime.paths import Paths

if TYPE_CHECKING:
    from ..conversations import Archive


@contextmanager
def archive_of(paths: Paths) -> Iterator[Archive | None]:
    """Opened for reading, None while there is none. Raises the storage codes."""
    if not paths.archive.exists():
        yield None
        return
    from ..conversations import Archive

    archive = Archive.open(paths.archive, paths.files, read_only=True)
    try:
        yield archive
    finally:
        archive.close()
