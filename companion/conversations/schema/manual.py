"""The seller's manuals."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table, Text

from .base import Integer, metadata

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
