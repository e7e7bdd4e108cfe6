"""Short-lived secrets: tickets that work once, and tokens that live while they are used."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from ..protocol.errors import ErrorCode, SeabridgeError

T = TypeVar("T")


class Tickets(Generic[T]):
    """Single-use tickets, each bound to a value. The oldest is forgotten when there are too many."""

    def __init__(self, seconds: float, *, limit: int = 64, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[float, T]] = {}

    def issue(self, value: T) -> str:
        """A new ticket for ``value``."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._open = {key: entry for key, entry in self._open.items() if entry[0] > now}
            while len(self._open) >= self._limit:
                del self._open[next(iter(self._open))]
            self._open[ticket] = (now + self.seconds, value)
        return ticket

    def take(self, ticket: str) -> T:
        """The ticket's value; the ticket is used up. Raises ``ticket_invalid``."""
        with self._lock:
            until, value = self._open.pop(ticket, (0.0, None))
        if value is None or until <= self._clock():
            raise SeabridgeError(ErrorCode.TICKET_INVALID)
        return value


class Tokens:
    """Tokens in memory that expire when idle."""

    def __init__(self, idle_s: float, *, limit: int = 16, clock: Callable[[], float] = time.monotonic) -> None:
        self._idle_s = idle_s
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, float] = {}

    def issue(self) -> str:
        """A new token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._open) >= self._limit:
                del self._open[min(self._open, key=lambda key: self._open[key])]
            self._open[token] = self._clock() + self._idle_s
        return token

    def check(self, token: str) -> None:
        """Raises ``ticket_invalid`` for a token that is unknown or was idle too long."""
        with self._lock:
            now = self._clock()
            if self._open.get(token, 0.0) <= now:
                self._open.pop(token, None)
                raise SeabridgeError(ErrorCode.TICKET_INVALID)
            self._open[token] = now + self._idle_s
