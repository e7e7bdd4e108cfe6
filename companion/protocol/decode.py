"""Typed decoding that several threads may begin at once.

msgspec (0.22) works out what it needs to know of a type at its first use. Two threads that do so at the same time
crash the process (a null pointer in its C code), and a companion's first requests do come at the same time. So every
type is worked out once, under a lock; from then on nothing waits.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_first = threading.Lock()
_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def decode(raw: bytes | str | msgspec.Raw, kind: type[T]) -> T:
    """JSON as a ``kind``. Raises msgspec.DecodeError (of which ValidationError is one) or UnicodeError.

    JSON nested deeper than Python's stack allows is a DecodeError like any other nonsense.
    """
    try:
        value: T = _decoder(kind).decode(raw)
    except RecursionError as exc:
        raise msgspec.DecodeError("nested too deeply") from exc
    return value


def convert(value: Any, kind: type[T]) -> T:
    """Plain values as a ``kind``. Raises msgspec.ValidationError."""
    _decoder(kind)
    return msgspec.convert(value, kind)


def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    found = _decoders.get(kind)
    if found is None:
        with _first:
            found = _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    return found
