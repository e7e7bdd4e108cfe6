"""Whether the file is sound: its structure, its references, and the search index against the messages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from sqlalchemy import Connection, select, text

from .findings import Finding
from .schema import messages, translations
from .words import index_text

_MOST = 20
_INDEXED = text("SELECT rowid, original, translation, refs FROM search_index ORDER BY rowid")
_MESSAGES = (
    select(
        messages.c.id,
        messages.c.thread_id,
        messages.c.moment,
        messages.c.text,
        messages.c.order_ref,
        translations.c.text.label("translation"),
    )
    .outerjoin_from(messages, translations, translations.c.message_id == messages.c.id)
    .order_by(messages.c.moment, translations.c.id)
)
_COUNTS = """
SELECT t.id FROM threads t
WHERE t.message_count <> (SELECT count(*) FROM messages m WHERE m.thread_id = t.id)
   OR t.last_message_id IS NOT (
     SELECT m.id FROM messages m WHERE m.thread_id = t.id ORDER BY m.position DESC LIMIT 1)
"""


def problems(connection: Connection) -> list[Finding]:
    """At most some twenty findings of each kind."""
    found = structure(connection)
    found += [
        Finding("reference", detail=str(row[0])) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    found += [Finding("counts", thread=row[0]) for row in connection.execute(text(_COUNTS))]
    return [*found, *islice(_index(connection), _MOST)]


def structure(connection: Connection) -> list[Finding]:
    """What SQLite says of its own pages."""
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
    return [Finding("structure", detail=line) for line in told if line != "ok"]


def _index(connection: Connection) -> Iterator[Finding]:
    """Both in the order of time, side by side, so that an archive of any size fits into memory."""
    indexed = iter(
        connection.execute(text("SELECT rowid, original, translation, refs FROM search_index ORDER BY rowid"))
    )
    entry = next(indexed, None)
    for _, rows in groupby(connection.execute(_MESSAGES), key=lambda row: row.moment):
        first = next(rows)
        told = [row.translation for row in (first, *rows) if row.translation is not None]
        while entry is not None and entry.rowid < first.moment:
            yield Finding("index_stray", detail=str(entry.rowid))
            entry = next(indexed, None)
        wanted = (index_text(first.text), index_text(*told), index_text(first.order_ref))
        if entry is None or entry.rowid != first.moment:
            yield Finding("index_message", thread=first.thread_id, message=first.id)
            continue
        if (entry.original, entry.translation, entry.refs) != wanted:
            yield Finding("index_message", thread=first.thread_id, message=first.id)
        entry = next(indexed, None)
    while entry is not None:
        yield Finding("index_stray", detail=str(entry.rowid))
        entry = next(indexed, None)
