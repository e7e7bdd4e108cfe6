"""Work that takes a while: one at a time, in a thread of its own, watched by its state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from . import faults

State = Literal["idle", "running", "done", "failed"]


class OneJob:
    """``name`` for threads and the log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._state: State = "idle"
        self._error: dict[str, Any] | None = None

    def start(self, work: Callable[[], object]) -> None:
        """Begin. Raises ``busy`` while one runs."""
        with self._lock:
            if self._state == "running":
                raise SeabridgeError(ErrorCode.BUSY, f"{self._name} is at work")
            self._state, self._error = "running", None
        threading.Thread(target=self._work, args=(work,), name=f"desk-{self._name}", daemon=True).start()

    def state(self) -> tuple[State, dict[str, Any] | None]:
        """Where it stands, and the error of one that failed."""
        with self._lock:
            return self._state, self._error

    def _work(self, work: Callable[[], object]) -> None:
        state: State = "done"
        error = None
        try:
            work()
        except Exception as exc:  # it stands in the state; there is nobody here to raise it to
            state, error = "failed", msgspec.to_builtins(faults.body(faults.translate(exc, self._name))["error"])
        with self._lock:
            self._state, self._error = state, error
