"""What listings and messages were checked for, and with which rules."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL CHECK (target IN ('listing', 'message')),
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL, ref TEXT NOT NULL,
  thread_id INTEGER REFERENCES threads (id) ON DELETE CASCADE,
  digest TEXT NOT NULL, pack TEXT NOT NULL, findings TEXT NOT NULL, anyway INTEGER NOT NULL,
  at REAL NOT NULL, last_at REAL NOT NULL
);
CREATE INDEX checks_listing ON checks (ref, shop) WHERE target = 'listing';
CREATE INDEX checks_thread ON checks (thread_id) WHERE thread_id IS NOT NULL;
"""


def m012_checks(connection: Connection) -> None:
    run(connection, _SQL)
