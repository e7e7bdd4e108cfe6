"""The team's own tables, beside those of the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, text

from ..protocol.errors import ErrorCode, SeabridgeError

#: Whoever makes or changes tables holds this lock, that of the archive's writers, so that two seats do it once.
_LOCK = 0x5365_4272
#: What is told at once to all seats; see ``notices``.
CHANNEL = "seabridge_team"


def _m001(connection: Connection) -> None:
    for statement in (
        # ``version`` is taken from a sequence and never comes again, also not after a document was deleted
        "CREATE SEQUENCE team_document_version",
        """CREATE TABLE team_documents (
             collection text NOT NULL, key text NOT NULL, value jsonb NOT NULL,
             version bigint NOT NULL DEFAULT nextval('team_document_version'),
             changed_at timestamptz NOT NULL DEFAULT now(), seat text NOT NULL,
             PRIMARY KEY (collection, key))""",
        """CREATE TABLE team_seats (
             seat text PRIMARY KEY, name text NOT NULL, program text NOT NULL,
             first_seen_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz NOT NULL DEFAULT now())""",
        """CREATE TABLE team_leases (
             job text PRIMARY KEY, seat text NOT NULL, taken_at timestamptz NOT NULL, until timestamptz NOT NULL)""",
        """CREATE TABLE team_claims (
             job text NOT NULL, subject bigint NOT NULL, seat text NOT NULL, until timestamptz NOT NULL,
             PRIMARY KEY (job, subject))""",
    ):
        connection.execute(text(statement))


def _m002(connection: Connection) -> None:
    for statement in (
        # by the hash, since an index takes no text of any length; a removed pair keeps its row, without its words, so
        # that seats which were away hear of it
        "CREATE SEQUENCE memory_version",
        """CREATE TABLE memory_units (
             id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
             shop text NOT NULL, source text NOT NULL, target text NOT NULL,
             said text NOT NULL, told text NOT NULL, at double precision NOT NULL, hash bytea,
             gone boolean NOT NULL DEFAULT false,
             version bigint NOT NULL DEFAULT nextval('memory_version'),
             UNIQUE (shop, source, target, hash))""",
        "CREATE INDEX memory_units_version ON memory_units (version)",
        "CREATE INDEX memory_units_hash ON memory_units (hash)",
        # another database at the same address, or one made anew, is another team
        "CREATE TABLE team_identity (one boolean PRIMARY KEY DEFAULT true CHECK (one), id text NOT NULL)",
    ):
        connection.execute(text(statement))


def _m003(connection: Connection) -> None:
    # ``said`` null: a seat is asking, until then
    connection.execute(
        text(
            "CREATE TABLE team_answers (key text PRIMARY KEY, seat text NOT NULL, until timestamptz NOT NULL,"
            " said jsonb)"
        )
    )


STEPS: Sequence[Callable[[Connection], None]] = (_m001, _m002, _m003)

#: One row for each part of Seabridge that keeps tables in the database; the archive has its own.
_VERSIONS = 'CREATE TABLE IF NOT EXISTS versions (part TEXT COLLATE "C" PRIMARY KEY, version INTEGER NOT NULL)'
_AT = text("SELECT version FROM versions WHERE part = 'team'")
_NOW = text(
    "INSERT INTO versions (part, version) VALUES ('team', :version)"
    " ON CONFLICT (part) DO UPDATE SET version = excluded.version"
)


def begun(connection: Connection) -> bool:
    """Whether there are tables of a team."""
    return connection.execute(text("SELECT to_regclass('team_documents')")).scalar_one() is not None


def prepare(connection: Connection, steps: Sequence[Callable[[Connection], None]] = STEPS) -> None:
    """Make the tables, or bring them to this version, within the transaction at hand. Raises ``storage_newer``."""
    there = connection.execute(text("SELECT to_regclass('versions')")).scalar_one() is not None
    if there and connection.execute(_AT).scalar() == len(steps):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text(_VERSIONS))
    at = connection.execute(_AT).scalar() or 0
    if at > len(steps):
        raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"team schema {at}, known {len(steps)}", path="team")
    for step in steps[at:]:
        step(connection)
    connection.execute(_NOW, {"version": len(steps)})
