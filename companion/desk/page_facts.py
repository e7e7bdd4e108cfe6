"""What pages show of orders and listings, kept: captures the extension sends, and saved files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..protocol.base import Instant, Url
from ..protocol.errors import ErrorCode, SeabridgeError
from .desk import Desk

if TYPE_CHECKING:
    from ..pages.reading import Reading
    from ..protocol.pages import Marketplace


class PageFileAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A saved page on this computer. ``saved_at``: when it was saved, None = the file's own time."""

    path: str
    url: Url = ""
    saved_at: Instant | None = None


class PageKept(msgspec.Struct):
    """How many orders and listings the page showed."""

    orders: int
    listings: int


def keep(archive: Any, readings: Sequence[Reading], at: float) -> PageKept:
    """Keep the orders and listings of what was read at ``at``. Of a page that lacks what it must have nothing is kept:
    what was read of it may be anything."""
    from ..catalogue import listings
    from ..orders import orders

    kept = PageKept(orders=0, listings=0)
    for reading in readings:
        if reading.missing:
            continue
        if reading.kind == "orders":
            kept.orders += orders.keep(archive, reading, at)
        elif reading.kind == "listing":
            kept.listings += listings.keep(archive, reading, at)
    return kept


def keep_saved(archive: Any, marketplaces: Callable[[], Sequence[Marketplace]], asked: PageFileAsked) -> PageKept:
    """Keep those of a saved page. Raises ``messages_file`` and ``facts_page``."""
    from ..pages.document import MOST_BYTES, PageUnreadable, Saved
    from ..pages.reading import Reading
    from ..pages.recognise import recognise

    path = Path(asked.path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        at = path.stat().st_mtime if asked.saved_at is None else asked.saved_at
        found = recognise(Saved(data), marketplaces(), asked.url)
    except OSError as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_FILE, str(exc), path=str(path)) from exc
    except PageUnreadable as exc:
        raise SeabridgeError(ErrorCode.FACTS_PAGE, exc.reason) from exc
    readings = [one for one in (found.read, *found.beside) if isinstance(one, Reading)] if found else []
    kept = keep(archive, readings, min(at, time.time()))
    if not kept.orders and not kept.listings:
        raise SeabridgeError(ErrorCode.FACTS_PAGE)
    return kept


def keep_file(desk: Desk, asked: PageFileAsked) -> PageKept:
    """The same for the running companion."""
    return keep_saved(desk.room.archive, lambda: desk.room.rules().marketplaces, asked)
