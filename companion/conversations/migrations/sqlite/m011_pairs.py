"""The search index learns the signs of common pairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ...pairs import pair_signs
from ..script import run
from .old_index import empty

#: Written anew rather than changed row by row, which would take several times as long: a minute for a million messages.
_ANEW = """
CREATE VIRTUAL TABLE search_anew USING fts5 (
  original, translation, refs, buyer, marks,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT rowid, original, translation, refs, buyer, marks || pairs(original, translation, refs, buyer)
  FROM search_index ORDER BY rowid;
"""
_RENAME = """
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
"""


def m011_pairs(connection: Connection) -> None:
    """Signs of two common characters side by side, in the search index."""

    def pairs(*columns: str) -> str:
        return "".join(f" {sign}" for sign in pair_signs(*columns))

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("pairs", 4, pairs, deterministic=True)
    run(connection, _ANEW)
    empty(connection)
    run(connection, _RENAME)
