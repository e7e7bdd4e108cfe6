"""Best first: which of the newest hits fit a search best, page by page.

The time goes to what is read, so less is read of most hits than of a few: of two thousand their lengths, of the most
likely six hundred their texts. Statements go to the driver as they are, since compiling them costs as much as running
them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection

from . import cursor
from .query import Phrase
from .ranking import by_length, ranked, rarities
from .words import BREAK

#: So many of the newest hits are ranked at a time; pages beyond them rank the next ones.
RANKED = 2_000
#: Of these so many are read to be weighed; the others follow by their length and age.
WEIGHED = 600
#: Messages of the same time by which the phrases of a query are told apart as common or rare.
SAMPLE = 400

#: Of the index's own tables, which FTS5 documents: how many words each column of a message has, and its texts.
_LENGTHS = (
    "SELECT l.id, l.sz FROM search_index CROSS JOIN search_index_docsize l ON l.id = search_index.rowid"
    " WHERE search_index MATCH :match AND search_index.rowid < :until AND search_index.rowid >= :since"
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)
_TEXT = f"' ' || c0 || ' {BREAK} ' || c1 || ' {BREAK} ' || c2 || ' '"
_TEXTS = f"SELECT id, {_TEXT} FROM search_index_content WHERE id IN (SELECT value FROM json_each(:moments))"  # noqa: S608  names of ours
_SAMPLE = f"SELECT {_TEXT} FROM search_index_content WHERE id < :until ORDER BY id DESC LIMIT {SAMPLE}"  # noqa: S608  names of ours


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
    asked = {"match": match, "since": since, "until": min(until, top), "limit": RANKED + 1}
    rows = _rows(connection, _LENGTHS, asked)
    if not rows:
        return [], ""
    top = rows[0][0] + 1
    likely = by_length(rows[:RANKED])
    # in the order in which they lie in the file
    read = _rows(connection, _TEXTS, {"moments": json.dumps(sorted(likely[:WEIGHED]))})
    order = ranked(read, phrases, _rarities(connection, phrases, top)) + likely[WEIGHED:]
    more = ""
    if len(order) > shown + limit:
        more = cursor.written(top, shown + limit)
    elif len(rows) > RANKED:
        more = cursor.written(rows[RANKED - 1][0], 0)
    return order[max(0, shown) :][:limit], more


def _rarities(connection: Connection, phrases: Sequence[Phrase], until: int) -> list[float]:
    """A sample is enough, and costs the same for any phrase: SQLite's own ``bm25`` reads every hit of every phrase
    before it weighs the first."""
    if len(phrases) == 1:
        return [1.0]
    return rarities([text for (text,) in _rows(connection, _SAMPLE, {"until": until})], phrases)


def _rows(connection: Connection, statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: two thousand rows of SQLAlchemy cost more than ranking them."""
    asked = connection.exec_driver_sql(statement, values)
    rows = asked.cursor.fetchall() if asked.cursor else []
    asked.close()
    return cast(list[tuple[Any, ...]], rows)
