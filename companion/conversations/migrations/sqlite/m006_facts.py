"""What pages showed of orders and listings, with the time from which and until which it was seen so."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL, ref TEXT NOT NULL,
  first_seen_at REAL NOT NULL, seen_at REAL NOT NULL,
  UNIQUE (kind, marketplace, shop, ref)
);
CREATE INDEX subjects_newest ON subjects (kind, seen_at);
CREATE INDEX subjects_ref ON subjects (kind, ref);
CREATE TABLE facts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject_id INTEGER NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  field TEXT NOT NULL, value TEXT NOT NULL,
  since REAL NOT NULL, seen_at REAL NOT NULL,
  page TEXT NOT NULL
);
CREATE INDEX facts_subject ON facts (subject_id, field, since);
"""


def m006_facts(connection: Connection) -> None:
    run(connection, _SQL)
