"""The archive for commands that only read: beside a running companion too, and a team's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.database_url import may_hold_archive
from ..runtime.paths import Paths

if TYPE_CHECKING:
    from ..conversations import Archive


@contextmanager
def archive_of(paths: Paths) -> Iterator[Archive | None]:
    """Opened for reading, None while there is none. Raises the storage codes."""
    if not may_hold_archive(paths):
        yield None
        return
    from ..conversations import Archive

    try:
        archive = Archive.at(paths, read_only=True)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_FOUND:
            raise
        yield None
        return
    try:
        yield archive
    finally:
        archive.close()
