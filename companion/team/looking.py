"""A look at a team's database from outside, for the doctor: changes nothing, and needs no companion."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import text

from ..runtime import postgres
from ..runtime.database_url import Address
from ..runtime.postgres_errors import postgres_errors
from . import leases, seats
from .leases import Lease
from .seats import SeatSeen

_MEASURED = 3


@dataclass(frozen=True, slots=True)
class Look:
    """``version``: the server's, "15.18"; ``driver``: psycopg's; ``milliseconds``: there and back, the best of a few.
    ``begun``: a team has tables there."""

    version: str
    driver: str
    milliseconds: float
    begun: bool
    seats: list[SeatSeen]
    leases: list[Lease]


def look(address: Address) -> Look:
    """Raises ``database_…``."""
    import psycopg

    engine = postgres.engine(address, size=1)
    try:
        with postgres_errors(address), engine.connect() as connection:
            version = postgres.server_version(connection)
            took = []
            for _ in range(_MEASURED):
                begun_at = time.perf_counter()
                connection.execute(text("SELECT 1"))
                took.append(time.perf_counter() - begun_at)
            begun = connection.execute(text("SELECT to_regclass('team_seats')")).scalar_one() is not None
            return Look(
                version,
                psycopg.__version__,
                1000 * min(took),
                begun,
                seats.seen(connection) if begun else [],
                leases.current(connection) if begun else [],
            )
    finally:
        engine.dispose()
