"""A seat's way to the team's database: reached, or since when not and why."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime import postgres
from ..runtime.database_url import Address
from ..runtime.postgres_errors import postgres_errors
from . import schema

_log = logging.getLogger(__name__)

#: Documents, leases and claims are rows: two connections are enough for all threads of a seat.
CONNECTIONS = 2
#: While nobody watches the server, a failure counts for so many seconds: a command does not wait again and again.
_FAILED_S = 30.0
#: Longest wait for a server that was just asked for the first time.
_FIRST_S = 3.0


class NotBegun(SeabridgeError):
    """There are no tables yet, and a link that only reads makes none."""


class Link:
    """Thread-safe. The tables are made at the first connection, unless the link is ``for_reading``."""

    def __init__(
        self,
        address: Address,
        first: Callable[[Connection], object] = lambda _: None,
        *,
        for_reading: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``first`` is called with the first transaction, in which the tables are made."""
        self.address = address
        self._first = first
        self._for_reading = for_reading
        #: Somebody tries the server all the time (``notices``), so nobody else has to wait for one that is away.
        self.watched = False
        self._clock = clock
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._prepared = False
        self._problem: SeabridgeError | None = None
        self._since = 0.0
        self._known = threading.Event()
        #: How long the last sign of life took, there and back.
        self.milliseconds = 0.0

    @property
    def problem(self) -> tuple[SeabridgeError, float] | None:
        """Why the database is not reached, and since when (Unix time); None = it is, as far as is known."""
        problem = self._problem
        return (problem, self._since) if problem is not None else None

    def wait(self, seconds: float) -> bool:
        """Wait until it is known whether the server answers; whether it does."""
        return self._known.wait(seconds) and self._problem is None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction. Raises the codes ``database_…``, at once while the server is known to be away."""
        if self.watched and not self._known.wait(_FIRST_S):
            raise SeabridgeError(ErrorCode.DATABASE_AWAY, "no answer yet", where=self.address.shown)
        self.check()
        with self.trying() as connection:
            yield connection

    def check(self) -> None:
        """Raises why the database is away, where that is known: nobody need wait for a server that does not answer."""
        problem = self._problem
        if problem is not None and (self.watched or self._clock() - self._since < _FAILED_S):
            raise SeabridgeError(problem.code, problem.detail, **problem.data)

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A transaction, tried also while the server is thought to be away. Raises the codes ``database_…``."""
        try:
            with postgres_errors(self.address), self._ready().begin() as connection:
                yield connection
        except SeabridgeError as exc:
            if is_away(exc):
                self.lost(exc)
            raise
        self.reached()

    def reached(self) -> None:
        """The server answers."""
        if self._problem is not None:
            _log.info("the team's database answers again")
        self._problem = None
        self._known.set()

    def lost(self, problem: SeabridgeError) -> None:
        """It does not."""
        with self._lock:
            if self._problem is None:
                self._since = self._clock()
                _log.warning("the team's database %s: %s", self.address.shown, problem)
            elif not self.watched:
                self._since = self._clock()
            self._problem = problem
        self._known.set()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()

    def _ready(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _begun(postgres.engine(self.address, size=CONNECTIONS))
            if not self._prepared and self._for_reading:
                with self._engine.begin() as connection:
                    if not schema.begun(connection):
                        raise NotBegun(ErrorCode.NOT_FOUND, "no team's tables yet", path=self.address.shown)
                self._prepared = True
            if not self._prepared:
                with self._engine.begin() as connection:
                    schema.prepare(connection)
                    self._first(connection)
                self._prepared = True
            return self._engine


def is_away(exc: SeabridgeError) -> bool:
    """Whether an error says that the database as a whole cannot be used now."""
    return exc.code.startswith("database_") and exc.code is not ErrorCode.DATABASE_RIGHTS


def _begun(engine: Engine) -> Engine:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
