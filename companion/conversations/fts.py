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
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)
_TEXT = f"' ' || c0 || ' {BREAK} ' || c1 || ' {BREAK} ' || c2 || ' '"
_TEXTS = f"SELECT id, {_TEXT} FROM search_index_content WHERE id IN (SELECT value FROM json_each(:moments))"  # noqa: S608  names of ours
_LATEST = f"SELECT {_TEXT} FROM search_index_content WHERE id < :until ORDER BY id DESC LIMIT :limit"  # noqa: S608  names of ours


def newest(connection: Connection, match: str, since: int, until: int, limit: int) -> list[int]:
    """The moments that fit, the latest first."""
    asked = {"match": match, "since": since, "until": until, "limit": limit}
    return [moment for (moment,) in _rows(connection, _NEWEST, asked)]


def lengths(connection: Connection, match: str, since: int, until: int, limit: int) -> Sequence[tuple[int, bytes]]:
    """The same, each with how many words its columns have, as FTS5 writes it."""
    return _rows(connection, _LENGTHS, {"match": match, "since": since, "until": until, "limit": limit})


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
