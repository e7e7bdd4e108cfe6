"""The search index learns the signs of common pairs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from .pairs import signs_of_columns
from .statements import run

#: Written anew rather than changed row by row, which would take several times as long: a minute for a million messages.
_M011 = """
CREATE VIRTUAL TABLE search_anew USING fts5 (
  original, translation, refs, buyer, marks,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT rowid, original, translation, refs, buyer, marks || pairs(original, translation, refs, buyer)
  FROM search_index ORDER BY rowid;
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
"""


def m011_pairs(connection: Connection) -> None:
    """Signs of two common characters side by side, in the search index."""

    def pairs(*columns: str) -> str:
        return "".join(f" {sign}" for sign in signs_of_columns(columns))

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("pairs", 4, pairs, deterministic=True)
    run(connection, _M011)
