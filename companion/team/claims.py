"""One seat per message, or per conversation: what was claimed is left alone by the others until it is done, or the
claim has run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import TextClause, text

from .link import Link
from .seat import Seat

_TAKE = text(
    "INSERT INTO team_claims AS known (job, subject, seat, until)"
    " SELECT :job, subject, :seat, now() + make_interval(secs => :seconds)"
    " FROM unnest(CAST(:subjects AS bigint[])) AS subject ORDER BY subject"
    " ON CONFLICT (job, subject) DO UPDATE SET seat = excluded.seat, until = excluded.until"
    " WHERE known.seat = excluded.seat OR known.until <= now() RETURNING subject"
)
_GIVE_BACK = text(
    "DELETE FROM team_claims WHERE job = :job AND seat = :seat AND subject = ANY(CAST(:subjects AS bigint[]))"
)
_DONE = text(
    "UPDATE team_claims SET until = now() + interval '1 day'"
    " WHERE job = :job AND seat = :seat AND subject = ANY(CAST(:subjects AS bigint[]))"
)
_FORGET = text("DELETE FROM team_claims WHERE until < now() - interval '1 day'")


_OTHERS = text(
    "SELECT subject, coalesce(name, team_claims.seat) AS holder FROM team_claims LEFT JOIN team_seats USING (seat)"
    " WHERE job = :job AND seat <> :seat AND until > now() AND subject = ANY(CAST(:subjects AS bigint[]))"
)


class Claims:
    """The claims of one job, as one seat makes them. Thread-safe. Raises ``database_…``."""

    def __init__(self, link: Link, seat: Callable[[], Seat], job: str, lasts_s: float) -> None:
        """``lasts_s``: after so many seconds without an end another seat may take it."""
        self._link = link
        self._seat = seat
        self._job = job
        self._lasts_s = lasts_s

    def take(self, subjects: Sequence[int]) -> frozenset[int]:
        """Claim messages, or conversations, by their ids in the archive; those that are ours now."""
        values = {"job": self._job, "seat": self._seat().id, "seconds": self._lasts_s, "subjects": list(subjects)}
        with self._link.begin() as connection:
            return frozenset(row.subject for row in connection.execute(_TAKE, values))

    def give_back(self, subjects: Sequence[int]) -> None:
        """Whoever can may take them up."""
        self._run(_GIVE_BACK, subjects)

    def done(self, subjects: Sequence[int]) -> None:
        """They are finished: for a day nobody takes one that still stands in a list made before."""
        self._run(_DONE, subjects)

    def others(self, subjects: Sequence[int]) -> dict[int, str]:
        """Those that another seat has now, with its name."""
        values = {"job": self._job, "seat": self._seat().id, "subjects": list(subjects)}
        with self._link.begin() as connection:
            return {row.subject: row.holder for row in connection.execute(_OTHERS, values)}

    def _run(self, statement: TextClause, subjects: Sequence[int]) -> None:
        if not subjects:
            return
        values = {"job": self._job, "seat": self._seat().id, "subjects": list(subjects)}
        with self._link.begin() as connection:
            connection.execute(statement, values)
            connection.execute(_FORGET)
