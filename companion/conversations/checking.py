"""Whether the file is sound: its structure, its references, and the search index against the messages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, or_, select, text

from . import terms, tsearch
from .findings import Finding
from .index import COLUMNS, entries
from .notes import out_of_step
from .schema import messages, threads
from .statements import on_postgres

_MOST = 20
_AT_A_TIME = 500
_INDEXED = text(f"SELECT rowid, {', '.join(COLUMNS)} FROM search_index ORDER BY rowid")  # noqa: S608  names of ours
_IN_TIME = select(messages.c.id, messages.c.thread_id).order_by(messages.c.moment)
_of_thread = messages.c.thread_id == threads.c.id
_last = select(messages.c.id).where(_of_thread).order_by(messages.c.position.desc()).limit(1).scalar_subquery()
_count = select(func.count()).select_from(messages).where(_of_thread).scalar_subquery()
_COUNTS = select(threads.c.id).where(
    or_(threads.c.message_count != _count, threads.c.last_message_id.is_distinct_from(_last))
)
_SHOPS = """
SELECT t.id FROM threads t
LEFT JOIN shops s ON s.marketplace = t.marketplace AND s.region = t.region AND s.shop = t.shop
WHERE s.id IS NULL
"""


def problems(connection: Connection) -> list[Finding]:
    """At most some twenty findings of each kind."""
    found = structure(connection)
    if not on_postgres(connection):  # which takes in no reference that leads nowhere
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check")
        found += [Finding("reference", detail=str(row[0])) for row in broken]
    found += [Finding("counts", thread=row[0]) for row in connection.execute(_COUNTS)]
    found += [Finding("shop", thread=row[0]) for row in connection.execute(text(_SHOPS))]
    found += [Finding("index_note", thread=each) for each in out_of_step(connection)[:_MOST]]
    return [*found, *islice(_index(connection), _MOST)]


def structure(connection: Connection) -> list[Finding]:
    """What SQLite says of its own pages; a server looks after its own."""
    if on_postgres(connection):
        return []
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
    return [Finding("structure", detail=line) for line in told if line != "ok"]


def _index(connection: Connection) -> Iterator[Finding]:
    """Both in the order of time, side by side, so that an archive of any size fits into memory."""
    indexed = _indexed(connection)
    entry = next(indexed, None)
    for message_id, thread_id, wanted in _wanted(connection):
        while entry is not None and entry.rowid < wanted["moment"]:
            yield Finding("index_stray", detail=str(entry.rowid))
            entry = next(indexed, None)
        if entry is None or entry.rowid != wanted["moment"]:
            yield Finding("index_message", thread=thread_id, message=message_id)
            continue
        if tuple(entry)[1:] != _values(connection, wanted):
            yield Finding("index_message", thread=thread_id, message=message_id)
        entry = next(indexed, None)
    while entry is not None:
        yield Finding("index_stray", detail=str(entry.rowid))
        entry = next(indexed, None)


def _indexed(connection: Connection) -> Iterator[Any]:
    if on_postgres(connection):
        return iter(connection.execute(text(tsearch.INDEXED), execution_options={"yield_per": _AT_A_TIME}))
    return iter(connection.execute(_INDEXED))


def _values(connection: Connection, wanted: dict[str, Any]) -> tuple[Any, ...]:
    """What the index holds of an entry, in the order of its columns."""
    if not on_postgres(connection):
        return tuple(wanted[column] for column in COLUMNS)
    held = terms.held(wanted)
    return tuple(held[column] for column in (*COLUMNS, "sizes", "words"))


def _wanted(connection: Connection) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Message, thread and what the index ought to hold, in the order of time."""
    rows = iter(connection.execute(_IN_TIME, execution_options={"yield_per": _AT_A_TIME}))
    while some := list(islice(rows, _AT_A_TIME)):
        threads = {row.id: row.thread_id for row in some}
        found = sorted(entries(connection, list(threads)), key=lambda one: one[1]["moment"])
        yield from ((message_id, threads[message_id], wanted) for message_id, wanted in found)
