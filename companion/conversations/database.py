"""Where the archive lies, as the rest of it sees that: a file of one seller's, or a team's PostgreSQL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

#: Reading connections kept open; further readers wait.
READERS = 4
#: Seconds a writer waits for the one before it. Transactions are short; longer means something hangs.
WRITER_WAIT_S = 30.0


class Database(Protocol):
    """One writer at a time, several readers. Thread-safe; every transaction that returned is on disk."""

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that sees all before it, is durable when the block ends, and undone when it raises."""

    def read(self) -> AbstractContextManager[Connection]:
        """A view of the archive as of one moment."""

    def scrub(self) -> None:
        """Write everything anew, so that nothing of what was deleted is left in it."""

    def close(self) -> None:
        """Close all connections, after the write at hand."""
