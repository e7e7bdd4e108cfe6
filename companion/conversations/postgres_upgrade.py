"""Brings a team's tables to the current schema; two seats that start at once do it once."""

from __future__ import annotations

from sqlalchemy import Connection, text

from ..protocol.errors import ErrorCode, SeabridgeError
from .migrations.postgres import BEGINNING, MIGRATIONS, PART, VERSION
from .postgres_database import PostgresDatabase
from .schema import metadata

#: One row for each part of Seabridge that keeps tables there.
VERSIONS = 'CREATE TABLE IF NOT EXISTS versions (part TEXT COLLATE "C" PRIMARY KEY, version INTEGER NOT NULL)'
_AT = text("SELECT version FROM versions WHERE part = :part")
_NOW = text(
    "INSERT INTO versions (part, version) VALUES (:part, :version)"
    " ON CONFLICT (part) DO UPDATE SET version = excluded.version"
)


def probe(database: PostgresDatabase) -> int | None:
    """The schema version of the database, None when there is no archive in it yet. Changes nothing.

    Raises ``storage_newer`` for one this version does not know, and ``database_taken`` for tables of something else.
    """
    with database.look() as connection:
        return _probe(database, connection)


def upgrade(database: PostgresDatabase) -> None:
    """Run the steps the database lacks, all or none. Who keeps the server keeps its copies; nothing is dropped here."""
    if probe(database) == VERSION:
        return
    with database.change() as connection:
        # another seat may have been first
        version = _probe(database, connection)
        connection.exec_driver_sql(VERSIONS)
        for step in MIGRATIONS[0 if version is None else version - BEGINNING + 1 :]:
            step(connection)
        connection.execute(_NOW, {"part": PART, "version": VERSION})


def _probe(database: PostgresDatabase, connection: Connection) -> int | None:
    where = database.address
    version: int | None = None
    if _there(connection, "versions"):
        version = connection.execute(_AT, {"part": PART}).scalar()
    if version is None and any(_there(connection, name) for name in metadata.tables):
        raise SeabridgeError(ErrorCode.DATABASE_TAKEN, where=where.shown, database=where.database)
    if version is not None and version > VERSION:
        raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"schema {version}, known {VERSION}", path=where.shown)
    return version


def _there(connection: Connection, table: str) -> bool:
    return connection.execute(text("SELECT to_regclass(:table)"), {"table": table}).scalar() is not None
