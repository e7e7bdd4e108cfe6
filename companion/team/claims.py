"""One seat per message: what was claimed is left alone by the others until it is done, or the claim has run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import TextClause, text

from .link import Link
from .seat import Seat

_TAKE = text(
    "INSERT INTO team_claims AS known (job, message, seat, until)"
    " SELECT :job, message, :seat, now() + make_interval(secs => :seconds)"
    " FROM unnest(CAST(:messages AS bigint[])) AS message ORDER BY message"
    " ON CONFLICT (job, message) DO UPDATE SET seat = excluded.seat, until = excluded.until"
    " WHERE known.seat = excluded.seat OR known.until <= now() RETURNING message"
)
_GIVE_BACK = text(
    "DELETE FROM team_claims WHERE job = :job AND seat = :seat AND message = ANY(CAST(:messages AS bigint[]))"
)
_DONE = text(
    "UPDATE team_claims SET until = now() + interval '1 day'"
    " WHERE job = :job AND seat = :seat AND message = ANY(CAST(:messages AS bigint[]))"
)
_FORGET = text("DELETE FROM team_claims WHERE until < now() - interval '1 day'")


class Claims:
    """The claims of one job, as one seat makes them. Thread-safe. Raises ``database_…``."""

    def __init__(self, link: Link, seat: Callable[[], Seat], job: str, lasts_s: float) -> None:
        """``lasts_s``: after so many seconds without an end another seat may take the message."""
        self._link = link
        self._seat = seat
        self._job = job
        self._lasts_s = lasts_s

    def take(self, messages: Sequence[int]) -> frozenset[int]:
        """Claim messages by their ids in the archive; those that are ours now."""
        values = {"job": self._job, "seat": self._seat().id, "seconds": self._lasts_s, "messages": list(messages)}
        with self._link.begin() as connection:
            return frozenset(row.message for row in connection.execute(_TAKE, values))

    def give_back(self, messages: Sequence[int]) -> None:
        """Whoever can may take them up."""
        self._run(_GIVE_BACK, messages)

    def done(self, messages: Sequence[int]) -> None:
        """They are finished: for a day nobody takes one that still stands in a list made before."""
        self._run(_DONE, messages)

    def _run(self, statement: TextClause, messages: Sequence[int]) -> None:
        if not messages:
            return
        values = {"job": self._job, "seat": self._seat().id, "messages": list(messages)}
        with self._link.begin() as connection:
            connection.execute(statement, values)
            connection.execute(_FORGET)
