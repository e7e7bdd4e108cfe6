"""Messages, and what is known of each: its file, translations, the reply it was, pictures."""

from __future__ import annotations

from sqlalchemy import Column, Float, LargeBinary, Table, Text

from .base import Integer, metadata

#: ``id`` is the order of arrival and never reused; ``position`` the order within the thread; ``moment`` the order in
#: time across threads (milliseconds, made unique), which is also the row's number in the search index, so that the
#: newest hits come first and a date is a bound on row numbers.
messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("position", Integer),
    Column("moment", Integer),
    Column("direction", Text),
    Column("text", Text),
    Column("time_label", Text),
    Column("clock", Integer),
    Column("sent_at", Float),
    Column("sent_span", Integer),
    Column("observed_at", Float),
    Column("key", Text),
    Column("order_ref", Text),
    Column("language", Text),
    Column("language_sure", Integer),
    Column("ambiguous", Integer),
    Column("gap_before", Integer),
    Column("ident", LargeBinary),
    # 0 = nobody tried, 1 = tried without a result, 2 = translated or nothing to translate
    Column("translated", Integer),
    # SHA-256 over salt and the immutable facts; erasing a message removes text and salt and leaves the digest.
    Column("salt", LargeBinary),
    Column("digest", LargeBinary),
    # The file the message was imported from; null = seen on a page. What was imported was not observed as it happened,
    # so no response time is measured by it.
    Column("import_id", Integer),
    # ``SHOWN``, ``GONE``, ``BACK``
    Column("gone", Integer),
    # ``ident`` of the text the page showed last, where that is another one than ``text``
    Column("ident_now", LargeBinary),
)

#: ``messages.gone``: the page shows the message; it showed its neighbours without it; it came back.
SHOWN, GONE, BACK = 0, 1, 2

#: A file messages were imported from. ``kind``: "csv", "xlsx", "mail", "page" or "jsonl"; ``sha256`` of the file.
imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text),
    Column("name", Text),
    Column("sha256", Text),
    Column("made_at", Float),
)

#: One per message and target language. Engine "seller": what the seller wrote before it was translated.
translations = Table(
    "translations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer),
    Column("target", Text),
    Column("text", Text),
    Column("engine", Text),
    Column("match", Text),
    Column("doubt", Text),
    Column("made_at", Float),
)

#: A reply put into a composer, until and after its bubble is seen (``message_id``).
drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("written", Text),
    Column("written_language", Text),
    Column("text", Text),
    Column("language", Text),
    Column("engine", Text),
    Column("match", Text),
    Column("inserted_at", Float),
    Column("ident", LargeBinary),
    Column("message_id", Integer),
)

#: Pictures of a message; ``sha256`` null until the bytes are here.
images = Table(
    "images",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer),
    Column("url", Text),
    Column("sha256", Text),
    Column("type", Text),
    Column("size", Integer),
    Column("stored_at", Float),
)
