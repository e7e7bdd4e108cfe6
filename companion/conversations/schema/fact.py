"""What pages showed of orders and listings."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table, Text

from .base import Integer, metadata

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
