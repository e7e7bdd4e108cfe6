"""Looks for what must never be: used by the doctor, by tests, and after a restore."""

from __future__ import annotations

from sqlalchemy import Connection, text

from .index import COLUMNS, entries

_MOST = 20
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


def problems(connection: Connection) -> list[str]:
    """At most some twenty findings, each one line."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)") if row[0] != "ok"]
    found += [f"a row of {row[0]} refers to nothing" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    found += [f"thread {row[0]} is out of step with its messages" for row in connection.execute(text(_COUNTS))]
    found += [f"the shop of thread {row[0]} has no number" for row in connection.execute(text(_SHOPS))]
    found += _index(connection)
    return found[:_MOST]


def _index(connection: Connection) -> list[str]:
    indexed = {
        row.rowid: tuple(row)[1:]
        for row in connection.execute(text("SELECT rowid, original, translation, refs, buyer, marks FROM search_index"))
    }
    found = []
    for message_id, entry in entries(connection):
        if indexed.pop(entry["moment"], None) != tuple(entry[column] for column in COLUMNS):
            found.append(f"message {message_id} is out of step with the search index")
    return found + [f"the search index holds {moment}, which is no message" for moment in indexed]
