"""The tables as the code sees them. ``migrations`` make them; a test holds them together."""

from __future__ import annotations

# PostgreSQL's plain integers end at two thousand million: too small for a moment
from sqlalchemy import BigInteger as Integer
from sqlalchemy import Column, Float, LargeBinary, MetaData, Table, Text

metadata = MetaData()
#: Tables that only a team's database has.
shared_metadata = MetaData()

#: A conversation with one buyer in one shop. ``message_count`` to ``last_moment`` repeat what ``messages`` says, for
#: the list.
threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marketplace", Text),
    Column("region", Text),
    Column("shop", Text),
    Column("thread", Text),
    Column("buyer", Text),
    Column("language", Text),
    Column("language_source", Text),
    Column("created_at", Float),
    # When the page last showed the end of the thread; messages appearing after it were sent after it.
    Column("end_seen_at", Float),
    Column("message_count", Integer),
    Column("last_message_id", Integer),
    Column("last_moment", Integer),
    # plain, warm, formal; "" = that of the settings
    Column("tone", Text),
    # 1 = the seller put a star on it
    Column("star", Integer),
    # the seller's own words about it, and when they were written last
    Column("note", Text),
    Column("noted_at", Float),
)

#: A tag by its name as the seller wrote it first; ``folded``: what makes two spellings one. One that is on no
#: conversation any more is gone.
tags = Table(
    "tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("folded", Text),
)

#: The words of a conversation's note as the search compares them: folded, a space before and behind each.
note_words = Table(
    "note_words",
    metadata,
    Column("thread_id", Integer, primary_key=True),
    Column("words", Text),
)

#: Which tags a conversation has, in the order in which they were put on it.
thread_tags = Table(
    "thread_tags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("tag_id", Integer),
)

#: A shop account, numbered so that the search index can name it in one character.
shops = Table(
    "shops",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marketplace", Text),
    Column("region", Text),
    Column("shop", Text),
)

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

#: The event log, only ever added to: ``chain.py`` says what the columns mean. ``chain`` ties each event to the one
#: before it in the thread. Message rows may be erased; their events stay.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("kind", Text),
    Column("message_id", Integer),
    Column("digest", LargeBinary),
    Column("detail", Text),
    Column("at", Float),
    Column("chain", LargeBinary),
)

#: Other texts that a page showed for a message later, each committed to by its event.
revisions = Table(
    "revisions",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("message_id", Integer),
    Column("text", Text),
    Column("salt", LargeBinary),
    Column("seen_at", Float),
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

#: What other rooms attach to a thread: an order, a listing, a notice, a dispute.
links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("kind", Text),
    Column("ref", Text),
    Column("made_at", Float),
)

#: A thread is kept until then, whatever the retention rule says; null = until further notice.
holds = Table(
    "holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer),
    Column("until", Float),
    Column("made_at", Float),
)

#: The inbox of one shop account. ``watcher``: the paired browser that was asked to watch it, "" = none; what it said
#: last (``reason`` "" = it looks, since ``since``) and when (``heard_at``). ``looked_at``: when a list was last read.
inboxes = Table(
    "inboxes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("marketplace", Text),
    Column("region", Text),
    Column("shop", Text),
    Column("created_at", Float),
    Column("looked_at", Float),
    Column("watcher", Text),
    Column("heard_at", Float),
    Column("reason", Text),
    Column("since", Float),
    Column("gap_from", Float),
    Column("gap_until", Float),
    Column("gap_reason", Text),
)

#: A conversation as an inbox showed it last. ``changed_at``: when these words were first seen; ``asked_*``: since when
#: a buyer waits by what the list showed, null = nobody does; ``shared``: several rows had the same ``ident``.
inbox_entries = Table(
    "inbox_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inbox_id", Integer),
    Column("ident", Text),
    Column("key", Text),
    Column("buyer", Text),
    Column("preview", Text),
    Column("last", Text),
    Column("unread", Integer),
    Column("system", Integer),
    Column("order_ref", Text),
    Column("time_label", Text),
    Column("sent_at", Float),
    Column("sent_span", Integer),
    Column("changed_at", Float),
    Column("asked_since", Float),
    Column("asked_span", Integer),
    Column("asked_known", Integer),
    Column("shared", Integer),
    Column("first_seen_at", Float),
    Column("seen_at", Float),
)

#: What facts are about: ``kind`` "order" (``ref``: its number) or "listing" (``ref``: the seller's own number, else the
#: platform's).
subjects = Table(
    "subjects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text),
    Column("marketplace", Text),
    Column("region", Text),
    Column("shop", Text),
    Column("ref", Text),
    Column("first_seen_at", Float),
    Column("seen_at", Float),
)

#: A field of a subject as pages showed it from ``since`` until ``seen_at`` (first and last look); ``page``: the
#: description it was read by, "amazon/order".
facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_id", Integer),
    Column("field", Text),
    Column("value", Text),
    Column("since", Float),
    Column("seen_at", Float),
    Column("page", Text),
)

#: A manual the seller added; its file lies with the pictures, by hash. ``language`` "" = not said.
manuals = Table(
    "manuals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("type", Text),
    Column("language", Text),
    Column("sha256", Text),
    Column("size", Integer),
    Column("added_at", Float),
)

#: What a manual is about, by the seller's or the platform's number; one without any is about the whole shop.
manual_skus = Table(
    "manual_skus",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("manual_id", Integer),
    Column("sku", Text),
)

#: Its text in pieces. ``page`` 0 = the file has none; ``folded``: the words as a search sees them, each after a space.
manual_passages = Table(
    "manual_passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("manual_id", Integer),
    Column("position", Integer),
    Column("page", Integer),
    Column("heading", Text),
    Column("text", Text),
    Column("folded", Text),
)

#: What a listing (``ref``: its number) or a message was checked for. ``digest``: SHA-256 of its texts, ``findings``:
#: JSON, ``anyway`` 1 = sent over a blocking finding.
checks = Table(
    "checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("target", Text),
    Column("marketplace", Text),
    Column("region", Text),
    Column("shop", Text),
    Column("ref", Text),
    Column("thread_id", Integer),
    Column("digest", Text),
    Column("pack", Text),
    Column("findings", Text),
    Column("anyway", Integer),
    Column("at", Float),
    Column("last_at", Float),
)

#: The bytes of pictures and manuals by their SHA-256; a seller's own archive keeps them in a folder.
files = Table(
    "files",
    shared_metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary),
    Column("kept_at", Float),
)
