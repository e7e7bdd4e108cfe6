"""The search index on PostgreSQL: the same words as in FTS5, in a table with an inverted index.

PostgreSQL's own parser would not know our words, so ``words`` holds them as they are, without their places: those end
at 16,383, and at 255 of one word, which a long Chinese message has. Instead any two that follow one another stand there
as well, with a space between them: two Chinese characters, two words in quotes, and two with an open end are found by
that alone. Of longer phrases the inverted index gives the messages with all their pairs, and whether those follow one
another is seen in the texts of these few.

The table has the shape of FTS5's (``rowid``: the moment; the texts by column) and two columns more: ``sizes``, how many
words original and translation have, written as FTS5 writes it, and ``words``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import Connection

from .matching import All, But, Match, Words, read
from .words import BREAK

#: Columns with texts; ``marks`` has signs.
TEXTS = ("original", "translation", "refs", "buyer")
#: So many of the newest messages are looked through before the inverted index is asked: what is common is found among
#: them, in a few milliseconds, and what is not has few hits to sort.
PROBED = 3_000
#: Where it seems quicker, so many more of the newest are looked through.
_FARTHEST = 60_000
#: A tsvector ends at a megabyte; that many words are in no message, only in one with translations without number.
_MOST_BYTES = 900_000

_ADD = (
    "INSERT INTO search_index (rowid, original, translation, refs, buyer, marks, sizes, words) VALUES (%(moment)s,"
    " %(original)s, %(translation)s, %(refs)s, %(buyer)s, %(marks)s, %(sizes)s, array_to_tsvector(%(words)s::text[]))"
)
#: What is held, in the order of time: rowid and the values of ``held``.
INDEXED = (
    "SELECT rowid, original, translation, refs, buyer, marks, sizes, tsvector_to_array(words) AS words"
    " FROM search_index ORDER BY rowid"
)
_BETWEEN = f"' {BREAK} '"
_WEIGHED = f"' ' || original || {_BETWEEN} || translation || {_BETWEEN} || refs || ' '"
_TEXTS = f"SELECT rowid, {_WEIGHED} FROM search_index WHERE rowid = ANY(%(moments)s)"  # noqa: S608  names of ours
_LATEST = f"SELECT {_WEIGHED} FROM search_index WHERE rowid < %(until)s ORDER BY rowid DESC LIMIT %(limit)s"  # noqa: S608
#: As the server counted last; -1 = not yet.
_HOW_MANY = "SELECT reltuples FROM pg_class WHERE oid = 'search_index'::regclass"


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a WHERE, and the values it names."""

    sql: str
    values: Mapping[str, str] = field(default_factory=dict)


