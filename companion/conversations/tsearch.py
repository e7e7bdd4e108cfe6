"""What a search reads of the index on PostgreSQL: the same words as in FTS5, found by an inverted index of terms.

The index is two tables. ``search_index`` has the shape of FTS5's (``rowid``: the moment; the texts by column).
``search_terms`` has what a search goes through: ``rowid``, ``sizes`` (how many words original and translation have) and
``words``, the terms (``terms.py``). Two thousand hits lie in as many places, and a row of a thousand bytes would make
each of them a page to read. So its rows are kept at a hundred bytes: the terms, which only the inverted index needs,
lie apart. A server puts aside what is long only where the row has more than 2,000 bytes; ``room`` is blanks that give
it those and are kept in thirty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from .matching import read
from .terms import between, held
from .tsquery import Condition, condition, quoted, with_any
from .words import BREAK

#: So many of the newest messages are looked through first, at least: what is common is found among them.
PROBED = 3_000
#: A further piece of time has at least that share of what was looked through; where it would leave less than that share
#: of the rest, it is all of it. Where nothing was found yet it is so many times as long as what was looked through.
_LEAST, _REST, _LEAP = 0.1, 0.25, 15

_ADD = (
    "INSERT INTO search_index (rowid, original, translation, refs, buyer, marks)"
    " VALUES (%(moment)s, %(original)s, %(translation)s, %(refs)s, %(buyer)s, %(marks)s)"
)
_ADD_TERMS = "COPY search_terms (rowid, sizes, words) FROM STDIN"
_DROP_TERMS = "DELETE FROM search_terms WHERE rowid = %(moment)s"
#: What is held, in the order of time: rowid and the values of ``held``.
INDEXED = (
    "SELECT rowid, original, translation, refs, buyer, marks, sizes, tsvector_to_array(words) AS words"
    " FROM search_index FULL JOIN search_terms USING (rowid) ORDER BY rowid"
)
_WEIGHED = f"' ' || original || ' {BREAK} ' || translation || ' {BREAK} ' || refs || ' '"
_TEXTS = f"SELECT rowid, {_WEIGHED} FROM search_index WHERE rowid = ANY(%(moments)s)"  # noqa: S608  names of ours
_LATEST = f"SELECT {_WEIGHED} FROM search_index WHERE rowid < %(until)s ORDER BY rowid DESC LIMIT %(limit)s"  # noqa: S608
#: The oldest message of all; the newest of those asked for, the last one to be looked through first, and how many.
_SPAN = (
    "SELECT (SELECT min(rowid) FROM search_terms), max(rowid), min(rowid), count(*) FROM ("
    "SELECT rowid FROM search_terms WHERE rowid < %(until)s AND rowid >= %(since)s ORDER BY rowid DESC"
    " LIMIT %(probed)s) AS latest"
)
#: Added to, the row number is no reason to go through all rows in their order, which is what the planner likes about a
#: common word; "materialized" keeps sorting behind finding.
_FITTING = (
    "WITH found AS MATERIALIZED (SELECT rowid, sizes FROM search_terms AS terms WHERE words @@ %(terms)s::tsquery"
    " AND rowid + 0 < %(until)s AND rowid + 0 >= %(since)s)"
)
_PIECE = f"{_FITTING} SELECT rowid, sizes FROM found ORDER BY rowid DESC LIMIT %(limit)s"  # noqa: S608  words of ours
#: One row of texts after the other, until there are enough.
_PIECE_SEEN = (
    f"{_FITTING} SELECT rowid, sizes FROM (SELECT * FROM found ORDER BY rowid DESC OFFSET 0) AS sorted WHERE"  # noqa: S608
    " (SELECT {seen} FROM search_index AS texts WHERE texts.rowid = sorted.rowid) LIMIT %(limit)s"
)


def add(connection: Connection, entries: Sequence[Mapping[str, Any]]) -> None:
    """Enter what ``index.entries`` gives."""
    connection.exec_driver_sql(_ADD, [dict(entry) for entry in entries])
    add_terms(connection, entries)


def add_terms(connection: Connection, entries: Iterable[Mapping[str, Any]]) -> None:
    """Enter what is looked for of them: a quarter of the time that as many INSERTs take."""
    import psycopg

    raw = cast("psycopg.Connection[Any]", connection.connection.dbapi_connection)
    try:
        with raw.cursor() as cursor, cursor.copy(_ADD_TERMS) as rows:
            for entry in map(held, entries):
                rows.write_row((entry["moment"], entry["sizes"], " ".join(map(quoted, entry["words"]))))
    except psycopg.OperationalError as exc:
        # as of any other statement: what broke off is told apart from what was refused
        raise OperationalError(_ADD_TERMS, None, exc, connection_invalidated=raw.closed) from exc


def drop(connection: Connection, moments: Sequence[int]) -> None:
    """Take out the terms of messages; their rows of texts go as a file's do."""
    connection.exec_driver_sql(_DROP_TERMS, [{"moment": moment} for moment in moments])


def newest(connection: Connection, match: str, since: int, until: int, limit: int) -> list[int]:
    """The moments that fit, the latest first; ``since``: from, ``until``: below."""
    return [moment for moment, _ in lengths(connection, match, since, until, limit)]


def lengths(connection: Connection, match: str, since: int, until: int, limit: int) -> Sequence[tuple[int, bytes]]:
    """The same with the number of words, as FTS5 writes them.

    Of a common word only the last days are looked through; of what is rarer, further pieces of time that are as long as
    the hits so far let expect.
    """
    fits = condition(read(match))
    probed = max(PROBED, 2 * limit)
    [(oldest, latest, edge, count)] = _rows(connection, _SPAN, {"since": since, "until": until, "probed": probed})
    if not count:
        return []
    begin, end = max(since, oldest), latest + 1
    at = edge if count == probed else begin
    found = _piece(connection, fits, at, end, limit)
    while len(found) < limit and at > begin:
        further = int(reach(end - at, len(found), limit))
        before = at - further if further < (at - begin) * (1 - _REST) else begin
        found += _piece(connection, fits, before, at, limit - len(found))
        at = before
    return found


def reach(looked_through: int, found: int, limit: int) -> float:
    """How far to look next, in ms, when a stretch of time had so many hits of those wanted: what they let expect and
    twice the error of that, since one piece more takes longer than a longer one."""
    if not found:
        return looked_through * _LEAP
    return looked_through * max(_LEAST, (limit - found) / found * (1 + 2 / sqrt(found)))


def texts(connection: Connection, moments: Sequence[int]) -> Sequence[tuple[int, str]]:
    """The words of original, translation and order as they are weighed, a space at both ends."""
    return _rows(connection, _TEXTS, {"moments": list(moments)})


def latest(connection: Connection, until: int, limit: int) -> list[str]:
    """The texts of the last messages before a moment, whatever they say."""
    return [text for (text,) in _rows(connection, _LATEST, {"until": until, "limit": limit})]


def _piece(connection: Connection, fits: Condition, since: int, until: int, limit: int) -> list[tuple[int, bytes]]:
    terms = with_any(fits.terms, between(since, until))
    asked = {**fits.values, "terms": terms, "since": since, "until": until, "limit": limit}
    return _rows(connection, _PIECE_SEEN.replace("{seen}", fits.seen) if fits.seen else _PIECE, asked)


def _rows(connection: Connection, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: two thousand rows of SQLAlchemy cost more than ranking them."""
    asked = connection.exec_driver_sql(statement, dict(values))
    rows = asked.cursor.fetchall() if asked.cursor else []
    asked.close()
    return cast(list[tuple[Any, ...]], rows)
