"""Empties a search index that was written anew, before it is dropped."""

from __future__ import annotations

from sqlalchemy import Connection

#: Rows that one statement deletes.
_PIECE = 10_000


def empty(connection: Connection) -> None:
    """The old index, in pieces: until a statement ends SQLite keeps in memory what it overwrites, which would be half a
    gigabyte for a million messages."""
    for table in ("data", "content", "docsize"):
        some = f"SELECT id FROM search_index_{table} LIMIT {_PIECE}"  # noqa: S608  names of ours
        while connection.exec_driver_sql(f"DELETE FROM search_index_{table} WHERE id IN ({some})").rowcount:  # noqa: S608
            pass
