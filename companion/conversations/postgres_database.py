"""The archive in a team's PostgreSQL: the same transactions as in a file, among several seats.

Every write first takes one lock of the database, so that the seats' writers follow one another as a file's do: what a
transaction reads is what it changes, the numbers of events have no holes and moments are given once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Engine

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.database_url import Address
from ..runtime.postgres import engine
from ..runtime.postgres_errors import postgres_errors
from .database import READERS
from .migrations.postgres import PART, VERSION
from .turns import Turns

#: The number of the lock ("SeBr"), among those an application may choose.
LOCK = 0x53654272
#: Seconds a seat waits while another one changes the tables.
UPGRADE_S = 600

_VERSION = f"SELECT version FROM versions WHERE part = '{PART}'"  # noqa: S608  a word of ours
# In one message each, so that a server far away is asked once.
_READ = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_VERSION}"
_WRITE = f"BEGIN; SELECT pg_advisory_xact_lock({LOCK}); {_VERSION}"
_LOOK = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_CHANGE = (
    f"BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '{UPGRADE_S}s';"
    f" SELECT pg_advisory_xact_lock({LOCK})"
)
#: What holds texts, pictures or names. The log stays as it is: nothing is ever deleted from it.
_SCRUBBED = (
    "messages", "translations", "revisions", "drafts", "images", "files", "threads", "note_words", "tags",
    "thread_tags", "links", "holds", "imports", "inboxes", "inbox_entries", "subjects", "facts", "manuals",
    "manual_skus", "manual_passages", "search_index", "search_terms",
)  # fmt: skip


class PostgresDatabase:
    """A ``Database`` on a server. A seat whose program is older than the tables is told so at its next transaction."""

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        """Connects only when it is used. Raises ``database_driver``."""
        self.address = address
        self._writer = None if read_only else engine(address, size=1)
        self._turns = Turns(self._writer, address.shown)
        self._reader = engine(address, size=READERS)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with self._turns.take() as writer, self._transaction(writer, _WRITE) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._transaction(self._reader, _READ) as connection:
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A reading transaction, whatever is in the database."""
        with self._transaction(self._reader, _LOOK) as connection:
            yield connection

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A writing transaction that may change the tables and take its time."""
        with self._turns.take() as writer, self._transaction(writer, _CHANGE) as connection:
            yield connection

    def scrub(self) -> None:
        """Write the tables anew, one after the other; who wants one meanwhile waits. The server's own log and backups
        are its keeper's."""
        import psycopg

        with self._turns.take() as writer, postgres_errors(self.address):
            direct = writer.raw_connection()  # VACUUM stands in no transaction
            try:
                cursor = direct.cursor()
                cursor.execute("SET statement_timeout = 0")
                for table in _SCRUBBED:
                    try:
                        cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
                    except psycopg.errors.LockNotAvailable:
                        # somebody reads all of it: then the rows alone, whose places are written over in time
                        cursor.execute(f"VACUUM (ANALYZE) {table}")
            finally:
                direct.invalidate()  # with it goes what was set
                direct.close()

    def close(self) -> None:
        self._turns.end(self._reader)

    @contextmanager
    def _transaction(self, pool: Engine, begin: str) -> Iterator[Connection]:
        with postgres_errors(self.address):
            connection = self._begun(pool, begin)
            try:
                yield connection
                connection.commit()
            finally:
                connection.close()  # undoes what was not committed

    def _begun(self, pool: Engine, begin: str) -> Connection:
        """A connection in a transaction. One that broke off since it was used last is replaced, which nobody needs to
        know: nothing was done on it."""
        import psycopg

        while True:
            connection = pool.connect()
            connection.begin()
            raw = cast("psycopg.Connection[Any]", connection.connection.dbapi_connection)
            try:
                self._known(raw.execute(begin, prepare=False))
            except psycopg.OperationalError as exc:
                gone = raw.closed
                if gone:
                    connection.invalidate(exc)
                connection.close()
                if not gone:
                    raise
                # the others of the pool are as old; one that cannot be made anew raises above
                pool.dispose()
            except BaseException:
                connection.close()
                raise
            else:
                return connection

    def _known(self, told: Any) -> None:
        """Raises ``storage_newer`` where another seat's newer program changed the tables meanwhile."""
        while told.nextset():
            pass
        if told.description and told.description[0].name == "version":
            version = told.fetchone()
            if version is None or version[0] > VERSION:
                raise SeabridgeError(ErrorCode.STORAGE_NEWER, f"schema {version}", path=self.address.shown)
