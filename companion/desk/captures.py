"""Captured pages and files to import, between their upload and their reading: in memory, few, and not for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..protocol.errors import ErrorCode, SeabridgeError

#: Uploads kept at a time, and how long in seconds.
_MOST = 4
_SECONDS = 60.0


class Captures:
    """Bytes by the Origin that sent them and their SHA-256. The oldest goes when there are too many."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], tuple[float, bytes]] = {}
        self._reading = threading.Lock()

    def put(self, origin: str, sha256: str, data: bytes) -> None:
        """Keep an upload for a minute."""
        with self._lock:
            now = self._clock()
            self._kept = {key: entry for key, entry in self._kept.items() if entry[0] > now}
            self._kept.pop((origin, sha256), None)
            while len(self._kept) >= _MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[origin, sha256] = (now + _SECONDS, data)

    def take(self, origin: str, sha256: str) -> bytes:
        """The upload, which is forgotten. Raises ``not_found``."""
        with self._lock:
            until, data = self._kept.pop((origin, sha256), (0.0, b""))
        if until <= self._clock():
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        return data

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One reading at a time: pages must not take the threads that translations wait for. Raises ``busy``."""
        if not self._reading.acquire(blocking=False):
            raise SeabridgeError(ErrorCode.BUSY, "another page is being read")
        try:
            yield
        finally:
            self._reading.release()