def held(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the index with what this one holds besides."""
    found: set[str] = set(entry["marks"].split())
    pairs: set[str] = set()
    for column in TEXTS:
        for text in entry[column].split(BREAK):
            words = text.split()
            found.update(words)
            pairs.update(f"{one} {next_}" for one, next_ in pairwise(words))
    kept, room = [], _MOST_BYTES
    for word in (*sorted(found), *sorted(pairs)):
        room -= len(word.encode())
        if room >= 0:
            kept.append(word)
    sizes = b"".join(_number(len(entry[column].split())) for column in ("original", "translation"))
    return {**entry, "sizes": sizes, "words": sorted(kept)}


def add(connection: Connection, entries: Sequence[Mapping[str, Any]]) -> None:
    """Enter what ``index.entries`` gives."""
    connection.exec_driver_sql(_ADD, [held(entry) for entry in entries])


def newest(connection: Connection, match: str, since: int, until: int, limit: int) -> list[int]:
    """The moments that fit, the latest first; ``since``: from, ``until``: below."""
    return [row[0] for row in _newest(connection, match, "rowid", since, until, limit)]


def lengths(connection: Connection, match: str, since: int, until: int, limit: int) -> Sequence[tuple[int, bytes]]:
    """The same with the number of words, as FTS5 writes them."""
    return _newest(connection, match, "rowid, sizes", since, until, limit)


def texts(connection: Connection, moments: Sequence[int]) -> Sequence[tuple[int, str]]:
    """The words of original, translation and order as they are weighed, a space at both ends."""
    return _rows(connection, _TEXTS, {"moments": list(moments)})


def latest(connection: Connection, until: int, limit: int) -> list[str]:
    """The texts of the last messages before a moment, whatever they say."""
    return [text for (text,) in _rows(connection, _LATEST, {"until": until, "limit": limit})]


def condition(match: Match) -> Condition:
    """What a row of the index must fulfil."""
    query, exact = _query(match)
    values: dict[str, str] = {}
    parts = [f"words @@ {_named(values, query)}::tsquery"] if query else []
    parts += [] if exact else _seen(match, values)
    return Condition(" AND ".join(parts), values)


def _newest(
    connection: Connection, match: str, wanted: str, since: int, until: int, limit: int
) -> Sequence[tuple[Any, ...]]:
    fits = condition(read(match))
    values = {**fits.values, "since": since, "until": until, "limit": limit}
    bounds = "rowid < %(until)s AND rowid >= %(since)s"
    latest = f"SELECT * FROM search_index WHERE {bounds} ORDER BY rowid DESC LIMIT %(probed)s"  # noqa: S608
    probe = f"SELECT {wanted} FROM ({latest}) AS latest WHERE {fits.sql} ORDER BY rowid DESC LIMIT %(limit)s"  # noqa: S608
    found = _rows(connection, probe, {**values, "probed": PROBED})
    farther = _farther(connection, len(found), limit)
    if len(found) < limit and farther:
        found = _rows(connection, probe, {**values, "probed": farther})
    if len(found) == limit:
        return found
    # "materialized": sorting comes after finding, whatever the planner thinks of the word
    every = (
        f"WITH found AS MATERIALIZED (SELECT {wanted} FROM search_index WHERE {fits.sql} AND {bounds})"  # noqa: S608
        " SELECT * FROM found ORDER BY rowid DESC LIMIT %(limit)s"
    )
    return _rows(connection, every, values)


def _farther(connection: Connection, found: int, limit: int) -> int:
    """How many of the newest messages to look through for ``limit`` hits, when among the first ``PROBED`` there were
    ``found``; 0 = sorting all hits takes less."""
    if not found or found == limit:
        return 0
    needed = PROBED * limit * 3 // (found * 2)
    [(messages,)] = _rows(connection, _HOW_MANY, {})
    return needed if needed < min(_FARTHEST, messages * found / PROBED) else 0


def _query(match: Match) -> tuple[str, bool]:
    """A tsquery that lets through what fits, "" = everything, and whether it lets through nothing else."""
    if isinstance(match, Words):
        # a message has one sign of each block of signs, so that two that follow one another need not be looked at
        signs = all(map(_is_sign, match.words))
        apart = signs or len(match.words) == 1
        words = [_quoted(word) for word in (match.words if apart else map(" ".join, pairwise(match.words)))]
        words[-1] += ":*" if match.open_end else ""
        return f"({' & '.join(words)})", signs or (len(words) == 1 and not match.columns)
    if isinstance(match, But):
        wanted, exact = _query(match.wanted)
        unwanted, sure = _query(match.unwanted)
        if not sure:
            return wanted, False
        return (f"({wanted} & !{unwanted})" if wanted else f"!{unwanted}"), exact
    asked = [_query(part) for part in match.parts]
    exact = all(sure for _, sure in asked)
    if isinstance(match, All):
        return f"({' & '.join(query for query, _ in asked if query)})" if any(
            query for query, _ in asked
        ) else "", exact
    return (f"({' | '.join(query for query, _ in asked)})" if all(query for query, _ in asked) else ""), exact


def _seen(match: Match, values: dict[str, str]) -> list[str]:
    """What must be looked at in the texts, since the inverted index lets through too much."""
    if _query(match)[1]:
        return []
    if isinstance(match, All):
        return [one for part in match.parts for one in _seen(part, values)]
    if isinstance(match, But):
        wanted = _seen(match.wanted, values)
        return wanted if _query(match.unwanted)[1] else [*wanted, f"NOT {_whole(match.unwanted, values)}"]
    return [_whole(match, values)]


def _whole(match: Match, values: dict[str, str]) -> str:
    """Exactly what fits, as a condition of its own."""
    query, exact = _query(match)
    if exact:
        return f"(words @@ {_named(values, query)}::tsquery)"
    if isinstance(match, Words):
        needle = f" {' '.join(match.words)}{'' if match.open_end else ' '}"
        return f"(strpos({_text(match.columns)}, {_named(values, needle)}) > 0)"
    if isinstance(match, But):
        return f"({_whole(match.wanted, values)} AND NOT {_whole(match.unwanted, values)})"
    joined = " AND " if isinstance(match, All) else " OR "
    return f"({joined.join(_whole(part, values) for part in match.parts)})"


def _text(columns: Sequence[str]) -> str:
    """The words of some columns with a space at both ends; no phrase spans two."""
    named = [column for column in TEXTS if column in columns] or TEXTS
    return f"' ' || {f' || {_BETWEEN} || '.join(named)} || ' '"


def _named(values: dict[str, str], value: str) -> str:
    name = f"v{len(values)}"
    values[name] = value
    return f"%({name})s"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _is_sign(word: str) -> bool:
    return "\ue001" <= word <= "\uf8ff" or word >= "\U000f0000"


def _number(value: int) -> bytes:
    """A number as SQLite writes it: seven bits a byte, the highest first, all but the last byte marked."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.insert(0, value & 0x7F | 0x80)
    return bytes(found)


def _rows(connection: Connection, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: two thousand rows of SQLAlchemy cost more than ranking them."""
    asked = connection.exec_driver_sql(statement, dict(values))
    rows = asked.cursor.fetchall() if asked.cursor else []
    asked.close()
    return cast(list[tuple[Any, ...]], rows)
