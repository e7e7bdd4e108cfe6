"""How an archive file came to be: numbered steps that are never changed once shipped, only added to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from .log_migration import m007_log
from .marks import marks
from .pairs_migration import m011_pairs
from .signs_migration import m009_signs
from .statements import run
from .terms_migration import m013_terms
from .words import index_text

#: "SeBr": tells an archive from any other SQLite file.
APPLICATION_ID = 0x53654272

_M001 = """
CREATE TABLE threads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL, thread TEXT NOT NULL,
  buyer TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  language_source TEXT NOT NULL DEFAULT 'unknown',
  created_at REAL NOT NULL,
  end_seen_at REAL,
  message_count INTEGER NOT NULL DEFAULT 0,
  last_message_id INTEGER,
  last_moment INTEGER,
  UNIQUE (marketplace, region, shop, thread)
);
CREATE INDEX threads_newest ON threads (last_moment);
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  moment INTEGER NOT NULL UNIQUE,
  direction TEXT NOT NULL CHECK (direction IN ('buyer', 'seller', 'system')),
  text TEXT NOT NULL,
  time_label TEXT NOT NULL DEFAULT '',
  clock INTEGER NOT NULL DEFAULT -1,
  sent_at REAL,
  sent_span INTEGER NOT NULL DEFAULT 0,
  observed_at REAL NOT NULL,
  key TEXT,
  order_ref TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  language_sure INTEGER NOT NULL DEFAULT 0,
  ambiguous INTEGER NOT NULL DEFAULT 0,
  gap_before INTEGER NOT NULL DEFAULT 0,
  ident BLOB NOT NULL,
  translated INTEGER NOT NULL DEFAULT 0,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL,
  UNIQUE (thread_id, position)
);
CREATE UNIQUE INDEX messages_key ON messages (thread_id, key) WHERE key IS NOT NULL;
CREATE INDEX messages_untranslated ON messages (translated, moment) WHERE translated < 2 AND direction = 'buyer';
CREATE INDEX messages_order ON messages (order_ref) WHERE order_ref <> '';
CREATE TABLE translations (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  text TEXT NOT NULL,
  engine TEXT NOT NULL,
  match TEXT NOT NULL,
  doubt TEXT NOT NULL DEFAULT '[]',
  made_at REAL NOT NULL,
  UNIQUE (message_id, target)
);
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  written TEXT NOT NULL, written_language TEXT NOT NULL,
  text TEXT NOT NULL, language TEXT NOT NULL,
  engine TEXT NOT NULL, match TEXT NOT NULL,
  inserted_at REAL NOT NULL,
  ident BLOB NOT NULL,
  message_id INTEGER REFERENCES messages (id) ON DELETE SET NULL
);
CREATE INDEX drafts_thread ON drafts (thread_id, inserted_at);
CREATE INDEX drafts_message ON drafts (message_id);
CREATE TABLE images (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  sha256 TEXT, type TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, stored_at REAL,
  UNIQUE (message_id, url)
);
CREATE INDEX images_content ON images (sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  kind TEXT NOT NULL, ref TEXT NOT NULL, made_at REAL NOT NULL,
  UNIQUE (thread_id, kind, ref)
);
CREATE INDEX links_ref ON links (kind, ref);
CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
  until REAL, made_at REAL NOT NULL
);
CREATE INDEX holds_thread ON holds (thread_id);
CREATE VIRTUAL TABLE search_index USING fts5 (
  original, translation, refs,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
  prefix = '2 3'
);
"""


def m001_archive(connection: Connection) -> None:
    """Threads, messages, translations, drafts, images, links, holds and the search index.

    ``search_index`` holds folded words (``words.py``) under the message's ``moment``. Marks count as letters, since
    the vowels of Thai and Hindi are marks; accents are gone before SQLite sees a word. Prefix tables of two and three
    letters serve fragments; they cost nothing for scripts without spaces, whose words are single characters.
    """
    run(connection, _M001)


_M002 = """
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
    """Inboxes, whether they are watched, and the conversations their lists show."""
    run(connection, _M002)


def m003_tone(connection: Connection) -> None:
    """The tone a seller chose for a thread."""
    connection.exec_driver_sql("ALTER TABLE threads ADD COLUMN tone TEXT NOT NULL DEFAULT ''")


_M004 = """
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
    """Shop accounts as a table, and the search index with the buyer's name and the signs that filters ask for."""

    def signs(direction: str, language: str, shop: int, thread: int, image: int, waits: int) -> str:
        return marks(
            direction=direction, language=language, shop=shop, thread=thread, image=bool(image), waits=bool(waits)
        )

    raw: Any = connection.connection.dbapi_connection
    raw.create_function("folded", 1, index_text, deterministic=True)
    raw.create_function("signs", 6, signs, deterministic=True)
    run(connection, _M004)


_M005 = """
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
    """Files that messages were imported from, and which messages those are."""
    run(connection, _M005)


_M006 = """
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
    """What pages showed of orders and listings, with the time from which and until which it was seen so."""
    run(connection, _M006)


_M008 = """
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
    """A star, tags and a dated note on a conversation. Nothing has any yet, so the search index stays as it is."""
    run(connection, _M008)


_M010 = """
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
    """Manuals with their passages, and listings found by either of their numbers."""
    run(connection, _M010)


_M012 = """
CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL CHECK (target IN ('listing', 'message')),
  marketplace TEXT NOT NULL, region TEXT NOT NULL, shop TEXT NOT NULL, ref TEXT NOT NULL,
  thread_id INTEGER REFERENCES threads (id) ON DELETE CASCADE,
  digest TEXT NOT NULL, pack TEXT NOT NULL, findings TEXT NOT NULL, anyway INTEGER NOT NULL,
  at REAL NOT NULL, last_at REAL NOT NULL
);
CREATE INDEX checks_listing ON checks (ref, shop) WHERE target = 'listing';
CREATE INDEX checks_thread ON checks (thread_id) WHERE thread_id IS NOT NULL;
"""


def m012_checks(connection: Connection) -> None:
    """What listings and messages were checked for, and with which rules."""
    run(connection, _M012)


MIGRATIONS: Sequence[Callable[[Connection], None]] = (
    m001_archive,
    m002_inbox,
    m003_tone,
    m004_filters,
    m005_imports,
    m006_facts,
    m007_log,
    m008_marks,
    m009_signs,
    m010_manuals,
    m011_pairs,
    m012_checks,
    m013_terms,
)
