"""What services that are paid said: asked by one seat of the team, known to all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection, Row, text

from .link import Link
from .seat import Seat
from .table import storable

#: Seconds a seat has for an answer before another may ask.
_ASKING_S = 30.0
#: So long an answer is kept. The archive keeps what was said of its messages.
_KEPT = "interval '30 days'"

_TAKE = text(
    "INSERT INTO team_answers AS known (key, seat, until)"
    " SELECT key, :seat, now() + make_interval(secs => :seconds) FROM unnest(CAST(:keys AS text[])) AS key ORDER BY key"
    " ON CONFLICT (key) DO UPDATE SET seat = excluded.seat, until = excluded.until"
    " WHERE known.said IS NULL AND known.until <= now() RETURNING key"
)
_KNOWN = text("SELECT key, said FROM team_answers WHERE key = ANY(CAST(:keys AS text[])) AND said IS NOT NULL")
_PUT = text(
    "INSERT INTO team_answers (key, seat, until, said) VALUES (:key, :seat, now(), CAST(:said AS jsonb))"
    " ON CONFLICT (key) DO UPDATE SET said = excluded.said, until = excluded.until"
)
_GIVE_BACK = text("DELETE FROM team_answers WHERE key = ANY(CAST(:keys AS text[])) AND seat = :seat AND said IS NULL")
_FORGET_OLD = text(f"DELETE FROM team_answers WHERE until < now() - {_KEPT}")  # noqa: S608  a word of ours

#: A translation and the reasons to doubt it.
Answer = tuple[str, list[str]]


class Answers:
    """The table, by the keys of the cache of translations. Thread-safe. Raises ``database_…``."""

    def __init__(self, link: Link, seat: Callable[[], Seat]) -> None:
        self._link = link
        self._seat = seat

    def take(self, keys: Collection[str]) -> tuple[dict[str, Answer], frozenset[str]]:
        """Answers that are known, and the keys that are ours to ask now. The rest is being asked by somebody else."""
        values = {"keys": list(keys), "seat": self._seat().id, "seconds": _ASKING_S}
        with self._link.begin() as connection:
            ours = frozenset(row.key for row in connection.execute(_TAKE, values))
            return _read(connection, keys), ours

    def known(self, keys: Collection[str]) -> dict[str, Answer]:
        """Answers that are known."""
        with self._link.begin() as connection:
            return _read(connection, keys)

    def put(self, answers: Mapping[str, Answer]) -> None:
        """Keep answers."""
        rows = [
            {"key": key, "seat": self._seat().id, "said": json.dumps(storable([said, doubt]))}
            for key, (said, doubt) in sorted(answers.items())
        ]
        with self._link.begin() as connection:
            connection.execute(_PUT, rows)
            connection.execute(_FORGET_OLD)

    def give_back(self, keys: Collection[str]) -> None:
        """There was no answer: whoever wants may ask."""
        with self._link.begin() as connection:
            connection.execute(_GIVE_BACK, {"keys": list(keys), "seat": self._seat().id})

    def clear(self) -> None:
        """Forget everything: somebody was erased, and nobody can tell whose words these are."""
        with self._link.begin() as connection:
            connection.execute(text("DELETE FROM team_answers"))


def _read(connection: Connection, keys: Collection[str]) -> dict[str, Answer]:
    return {row.key: _answer(row) for row in connection.execute(_KNOWN, {"keys": list(keys)})}


def _answer(row: Row[tuple[str, list[object]]]) -> Answer:
    said, doubt = row.said
    return str(said), [str(code) for code in doubt]
