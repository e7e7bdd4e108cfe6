"""A star, tags and a dated note on a conversation. Nothing has any yet, so the search index stays as it is."""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
ALTER TABLE threads ADD COLUMN star INTEGER NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE threads ADD COLUMN noted_at REAL;
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE
);
CREATE TABLE thread_tags (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  UNIQUE (thread_id, tag_id)
);
CREATE INDEX thread_tags_tag ON thread_tags (tag_id);
"""


def m008_marks(connection: Connection) -> None:
    run(connection, _SQL)
