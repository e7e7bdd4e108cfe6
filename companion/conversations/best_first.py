"""Best first: which of the newest hits fit a search best, page by page.

The time goes to what is read, so less is read of most hits than of a few: of two thousand their lengths, of the most
likely six hundred their texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from . import cursor
from .lookup import index_of
from .query import Phrase
from .ranking import by_length, ranked, rarities

#: So many of the newest hits are ranked at a time; pages beyond them rank the next ones.
RANKED = 2_000
#: Of these so many are read to be weighed; the others follow by their length and age.
WEIGHED = 600
#: Messages of the same time, by which the phrases of a query are told apart as common or rare.
SAMPLE = 400


def best_first(
    connection: Connection,
    phrases: Sequence[Phrase],
    match: str,
    bounds: tuple[int, int],
    place: tuple[int, int],
    limit: int,
) -> tuple[Sequence[int], str]:
    """The moments of a page and where the next begins ("" = nowhere); ``bounds``: moments from, and below.

    The place names the newest hit that took part, so that what arrives meanwhile shifts no page, and how many of them
    were shown.
    """
    since, until = bounds
    top, shown = place
    rows = index_of(connection).lengths(connection, match, since, min(until, top), RANKED + 1)
    if not rows:
        return [], ""
    top = rows[0][0] + 1
    likely = by_length(rows[:RANKED])
    read = index_of(connection).texts(connection, likely[:WEIGHED])
    order = ranked(read, phrases, _weights(connection, phrases, top)) + likely[WEIGHED:]
    more = ""
    if len(order) > shown + limit:
        more = cursor.written(top, shown + limit)
    elif len(rows) > RANKED:
        more = cursor.written(rows[RANKED - 1][0], 0)
    return order[max(0, shown) :][:limit], more


def _weights(connection: Connection, phrases: Sequence[Phrase], until: int) -> list[float]:
    """By a sample, which costs the same for any phrase: SQLite's own ``bm25`` reads every hit of every phrase before
    it weighs the first."""
    if len(phrases) == 1:
        return [1.0]
    return rarities(index_of(connection).latest(connection, until, SAMPLE), phrases)
