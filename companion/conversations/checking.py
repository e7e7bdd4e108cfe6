"""Whether the file is sound: its structure, its references, and the search index against the messages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select, text

from .findings import Finding
from .index import COLUMNS, entries
from .notes import out_of_step
from .schema import messages

_MOST = 20
_AT_A_TIME = 500
_INDEXED = text(f"SELECT rowid, {', '.join(COLUMNS)} FROM search_index ORDER BY rowid")  # noqa: S608  names of ours
_IN_TIME = select(messages.c.id, messages.c.thread_id).order_by(messages.c.moment)
_COUNTS = """
SELECT t.id FROM threads t
WHERE t.message_count <> (SELECT count(*) FROM messages m WHERE m.thread_id = t.id)
   OR t.last_message_id IS NOT (
     SELECT m.id FROM messages m WHERE m.thread_id = t.id ORDER BY m.position DESC LIMIT 1)
"""
_SHOPS = """
SELECT t.id FROM threads t
LEFT JOIN shops s ON s.marketplace = t.marketplace AND s.region = t.region AND s.shop = t.shop
WHERE s.id IS NULL
"""


def problems(connection: Connection) -> list[Finding]:
    """At most some twenty findings of each kind."""
    found = structure(connection)
    found += [
        Finding("reference", detail=str(row[0])) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    found += [Finding("counts", thread=row[0]) for row in connection.execute(text(_COUNTS))]
    found += [Finding("shop", thread=row[0]) for row in connection.execute(text(_SHOPS))]
    found += [Finding("index_note", thread=each) for each in out_of_step(connection)[:_MOST]]
    return [*found, *islice(_index(connection), _MOST)]


def structure(connection: Connection) -> list[Finding]:
    """What SQLite says of its own pages."""
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
    return [Finding("structure", detail=line) for line in told if line != "ok"]


def _index(connection: Connection) -> Iterator[Finding]:
    """Both in the order of time, side by side, so that an archive of any size fits into memory."""
    indexed = iter(connection.execute(_INDEXED))
    entry = next(indexed, None)
    for message_id, thread_id, wanted in _wanted(connection):
        while entry is not None and entry.rowid < wanted["moment"]:
            yield Finding("index_stray", detail=str(entry.rowid))
            entry = next(indexed, None)
        if entry is None or entry.rowid != wanted["moment"]:
            yield Finding("index_message", thread=thread_id, message=message_id)
            continue
        if tuple(entry)[1:] != tuple(wanted[column] for column in COLUMNS):
            yield Finding("index_message", thread=thread_id, message=message_id)
        entry = next(indexed, None)
    while entry is not None:
        yield Finding("index_stray", detail=str(entry.rowid))
        entry = next(indexed, None)


def _wanted(connection: Connection) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Message, thread and what the index ought to hold, in the order of time."""
    rows = iter(connection.execute(_IN_TIME))
    while some := list(islice(rows, _AT_A_TIME)):
        threads = {row.id: row.thread_id for row in some}
        found = sorted(entries(connection, list(threads)), key=lambda one: one[1]["moment"])
        yield from ((message_id, threads[message_id], wanted) for message_id, wanted in found)
