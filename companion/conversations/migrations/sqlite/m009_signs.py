"""The search learns what else a message has: later texts, notes, and the signs of ``has:``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ...marks import further
from ...words import BREAK, index_text
from ..script import run
from .old_index import empty

_ANEW = """
CREATE TABLE note_words (
  thread_id INTEGER PRIMARY KEY REFERENCES threads (id) ON DELETE CASCADE,
  words TEXT NOT NULL
);
INSERT INTO note_words (thread_id, words) SELECT id, ' ' || folded(note) || ' ' FROM threads WHERE note <> '';
CREATE VIRTUAL TABLE search_anew USING fts5 (
  original, translation, refs, buyer, marks,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
INSERT INTO search_anew (rowid, original, translation, refs, buyer, marks)
  SELECT m.moment, i.original, i.translation, i.refs, i.buyer, signed(
    i.marks, m.text, m.order_ref <> '', t.note <> '', m.ident_now IS NOT NULL, m.gone = 1,
    EXISTS (SELECT 1 FROM translations x WHERE x.message_id = m.id AND x.match <> 'same'))
  FROM messages m
  JOIN search_index i ON i.rowid = m.moment
  JOIN threads t ON t.id = m.thread_id
  ORDER BY m.moment;
"""
_RENAME = """
DROP TABLE search_index;
ALTER TABLE search_anew RENAME TO search_index;
"""
_LATER = """
SELECT m.moment, r.text FROM revisions r JOIN messages m ON m.id = r.message_id ORDER BY r.event_id
"""


def m009_signs(connection: Connection) -> None:
    """Words of notes; in the search index the later texts of messages, and the signs of what messages have."""

    def signed(old: str, text: str, order: int, noted: int, edited: int, gone: int, translated: int) -> str:
        # the two signs of the conversation stay the last ones
        *before, block, thread = old.split(" ")
        flags = {"order": order, "noted": noted, "edited": edited, "gone": gone, "translated": translated}
        signs = further(text=text, **{name: bool(flag) for name, flag in flags.items()})
        return " ".join([*before, *filter(None, [signs]), block, thread])

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("folded", 1, index_text, deterministic=True)
    raw.create_function("signed", 7, signed, deterministic=True)
    run(connection, _ANEW)
    empty(connection)
    run(connection, _RENAME)
    later: dict[int, list[str]] = {}
    for moment, text in connection.exec_driver_sql(_LATER):
        if words := index_text(text):
            later.setdefault(moment, []).append(words)
    for moment, texts in later.items():
        had = connection.exec_driver_sql("SELECT original FROM search_index WHERE rowid = ?", (moment,)).scalar_one()
        whole = f" {BREAK} ".join([*filter(None, [had]), *texts])
        connection.exec_driver_sql("UPDATE search_index SET original = ? WHERE rowid = ?", (whole, moment))
