"""Manuals with their passages, and listings found by either of their numbers."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
CREATE TABLE manuals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, type TEXT NOT NULL, language TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, added_at REAL NOT NULL
);
CREATE TABLE manual_skus (
  id INTEGER PRIMARY KEY,
  manual_id INTEGER NOT NULL REFERENCES manuals (id) ON DELETE CASCADE,
  sku TEXT NOT NULL,
  UNIQUE (manual_id, sku)
);
CREATE INDEX manual_skus_sku ON manual_skus (sku);
CREATE TABLE manual_passages (
  id INTEGER PRIMARY KEY,
  manual_id INTEGER NOT NULL REFERENCES manuals (id) ON DELETE CASCADE,
  position INTEGER NOT NULL, page INTEGER NOT NULL,
  heading TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,
  UNIQUE (manual_id, position)
);
CREATE INDEX facts_number ON facts (value) WHERE field IN ('sku', 'item');
"""


def m010_manuals(connection: Connection) -> None:
    run(connection, _SQL)
