"""Frames on their way out, so that a browser that does not read never blocks the one who writes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable


class Outbox:
    """A bounded queue with one sending thread."""

    def __init__(self, send: Callable[[str], None], broken: Callable[[], None], limit: int = 512) -> None:
        self._send = send
        self._broken = broken
        self._frames: queue.Queue[str | None] = queue.Queue(limit)
        self._thread = threading.Thread(target=self._work, name="desk-out", daemon=True)
        self._thread.start()

    def put(self, frame: str) -> None:
        """Queue a frame; a receiver that lags too far behind is cut off."""
        try:
            self._frames.put_nowait(frame)
        except queue.Full:
            self._broken()

    def close(self, timeout: float = 1.0) -> None:
        """Send what is queued, then end."""
        try:
            self._frames.put_nowait(None)
        except queue.Full:
            return
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def _work(self) -> None:
        while (frame := self._frames.get()) is not None:
            try:
                self._send(frame)
            except Exception:  # whatever the socket says, it is over
                self._broken()
                return
