"""The team's own tables, beside those of the archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, text

from ..protocol.errors import ErrorCode, SeabridgeError

#: Whoever makes or changes the tables holds this lock, so that two seats starting at once do it once.
_LOCK = 0x5EAB_0001
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
             job text NOT NULL, message bigint NOT NULL, seat text NOT NULL, until timestamptz NOT NULL,
             PRIMARY KEY (job, message))""",
    ):
        connection.execute(text(statement))


STEPS: Sequence[Callable[[Connection], None]] = (_m001,)


def prepare(connection: Connection, steps: Sequence[Callable[[Connection], None]] = STEPS) -> None:
    """Make the tables, or bring them to this version, within the transaction at hand. Raises ``storage_newer``."""
    there = connection.execute(text("SELECT to_regclass('team_versions')")).scalar_one() is not None
    if there and _version(connection) == len(steps):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text("CREATE TABLE IF NOT EXISTS team_versions (version integer NOT NULL)"))
    at = _version(connection)
    if at > len(steps):
        raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"team schema {at}, known {len(steps)}", path="team_versions")
    for step in steps[at:]:
        step(connection)
    connection.execute(text("DELETE FROM team_versions"))
    connection.execute(text("INSERT INTO team_versions (version) VALUES (:version)"), {"version": len(steps)})


def _version(connection: Connection) -> int:
    return int(connection.execute(text("SELECT coalesce(max(version), 0) FROM team_versions")).scalar_one())
