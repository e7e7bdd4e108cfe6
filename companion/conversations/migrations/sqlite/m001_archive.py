"""Threads, messages, translations, drafts, images, links, holds and the search index.

``search_index`` holds folded words (``words.py``) under the message's ``moment``. Marks count as letters, since
the vowels of Thai and Hindi are marks; accents are gone before SQLite sees a word. Prefix tables of two and three
letters serve fragments; they cost nothing for scripts without spaces, whose words are single characters.
"""

from __future__ import annotations

from sqlalchemy import Connection

from ..script import run

_SQL = """
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
    run(connection, _SQL)
