"""Conversations: what the seller put on them, what is attached to them, and the shops they are in."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table, Text

from .base import Integer, metadata

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
