"""When a feed's address was asked last, what came of it, and when it is asked again. One small file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import msgspec

from companion.protocol.decode import decode
from companion.protocol.errors import SeabridgeError
from companion.runtime.atomic import write_atomic

_log = logging.getLogger(__name__)

#: Seconds between two looks, until the next one after a failure, and how far seats and sellers lie apart, so that they
#: do not all ask at the same minute.
DAY_S, AGAIN_S, SPREAD_S = 22 * 3600.0, 3 * 3600.0, 4 * 3600.0
_LONGEST = 300


class Trouble(msgspec.Struct, frozen=True):
    """An error as it crosses the wire."""

    code: str
    data: dict[str, Any] = {}


class Looked(msgspec.Struct, frozen=True):
    """Of which address this is told; ``tag``: the server's name for what it gave last; ``at`` 0 = never asked;
    ``reached``: when it went well last."""

    address: str = ""
    tag: str = ""
    at: float = 0.0
    due: float = 0.0
    reached: float = 0.0
    trouble: Trouble | None = None


def read(path: Path, address: str) -> Looked:
    """What is known of this address; nothing where another one was asked, or the file is damaged."""
    try:
        found = decode(path.read_bytes(), Looked)
    except (OSError, msgspec.DecodeError, UnicodeError):
        return Looked(address)
    return found if found.address == address else Looked(address)


def note(
    path: Path, before: Looked, now: float, chance: float, *, tag: str = "", error: SeabridgeError | None = None
) -> None:
    """Write down a look. ``chance``: from 0 to 1; ``tag``: the new one, where nothing went wrong. A full disk is
    logged: it stops no update."""
    wait = (AGAIN_S if error is not None else DAY_S) + chance * (SPREAD_S if error is None else AGAIN_S)
    trouble = trouble_of(error) if error is not None else None
    kept = (before.tag, before.reached) if error is not None else (tag, now)
    made = Looked(before.address, kept[0], now, now + wait, kept[1], trouble)
    try:
        write_atomic(path, msgspec.json.encode(made))
    except SeabridgeError as exc:
        _log.warning("when the feed was asked could not be written: %s", exc)


def trouble_of(error: SeabridgeError) -> Trouble:
    """An error that can be told later; its data are texts and numbers."""
    plain = {name: value for name, value in error.data.items() if isinstance(value, int | float | str)}
    return Trouble(str(error.code), {name: v[:_LONGEST] if isinstance(v, str) else v for name, v in plain.items()})
