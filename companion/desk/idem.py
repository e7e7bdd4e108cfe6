"""Answers kept by idempotency key: a request repeated after a lost connection gets its first answer again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError

#: Who asked, what, and the key the extension chose.
Key = tuple[str, str, str]
Done = Callable[[msgspec.Raw | None, SeabridgeError | None], None]


@dataclass(slots=True)
class _Slot:
    params: bytes
    result: msgspec.Raw | None = None
    waiting: list[Done] = field(default_factory=list)


class IdemCache:
    """Bounded by number and by bytes; the oldest answered entries go first. Failures are not kept."""

    def __init__(self, entries: int = 2000, size: int = 8 * 1024 * 1024) -> None:
        self._entries = entries
        self._size = size
        self._used = 0
        self._lock = threading.Lock()
        self._slots: OrderedDict[Key, _Slot] = OrderedDict()

    def begin(self, key: Key, params: bytes, done: Done) -> bool:
        """Whether the caller must run the request; if not, ``done`` is called with the first one's outcome.

        Raises ``bad_params`` when the key was used for other parameters.
        """
        with self._lock:
            slot = self._slots.get(key)
            if slot is None:
                self._slots[key] = _Slot(params)
                return True
            if slot.params != params:
                raise SeabridgeError(ErrorCode.BAD_PARAMS, method=key[1], problem="idem was used for another request")
            if slot.result is None:
                slot.waiting.append(done)
                return False
            self._slots.move_to_end(key)
            result = slot.result
        done(result, None)
        return False

    def end(self, key: Key, result: msgspec.Raw | None, error: SeabridgeError | None) -> None:
        """The request is through; tell those who asked meanwhile."""
        with self._lock:
            slot = self._slots.get(key)
            if slot is None:
                return
            waiting, slot.waiting = slot.waiting, []
            if result is None:
                del self._slots[key]
            else:
                slot.result = result
                self._slots.move_to_end(key)
                self._used += len(bytes(result)) + len(slot.params)
                self._trim()
        for done in waiting:
            done(result, error)

    def _trim(self) -> None:
        for key in list(self._slots):
            if len(self._slots) <= self._entries and self._used <= self._size:
                return
            slot = self._slots[key]
            if slot.result is not None:
                self._used -= len(bytes(slot.result)) + len(slot.params)
                del self._slots[key]
