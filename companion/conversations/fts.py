"""What a search reads of the index on SQLite. Moments are row numbers; ``since``: from, ``until``: below.

Statements go to the driver as they are and its own tuples come back: for two thousand rows SQLAlchemy takes longer than
SQLite does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection

from .words import BREAK

_NEWEST = (
    "SELECT rowid FROM search_index WHERE search_index MATCH :match AND rowid < :until AND rowid >= :since"
    " ORDER BY rowid DESC LIMIT :limit"
)
#: Of the index's own tables, which FTS5 documents: how many words each column of a message has, and its texts.
_LENGTHS = (
    "SELECT l.id, l.sz FROM search_index CROSS JOIN search_index_docsize l ON l.id = search_index.rowid"
    " WHERE search_index MATCH :match AND search_index.rowid < :until AND search_index.rowid >= :since"
    " ORDER BY search_index.rowid {} LIMIT :limit"
)
_BACKWARD, _FORWARD = _LENGTHS.format("DESC"), _LENGTHS.format("ASC")
_SPAN = "SELECT (SELECT min(id) FROM search_index_docsize), (SELECT max(id) FROM search_index_docsize)"
#: The share of the time that is looked through first: one in so many.
_RECENT = 32
#: A further piece of time is so much longer than it should need to be; where it would leave less than that share of the
#: rest, it is all of it. It may hold so many times the limit.
_SPARE, _REST, _MOST = 1.1, 0.25, 3
_TEXT = f"' ' || c0 || ' {BREAK} ' || c1 || ' {BREAK} ' || c2 || ' '"
_TEXTS = f"SELECT id, {_TEXT} FROM search_index_content WHERE id IN (SELECT value FROM json_each(:moments))"  # noqa: S608  names of ours
_LATEST = f"SELECT {_TEXT} FROM search_index_content WHERE id < :until ORDER BY id DESC LIMIT :limit"  # noqa: S608  names of ours


def newest(connection: Connection, match: str, since: int, until: int, limit: int) -> list[int]:
    """The moments that fit, the latest first."""
    asked = {"match": match, "since": since, "until": until, "limit": limit}
    return [moment for (moment,) in _rows(connection, _NEWEST, asked)]


def lengths(connection: Connection, match: str, since: int, until: int, limit: int) -> Sequence[tuple[int, bytes]]:
    """The same, each with how many words its columns have, as FTS5 writes it.

    FTS5 reads its lists forward nearly twice as fast as backward, which is what "the latest first" asks for. So only
    the last days are read backward, which is enough for what is common; of what is rarer pieces of time are read
    forward that are as long as the hits so far let expect: 14 to 9 ms at a million.
    """
    asked = {"match": match, "limit": limit}
    [(first, last)] = _rows(connection, _SPAN, {})
    # words that go on are gathered anew for each statement, which takes longer than is won
    if first is None or match.count(" *") > 1:
        return _rows(connection, _BACKWARD, {**asked, "since": since, "until": until})
    begin, end = max(since, first), min(until, last + 1)
    recent = (end - begin) // _RECENT
    at = max(begin, end - recent)
    found = _rows(connection, _BACKWARD, {**asked, "since": at, "until": end})
    while len(found) < limit and at > begin:
        missing = limit - len(found)
        piece = {**asked, "since": begin, "until": at}
        # too few to be worth a piece of their own
        if missing * 4 < len(found):
            return [*found, *_rows(connection, _BACKWARD, {**piece, "limit": missing})]
        needed = (end - at) * missing * _SPARE / len(found) if found else at - begin
        if needed < (at - begin) * (1 - _REST):
            piece["since"] = at - int(needed)
        rows = _rows(connection, _FORWARD, {**piece, "limit": limit * _MOST})
        # cut off, the forward way has the oldest
        if len(rows) == limit * _MOST:
            return [*found, *_rows(connection, _BACKWARD, {**piece, "limit": missing})]
        found += reversed(rows)
        at = piece["since"]
    return found[:limit]


def texts(connection: Connection, moments: Sequence[int]) -> Sequence[tuple[int, str]]:
    """The words of original, translation and order, a space at both ends."""
    # in the order in which they lie in the file
    return _rows(connection, _TEXTS, {"moments": json.dumps(sorted(moments))})


def latest(connection: Connection, until: int, limit: int) -> list[str]:
    """The texts of the last messages before a moment, whatever they say."""
    return [text for (text,) in _rows(connection, _LATEST, {"until": until, "limit": limit})]


def _rows(connection: Connection, statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    asked = connection.exec_driver_sql(statement, values)
    rows = asked.cursor.fetchall() if asked.cursor else []
    asked.close()
    return cast(list[tuple[Any, ...]], rows)
