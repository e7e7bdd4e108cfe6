"""Inboxes, whether they are watched, and the conversations their lists show."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
CREATE TABLE inboxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL,
  created_at REAL NOT NULL,
  looked_at REAL NOT NULL DEFAULT 0,
  watcher TEXT NOT NULL DEFAULT '',
  heard_at REAL NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  since REAL NOT NULL DEFAULT 0,
  gap_from REAL, gap_until REAL, gap_reason TEXT NOT NULL DEFAULT '',
  UNIQUE (marketplace, region, shop)
);
CREATE TABLE inbox_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inbox_id INTEGER NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
  ident TEXT NOT NULL,
  key TEXT NOT NULL, buyer TEXT NOT NULL, preview TEXT NOT NULL,
  last TEXT NOT NULL CHECK (last IN ('buyer', 'seller', 'unknown')),
  unread INTEGER NOT NULL, system INTEGER NOT NULL, order_ref TEXT NOT NULL,
  time_label TEXT NOT NULL, sent_at REAL, sent_span INTEGER NOT NULL,
  changed_at REAL NOT NULL,
  asked_since REAL, asked_span INTEGER NOT NULL, asked_known INTEGER NOT NULL,
  shared INTEGER NOT NULL,
  first_seen_at REAL NOT NULL, seen_at REAL NOT NULL,
  UNIQUE (inbox_id, ident)
);
CREATE INDEX threads_buyer ON threads (marketplace, region, shop, buyer);
"""


def m002_inbox(connection: Connection) -> None:
    run(connection, _SQL)
