"""The archive as an SQLite file: connections, transactions and their locks."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from .database import READERS
from .failures import database_errors
from .turns import Turns

#: What each reading connection may keep of the file. A search of a large archive looks at more pages than the usual
#: 2 MB hold, often twice, and the next search at many of the same; who only looks at conversations never fills it.
READER_CACHE_KIB = 65_536


class SqliteDatabase:
    """A ``Database`` in a file: the writer has a lock, and readers see what was committed when they began."""

    def __init__(self, path: Path, *, read_only: bool, busy_timeout_s: float) -> None:
        self.path = path
        self.read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        self._writer = None if read_only else _engine(self._connect_writer, "BEGIN IMMEDIATE", 1)
        self._turns = Turns(self._writer, str(path))
        self._reader = _engine(self._connect_reader, "BEGIN", READERS)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is durable when the block ends, and undone when it raises."""
        with self._turns.take() as writer, database_errors(self.path), writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of the archive as of one moment."""
        with database_errors(self.path), self._reader.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Write the file anew, so that nothing of what was deleted is left in it or in its log."""
        with self.write() as connection:
            # deleted words stay in the index until its parts are merged
            connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
        with self._turns.take() as writer, database_errors(self.path):
            direct = writer.raw_connection()  # VACUUM stands in no transaction
            try:
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    direct.cursor().execute(statement)
            finally:
                direct.close()

    def close(self) -> None:
        """Close all connections, after the write at hand."""
        self._turns.end(self._reader)

    def _connect_writer(self) -> sqlite3.Connection:
        connection = connect(self.path, busy_timeout_s=self._busy_timeout_s)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # FULL also flushes the log at each commit: what was acknowledged survives a power cut.
            connection.execute("PRAGMA synchronous = FULL")
            if sys.platform == "darwin":
                # fsync on macOS leaves data in the drive's cache.
                connection.execute("PRAGMA fullfsync = ON")
                connection.execute("PRAGMA checkpoint_fullfsync = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            connection.execute("PRAGMA temp_store = MEMORY")
            # what is erased is overwritten, not only forgotten
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect_reader(self) -> sqlite3.Connection:
        if not self.read_only:
            connection = connect(self.path, busy_timeout_s=self._busy_timeout_s)
        else:
            connection = connect_for_reading(self.path, busy_timeout_s=self._busy_timeout_s)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection


def connect(path: Path, *, busy_timeout_s: float, query: str = "mode=rwc") -> sqlite3.Connection:
    """A connection without Python's own transaction handling."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{query}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_s * 1000)}")
    return connection


def connect_for_reading(path: Path, *, busy_timeout_s: float) -> sqlite3.Connection:
    """A connection that cannot write. Works beside a running companion and on read-only media."""
    connection = connect(path, busy_timeout_s=busy_timeout_s, query="mode=ro")
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as exc:
        connection.close()
        # Where the shared-memory file cannot be made nobody writes either, unless a log is left to be read.
        log = path.with_name(f"{path.name}-wal")
        unopenable = exc.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
        if not unopenable or (log.exists() and log.stat().st_size):
            raise
        return connect(path, busy_timeout_s=busy_timeout_s, query="mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def _engine(creator: Callable[[], sqlite3.Connection], begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=10,
        # the connection used last has most of the file at hand
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
