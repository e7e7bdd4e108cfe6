"""Shop accounts as a table, and the search index with the buyer's name and the signs that filters ask for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ...marks import marks
from ...words import index_text
from ..script import run

_SQL = """
CREATE TABLE shops (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL,
  UNIQUE (marketplace, region, shop)
);
INSERT INTO shops (marketplace, region, shop)
  SELECT marketplace, region, shop FROM threads GROUP BY marketplace, region, shop ORDER BY min(id);
CREATE VIRTUAL TABLE search_anew USING fts5 (
  original, translation, refs, buyer, marks,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT m.moment, i.original, i.translation, i.refs, folded(t.buyer), signs(
    m.direction, m.language, s.id, t.id,
    EXISTS (SELECT 1 FROM images p WHERE p.message_id = m.id),
    m.direction = 'buyer' AND NOT EXISTS (
      SELECT 1 FROM messages l WHERE l.thread_id = m.thread_id AND l.position > m.position AND l.direction = 'seller'))
  FROM messages m
  JOIN search_index i ON i.rowid = m.moment
  JOIN threads t ON t.id = m.thread_id
  JOIN shops s ON s.marketplace = t.marketplace AND s.region = t.region AND s.shop = t.shop
  ORDER BY m.moment;
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
"""


def m004_filters(connection: Connection) -> None:
    def signs(direction: str, language: str, shop: int, thread: int, image: int, waits: int) -> str:
        return marks(
            direction=direction, language=language, shop=shop, thread=thread, image=bool(image), waits=bool(waits)
        )

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("folded", 1, index_text, deterministic=True)
    raw.create_function("signs", 6, signs, deterministic=True)
    run(connection, _SQL)
