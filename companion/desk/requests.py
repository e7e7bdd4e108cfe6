"""One request from arrival to its single answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..protocol import envelope
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.registry import Method
from ..protocol.version import MAX_FRAME


@dataclass(eq=False)
class Request:
    """A running request. Whoever comes first (result, cancel, time-out) answers; the rest is dropped."""

    id: str
    version: int
    method: Method
    deadline: float
    send: Callable[[str], None]
    ended: Callable[[Request], None]
    cancelled: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _answered: bool = False

    def finish(self, result: msgspec.Raw | None, error: SeabridgeError | None) -> None:
        """Answer with a result or an error, unless it was answered before."""
        with self._lock:
            if self._answered:
                return
            self._answered = True
        self.ended(self)
        if error is not None:
            self.send(envelope.failure(self.version, self.id, error))
            return
        frame = envelope.answer(self.version, self.id, result)
        size = len(frame.encode("utf-8"))
        if size > MAX_FRAME:
            too_large = SeabridgeError(ErrorCode.TOO_LARGE, size=size, limit=MAX_FRAME)
            frame = envelope.failure(self.version, self.id, too_large)
        self.send(frame)

    def give_up(self, code: ErrorCode) -> None:
        """Answer with ``cancelled`` or ``timeout`` and tell the handler to stop."""
        self.cancelled.set()
        self.finish(None, SeabridgeError(code))

    def progress(self, data: Any) -> None:
        """Send a progress frame while the request is open."""
        if not self._answered:
            self.send(envelope.progress(self.version, self.id, "progress", data))
