"""The practice marketplaces remember: conversations survive closing the window, as real ones do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..protocol.decode import decode
from ..runtime.atomic import write_atomic
from .buyer import Mood, Say
from .world import Conversation

if TYPE_CHECKING:
    from .shop import PracticeShop

#: Raised when the shape below changes; an older file is then left alone and a first day begins.
FORMAT = 1


class Coming(msgspec.Struct):
    """A line a buyer is still typing."""

    at: float
    buyer: str
    line: Say


class Kept(msgspec.Struct):
    """Everything worth keeping."""

    format: int
    day: int
    started: float
    moods: dict[str, Mood]
    conversations: dict[str, Conversation]
    coming: list[Coming]


def dump(shop: PracticeShop) -> bytes:
    """The shop's state as JSON."""
    coming = [Coming(at, buyer, line) for at, buyer, line in shop.coming]
    kept = Kept(FORMAT, shop.day, shop.started, shop.moods, shop.conversations, coming)
    return msgspec.json.format(msgspec.json.encode(kept), indent=1)


def save(shop: PracticeShop, path: Path) -> None:
    """Write the state, whole or not at all."""
    write_atomic(path, dump(shop))


def load(path: Path) -> Kept | None:
    """What was kept, None on the first day or when the file is of another format or damaged."""
    try:
        kept = decode(path.read_bytes(), Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return kept if kept.format == FORMAT else None


def fits(kept: Kept, buyers: dict[str, Any]) -> bool:
    """Whether the file knows exactly the buyers this version has."""
    return set(kept.moods) == set(buyers)
