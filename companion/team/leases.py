"""Jobs that one seat of the team does at a time. Taken and renewed by the database's clock; a seat that dies frees its
lease by time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, TextClause, text

from ..protocol.errors import SeabridgeError
from .link import Link
from .seat import Seat

_log = logging.getLogger(__name__)

#: Seconds a lease lasts without being renewed: a seat that is away for so long has lost its job to another.
LEASE_S = 120.0

_TAKE = text(
    "INSERT INTO team_leases AS known (job, seat, taken_at, until)"
    " VALUES (:job, :seat, now(), now() + make_interval(secs => :seconds))"
    " ON CONFLICT (job) DO UPDATE SET seat = excluded.seat, until = excluded.until,"
    " taken_at = CASE WHEN known.seat = excluded.seat THEN known.taken_at ELSE excluded.taken_at END"
    " WHERE known.seat = excluded.seat OR known.until <= now() RETURNING job"
)
_RENEW = text(
    "UPDATE team_leases SET until = now() + make_interval(secs => :seconds)"
    " WHERE job = :job AND seat = :seat AND until > now() RETURNING job"
)
_GIVE_BACK = text("DELETE FROM team_leases WHERE job = :job AND seat = :seat")
_HELD = text(
    "SELECT job, coalesce(name, team_leases.seat) AS holder, extract(epoch FROM taken_at)::float8 AS taken_at,"
    " extract(epoch FROM until)::float8 AS until"
    " FROM team_leases LEFT JOIN team_seats USING (seat) WHERE until > now() ORDER BY job"
)


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that is being done, and by whom. Unix times."""

    job: str
    holder: str
    taken_at: float
    until: float


class Leases:
    """The leases of a team, as one seat takes them. Thread-safe. Raises ``database_…``."""

    def __init__(self, link: Link, seat: Callable[[], Seat], *, lasts_s: float = LEASE_S) -> None:
        self._link = link
        self._seat = seat
        self._lasts_s = lasts_s

    def take(self, job: str) -> bool:
        """Take a job that nobody holds, or renew one that is ours; whether we have it now."""
        return self._run(_TAKE, job)

    def renew(self, job: str) -> bool:
        """Keep a job that is ours; False when it was lost by time."""
        return self._run(_RENEW, job)

    def give_back(self, job: str) -> None:
        """We are done with it, or never had it."""
        with self._link.begin() as connection:
            connection.execute(_GIVE_BACK, {"job": job, "seat": self._seat().id})

    @contextmanager
    def held(self, job: str) -> Iterator[bool]:
        """Do a job for as long as it takes: False = another seat does it, leave it. Renewed behind the work."""
        if not self.take(job):
            yield False
            return
        done = threading.Event()
        keeping = threading.Thread(target=self._keep, args=(job, done), name=f"lease-{job}", daemon=True)
        keeping.start()
        try:
            yield True
        finally:
            done.set()
            keeping.join(self._lasts_s)
            try:
                self.give_back(job)
            except SeabridgeError as exc:  # time frees it
                _log.info("the lease of %s ends by itself: %s", job, exc)

    def current(self) -> list[Lease]:
        """Every job that is held now."""
        with self._link.begin() as connection:
            return current(connection)

    def _run(self, statement: TextClause, job: str) -> bool:
        values = {"job": job, "seat": self._seat().id, "seconds": self._lasts_s}
        with self._link.begin() as connection:
            return connection.execute(statement, values).first() is not None

    def _keep(self, job: str, done: threading.Event) -> None:
        while not done.wait(self._lasts_s / 3):
            try:
                if not self.renew(job):
                    _log.warning("the lease of %s was lost: another seat may do it too", job)
                    return
            except SeabridgeError as exc:
                _log.warning("the lease of %s is not renewed: %s", job, exc)


def current(connection: Connection) -> list[Lease]:
    """Every job that is held now."""
    return [Lease(row.job, row.holder, row.taken_at, row.until) for row in connection.execute(_HELD)]
