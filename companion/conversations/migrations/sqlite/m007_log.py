"""The event log, with a chain for everything archived before there was one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from ...chain import NOTHING, Event, link
from ...identity import message_digest, picture_digest
from ..script import run

_TABLES = """
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  kind TEXT NOT NULL,
  message_id INTEGER,
  digest BLOB NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  at REAL NOT NULL,
  chain BLOB NOT NULL
);
CREATE INDEX events_thread ON events (thread_id);
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER events_stand BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TABLE revisions (
  event_id INTEGER PRIMARY KEY REFERENCES events (id),
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  text TEXT NOT NULL, salt BLOB NOT NULL, seen_at REAL NOT NULL
);
CREATE INDEX revisions_message ON revisions (message_id);
ALTER TABLE messages ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN ident_now BLOB;
"""
_MESSAGES = """
SELECT m.id, m.thread_id, m.salt, m.digest, m.direction, m.text, m.time_label, m.observed_at,
       t.marketplace, t.region, t.shop, t.thread
FROM messages m JOIN threads t ON t.id = m.thread_id ORDER BY m.id
"""
_EMPTY = "SELECT id FROM threads WHERE id NOT IN (SELECT thread_id FROM messages) ORDER BY id"
_PICTURES = """
SELECT m.id, m.thread_id, m.salt, i.sha256 FROM images i JOIN messages m ON m.id = i.message_id
WHERE i.sha256 IS NOT NULL ORDER BY i.id
"""
_EVENT = "INSERT INTO events (id, thread_id, kind, message_id, digest, at, chain) VALUES (?, ?, ?, ?, ?, ?, ?)"
_BATCH = 2000

#: Thread, kind ("" = nothing but its beginning), message, digest.
Row = tuple[int, str, int, bytes]


def m007_log(connection: Connection) -> None:
    """Events, revisions, and the chains of what is archived, in the order in which it arrived."""
    run(connection, _TABLES)
    corrections: list[tuple[bytes, int]] = []
    _write(connection, _arrived(connection, corrections))
    for some in _batches(corrections):
        connection.exec_driver_sql("UPDATE messages SET digest = ? WHERE id = ?", some)


def _arrived(connection: Connection, corrections: list[tuple[bytes, int]]) -> Iterator[Row]:
    for row in connection.exec_driver_sql(_MESSAGES):
        yield row.thread_id, "message", row.id, row.digest
        address = (row.marketplace, row.region, row.shop, row.thread)
        facts = (row.salt, address, row.direction, row.text)
        if row.time_label and message_digest(*facts, "", row.observed_at) == row.digest:
            # Its time was shown only later, which the digest did not follow then.
            follows = message_digest(*facts, row.time_label, row.observed_at)
            corrections.append((follows, row.id))
            yield row.thread_id, "timed", row.id, follows
    for (thread_id,) in connection.exec_driver_sql(_EMPTY):
        yield thread_id, "", 0, b""
    for row in connection.exec_driver_sql(_PICTURES):
        yield row.thread_id, "picture", row.id, picture_digest(row.salt, row.sha256)


def _write(connection: Connection, rows: Iterable[Row]) -> None:
    now = time.time()
    for some in _batches(_chained(rows, now)):
        connection.exec_driver_sql(_EVENT, some)


def _chained(rows: Iterable[Row], now: float) -> Iterator[tuple[Any, ...]]:
    heads: dict[int, bytes] = {}
    number = 0
    for thread_id, kind, message_id, digest in rows:
        links: list[tuple[str, int | None, bytes]] = [(kind, message_id, digest)] if kind else []
        if thread_id not in heads:
            heads[thread_id] = NOTHING
            links.insert(0, ("begun", None, os.urandom(32)))
        for of, about, committed in links:
            number += 1
            event = Event(number, of, about, committed, "", now)
            heads[thread_id] = link(heads[thread_id], event)
            yield number, thread_id, of, about, committed, now, heads[thread_id]


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    source = iter(rows)
    while some := list(islice(source, _BATCH)):
        yield some
