"""The search index learns the signs of common pairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from .pairs import pair_signs
from .statements import run

#: Written anew rather than changed row by row, which would take several times as long: a minute for a million messages.
_M011 = """
CREATE VIRTUAL TABLE search_anew USING fts5 (
  original, translation, refs, buyer, marks,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT rowid, original, translation, refs, buyer, marks || pairs(original, translation, refs, buyer)
  FROM search_index ORDER BY rowid;
"""
_RENAME = """
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
"""
#: Rows of the old index that one statement deletes.
_PIECE = 10_000


def m011_pairs(connection: Connection) -> None:
    """Signs of two common characters side by side, in the search index."""

    def pairs(*columns: str) -> str:
        return "".join(f" {sign}" for sign in pair_signs(*columns))

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("pairs", 4, pairs, deterministic=True)
    run(connection, _M011)
    empty_index(connection)
    run(connection, _RENAME)


def empty_index(connection: Connection) -> None:
    """The old index, in pieces: until a statement ends SQLite keeps in memory what it overwrites, which would be half a
    gigabyte for a million messages."""
    for table in ("data", "content", "docsize"):
        some = f"SELECT id FROM search_index_{table} LIMIT {_PIECE}"  # noqa: S608  names of ours
        while connection.exec_driver_sql(f"DELETE FROM search_index_{table} WHERE id IN ({some})").rowcount:  # noqa: S608
            pass
