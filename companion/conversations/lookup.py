"""The search index of the archive at hand: in the file, or in a team's database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from . import fts, tsearch
from .statements import on_postgres


class Lookup(Protocol):
    """What a search reads of an index; ``match`` is what ``expression.py`` writes. Moments are row numbers; ``since``:
    from, ``until``: below."""

    def newest(self, connection: Connection, match: str, since: int, until: int, limit: int) -> list[int]:
        """The moments that fit, the latest first."""

    def lengths(
        self, connection: Connection, match: str, since: int, until: int, limit: int
    ) -> Sequence[tuple[int, bytes]]:
        """The same, each with how many words its columns have, as FTS5 writes it."""

    def texts(self, connection: Connection, moments: Sequence[int]) -> Sequence[tuple[int, str]]:
        """The words of original, translation and order, a space at both ends."""

    def latest(self, connection: Connection, until: int, limit: int) -> list[str]:
        """The texts of the last messages before a moment, whatever they say."""


def index_of(connection: Connection) -> Lookup:
    """The index that this connection reads."""
    return tsearch if on_postgres(connection) else fts
