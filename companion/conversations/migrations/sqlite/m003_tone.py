"""The tone a seller chose for a thread."""

from __future__ import annotations

from sqlalchemy import Connection


def m003_tone(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE threads ADD COLUMN tone TEXT NOT NULL DEFAULT ''")
