"""One companion per data folder."""

from __future__ import annotations

from types import TracebackType

from filelock import FileLock, Timeout

from ..protocol.errors import ErrorCode, SeabridgeError
from .atomic import storage_errors
from .paths import Paths


class DataLock:
    """Held while a companion (or a writing command) uses the data folder; the system frees it when the process dies."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._lock = FileLock(paths.lock)

    def __enter__(self) -> DataLock:
        """Raises SeabridgeError ``already_running``, and a storage code for a folder that cannot be written."""
        try:
            with storage_errors(self._paths.root):
                self._paths.ready()
                self._lock.acquire(timeout=0)
        except Timeout as exc:
            raise SeabridgeError(ErrorCode.ALREADY_RUNNING, path=str(self._paths.root)) from exc
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
