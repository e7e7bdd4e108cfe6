"""The first seat brings what it has: its glossary, its engines, its tone become the team's."""

from __future__ import annotations

import json
import logging

from sqlalchemy import Connection, text

from ..runtime.documents import Documents
from .placement import PLACES, parted
from .seat import Seat
from .table import storable

_log = logging.getLogger(__name__)

#: Two seats that start at once must not both be the first.
_LOCK = 0x5EAB_0002
_BEGUN = text("SELECT 1 FROM team_documents LIMIT 1")
_PUT = text(
    "INSERT INTO team_documents (collection, key, value, seat) VALUES (:collection, :key, CAST(:value AS jsonb), :seat)"
)


def bring(connection: Connection, own: Documents, seat: Seat) -> int:
    """Within a transaction: where the team has no document yet, ours become its; how many. ``own``: the seat's file."""
    if connection.execute(_BEGUN).first() is not None:
        return 0
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if connection.execute(_BEGUN).first() is not None:
        return 0
    rows = [
        {"collection": name, "key": key, "value": json.dumps(storable(shared)), "seat": seat.id}
        for name, placed in PLACES.items()
        if placed.owner != "seat"
        for key, value in own.all(name).items()
        if (shared := parted(placed, key, value)[1])
    ]
    if rows:
        connection.execute(_PUT, rows)
        _log.info("the team has no documents yet: %d of this seat are the team's now", len(rows))
    return len(rows)
