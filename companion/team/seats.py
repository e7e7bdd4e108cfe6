"""The seats of a team: each tells from time to time that it is there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from .. import __version__
from .seat import Seat

#: Seconds after which a seat that told nothing counts as gone.
HERE_S = 90.0

_TELL = text(
    "INSERT INTO team_seats (seat, name, program) VALUES (:seat, :name, :program)"
    " ON CONFLICT (seat) DO UPDATE SET name = excluded.name, program = excluded.program, seen_at = now()"
)
_SEEN = text(
    "SELECT seat, name, program, extract(epoch FROM seen_at)::float8 AS seen_at,"
    " seen_at > now() - make_interval(secs => :here) AS here FROM team_seats"
    " WHERE seen_at > now() - interval '90 days' ORDER BY seen_at DESC LIMIT 100"
)
_GONE = text("UPDATE team_seats SET seen_at = now() - make_interval(secs => :here) WHERE seat = :seat")


@dataclass(frozen=True, slots=True)
class SeatSeen:
    """``program``: its version; ``seen_at``: Unix time by the database's clock; ``here``: it runs now."""

    id: str
    name: str
    program: str
    seen_at: float
    here: bool


def tell(connection: Connection, seat: Seat) -> None:
    """We are here, under this name."""
    connection.execute(_TELL, {"seat": seat.id, "name": seat.name, "program": __version__})


def leave(connection: Connection, seat: Seat) -> None:
    """We go."""
    connection.execute(_GONE, {"seat": seat.id, "here": HERE_S})


def seen(connection: Connection) -> list[SeatSeen]:
    """The seats of the last months, the one heard last first."""
    rows = connection.execute(_SEEN, {"here": HERE_S})
    return [SeatSeen(row.seat, row.name, row.program, row.seen_at, row.here) for row in rows]
