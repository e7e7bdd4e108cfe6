"""What only a team's database has."""

from __future__ import annotations

from sqlalchemy import Column, Float, LargeBinary, Table, Text

from .base import shared_metadata

#: The bytes of pictures and manuals by their SHA-256; a seller's own archive keeps them in a folder.
files = Table(
    "files",
    shared_metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary),
    Column("kept_at", Float),
)
