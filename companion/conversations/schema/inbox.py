"""Inboxes, and the conversations their lists show."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table, Text

from .base import Integer, metadata

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
