"""The archive's tables tell all seats when somebody wrote to them, whichever program it was.

Triggers do it, once for each statement, and PostgreSQL tells the same word once for each transaction: the archive's own
code need not know that there is a team.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, text

from ..runtime.database_url import Address
from .schema import CHANNEL
from .seat import Seat

#: What a list of conversations, a conversation or an inbox shows.
_TABLES = ("messages", "threads", "thread_tags", "translations", "inbox_entries")
_LOCK = 0x5365_4272
#: Connections of the archive are called by this and the seat, so that a seat does not hear itself.
_CALLED = "seabridge "

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION team_tell_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', json_build_object(
    'topic', 'archive', 'seat', substr(current_setting('application_name'), {len(_CALLED) + 1}))::text);
  RETURN NULL;
END $$
"""
_MISSING = text(
    "SELECT name FROM unnest(CAST(:tables AS text[])) AS name WHERE to_regclass(name) IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(name) AND tgname = 'team_tell')"
)


def called(address: Address, seat: Seat) -> Address:
    """The database's address for the archive of a seat."""
    return replace(address, options={**address.options, "application_name": _CALLED + seat.id})


def watch(connection: Connection) -> int:
    """Let the archive's tables tell; how many did not yet. Within a transaction, once the archive is there."""
    tables = {"tables": list(_TABLES)}
    if not connection.execute(_MISSING, tables).all():
        return 0
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    connection.execute(text(_FUNCTION))
    missing = [str(row.name) for row in connection.execute(_MISSING, tables)]
    for table in missing:
        connection.execute(
            text(
                f"CREATE TRIGGER team_tell AFTER INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION team_tell_archive()"
            )
        )
    return len(missing)
