"""What the tables are made of."""

from __future__ import annotations

# PostgreSQL's plain integers end at two thousand million: too small for a moment
from sqlalchemy import BigInteger as Integer
from sqlalchemy import MetaData

__all__ = ["Integer", "metadata", "shared_metadata"]

metadata = MetaData()
#: Tables that only a team's database has.
shared_metadata = MetaData()
