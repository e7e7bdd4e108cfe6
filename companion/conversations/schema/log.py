"""The event log and what it tells of later texts."""

from __future__ import annotations

from sqlalchemy import Column, Float, LargeBinary, Table, Text

from .base import Integer, metadata

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
