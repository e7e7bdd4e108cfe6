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
        self._closed = False

    def room_for(self, origin: str) -> None:
        """Raises ``busy`` when no further socket of this Origin is taken."""
        with self._lock:
            origins = Counter(member.origin for member in self._members)
        if self._closed or origins.total() >= MOST_SOCKETS or origins[origin] >= MOST_PER_ORIGIN:
            raise SeabridgeError(ErrorCode.BUSY, "too many sockets")

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
