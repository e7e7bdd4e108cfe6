"""The search index taken apart: texts in one table, terms in one with short rows."""

from __future__ import annotations

from sqlalchemy import Connection

from ...tsearch import add_terms
from ..script import run

#: Rows of texts are written anew, too: what a dropped column held would stay in them.
_ANEW = """
CREATE TABLE search_anew (
  rowid BIGINT NOT NULL,
  original TEXT COLLATE "C" NOT NULL, translation TEXT COLLATE "C" NOT NULL, refs TEXT COLLATE "C" NOT NULL,
  buyer TEXT COLLATE "C" NOT NULL, marks TEXT COLLATE "C" NOT NULL
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT rowid, original, translation, refs, buyer, marks FROM search_index ORDER BY rowid;
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
ALTER TABLE search_index ADD PRIMARY KEY (rowid);
CREATE TABLE search_terms (
  rowid BIGINT NOT NULL,
  sizes BYTEA NOT NULL,
  words TSVECTOR NOT NULL,
  room TEXT COLLATE "C" NOT NULL DEFAULT repeat(' ', 2000)
) WITH (toast_tuple_target = 128);
ALTER TABLE search_terms
  ALTER COLUMN sizes SET STORAGE PLAIN,
  ALTER COLUMN words SET STORAGE EXTERNAL,
  ALTER COLUMN room SET STORAGE MAIN;
"""
_INDEXES = """
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE search_terms ADD PRIMARY KEY (rowid);
CREATE INDEX search_words ON search_terms USING gin (words) WITH (fastupdate = off);
"""
_SOME = (
    "SELECT rowid AS moment, original, translation, refs, buyer, marks FROM search_index WHERE rowid > %(after)s"
    " ORDER BY rowid LIMIT 5000"
)


def p013_terms(connection: Connection) -> None:
    """Terms of everything a search may ask, time among them, in rows that a search goes through quickly."""
    run(connection, _ANEW)
    after = -(1 << 63)
    while rows := connection.exec_driver_sql(_SOME, {"after": after}).mappings().all():
        add_terms(connection, map(dict, rows))
        after = rows[-1]["moment"]
    run(connection, _INDEXES)
