"""Nothing: FTS5 holds what PostgreSQL gets in a table of terms, and the steps of both have the same numbers."""

from __future__ import annotations

from sqlalchemy import Connection


def m013_terms(_connection: Connection) -> None:
    pass
