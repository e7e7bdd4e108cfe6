"""All open sockets, and what is pushed to those that proved themselves."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Protocol

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError

#: An extension has one socket; a few more are there while an old one dies.
MOST_SOCKETS, MOST_PER_ORIGIN = 16, 6


class Member(Protocol):
    """A socket as the hub sees it."""

    @property
    def origin(self) -> str: ...

    @property
    def key_id(self) -> str:
        """The key it was proven with, "" before."""

    def push(self, topic: str, data: msgspec.Struct) -> None: ...

    def forget(self) -> None:
        """The key was revoked."""

    def close(self, code: int, reason: str) -> None: ...


class Hub:
    """Keeps the members; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._members: list[Member] = []
        self._seats: Counter[str] = Counter()
        self._closed = False

    def reserve(self, origin: str) -> None:
        """Take a seat for a socket that is about to open. Raises ``busy`` when there is none for this Origin."""
        with self._lock:
            taken = self._seats.total() >= MOST_SOCKETS or self._seats[origin] >= MOST_PER_ORIGIN
            if self._closed or taken:
                raise SeabridgeError(ErrorCode.BUSY, "too many sockets")
            self._seats[origin] += 1

    def release(self, origin: str) -> None:
        """Give the seat back."""
        with self._lock:
            self._seats[origin] -= 1
            if not self._seats[origin]:
                del self._seats[origin]

    def subscribe(self, member: Member) -> None:
        """Add a socket."""
        with self._lock:
            self._members.append(member)

    def unsubscribe(self, member: Member) -> None:
        """Remove a socket."""
        with self._lock:
            if member in self._members:
                self._members.remove(member)

    def connected(self) -> int:
        """How many proven sockets are open."""
        return sum(bool(member.key_id) for member in self._all())

    def publish(self, topic: str, data: msgspec.Struct) -> None:
        """Push to every proven socket."""
        for member in self._all():
            if member.key_id:
                member.push(topic, data)

    def revoke(self, key_id: str) -> None:
        """End the sessions that were proven with this key."""
        for member in self._all():
            if member.key_id == key_id:
                member.forget()

    def close(self) -> None:
        """Close all; take no more."""
        self._closed = True
        for member in self._all():
            member.close(1001, "shutting down")

    def _all(self) -> list[Member]:
        with self._lock:
            return list(self._members)
