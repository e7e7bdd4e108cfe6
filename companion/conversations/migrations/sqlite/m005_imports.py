"""Files that messages were imported from, and which messages those are."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  made_at REAL NOT NULL
);
ALTER TABLE messages ADD COLUMN import_id INTEGER REFERENCES imports (id);
CREATE INDEX messages_import ON messages (import_id) WHERE import_id IS NOT NULL;
"""


def m005_imports(connection: Connection) -> None:
    run(connection, _SQL)
