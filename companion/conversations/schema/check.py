"""What was checked before it went out."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table, Text

from .base import Integer, metadata

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
