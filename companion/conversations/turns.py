"""The writers of one program take turns, whatever database they write to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from ..protocol.errors import ErrorCode, SeabridgeError
from .database import WRITER_WAIT_S


class Turns:
    """``writer`` None = opened for reading; ``where`` is what a person knows the database by."""

    def __init__(self, writer: Engine | None, where: str) -> None:
        self._writer, self._where = writer, where
        self._lock = threading.Lock()

    @contextmanager
    def take(self) -> Iterator[Engine]:
        """The writer, when those before are through. Raises ``storage_read_only`` and ``busy``."""
        if self._writer is None:
            raise SeabridgeError(ErrorCode.STORAGE_READ_ONLY, "opened for reading", path=self._where)
        if not self._lock.acquire(timeout=WRITER_WAIT_S):
            raise SeabridgeError(ErrorCode.BUSY, "the writer is taken")
        try:
            yield self._writer
        finally:
            self._lock.release()

    def end(self, reader: Engine) -> None:
        """Close all connections, after the write at hand."""
        waited = self._lock.acquire(timeout=WRITER_WAIT_S)
        try:
            reader.dispose()
            if self._writer is not None:
                self._writer.dispose()
        finally:
            if waited:
                self._lock.release()
