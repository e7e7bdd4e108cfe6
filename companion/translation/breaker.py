"""Lets an engine that keeps failing rest, so that no message waits for it; then tries it once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from companion.protocol import ErrorCode

#: So many failures in a row and it rests.
FAILURES = 3
REST_S = 60.0
LONGEST_REST_S = 900.0
#: What trying again at once cannot change.
_AT_ONCE = frozenset({ErrorCode.ENGINE_REFUSED, ErrorCode.ENGINE_QUOTA, ErrorCode.ENGINE_SETUP})
#: No fault of the engine: the pair it does not have, our own limit, a caller too many, a browser that was closed.
_NO_FAULT = frozenset(
    {
        ErrorCode.ENGINE_MISSING,
        ErrorCode.ENGINE_BUDGET,
        ErrorCode.BUSY,
        ErrorCode.BROWSER_AWAY,
        ErrorCode.BROWSER_MODEL,
    }
)


@dataclass(slots=True)
class _State:
    failures: int = 0
    rests: int = 0
    until: float = 0.0
    code: str = ""


@dataclass(slots=True)
class Breaker:
    """By engine name; thread-safe."""

    clock: Callable[[], float] = time.monotonic
    _states: dict[str, _State] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, name: str) -> bool:
        """Whether the engine may be asked. After its rest one question goes through; others wait how that one ends."""
        with self._lock:
            state = self._states.get(name)
            if state is None or not state.until:
                return True
            if self.clock() < state.until:
                return False
            state.until = self.clock() + REST_S
            return True

    def succeeded(self, name: str) -> None:
        """It translates again."""
        with self._lock:
            self._states.pop(name, None)

    def failed(self, name: str, code: ErrorCode) -> None:
        """It did not."""
        if code in _NO_FAULT:
            return
        with self._lock:
            state = self._states.setdefault(name, _State())
            state.failures += 1
            state.code = str(code)
            if state.failures >= FAILURES or code in _AT_ONCE:
                state.until = self.clock() + min(LONGEST_REST_S, REST_S * 2**state.rests)
                state.rests += 1

    def resting(self, name: str) -> str:
        """The error code an engine rests for, "" when it does not."""
        with self._lock:
            state = self._states.get(name)
            return state.code if state and state.until > self.clock() else ""

    def forget(self, name: str) -> None:
        """The seller changed its set-up: it starts afresh."""
        self.succeeded(name)
