"""The import of a file that the seller dropped: looked at as often as they like, then taken in; one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from ..conversations.imports.asked import Given, ImportColumn, ImportReport
from ..protocol.errors import ErrorCode, SeabridgeError
from .problem import Problem, problem_of

State = Literal["idle", "looking", "looked", "importing", "done", "stopped", "failed"]

#: Hears how many messages of how many are done, and says whether to go on.
Watch = Callable[[int, int], bool]
#: Looks at a file or takes it in.
Work = Callable[[Given, Watch], ImportReport]
#: The columns of a file that could not be read as it was asked.
Columns = Callable[[Given], Sequence[ImportColumn]]


class ImportState(msgspec.Struct, kw_only=True):
    """``done`` of ``total`` messages; ``held``: the file is kept and can be looked at again, or taken in.

    ``report``: of the last look, or of what was taken in; ``columns``: of a table, also where it could not be read.
    """

    state: State
    name: str
    held: bool
    done: int
    total: int
    report: ImportReport | None
    columns: list[ImportColumn]
    problem: Problem | None


class ImportJob:
    """The one import there is. Its file lies in memory until it was taken in, or another one comes. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: A thread is at work. Its own end comes a little after what it says last.
        self._busy = False
        self._cancelled = threading.Event()
        self._state: State = "idle"
        self._given: Given | None = None
        self._name = ""
        self._clear()

    def hold(self, given: Given) -> None:
        """Keep a file to be looked at. Raises ``busy`` while one is worked at."""
        with self._lock:
            self._free()
            self._given, self._name = given, given.name
            self._state = "idle"
            self._clear()

    def look(self, work: Work, columns: Columns) -> ImportState:
        """Read the file and say what an import would do. Raises ``busy``, and ``not_found`` when none is held."""
        return self._begin("looking", work, columns)

    def start(self, work: Work, columns: Columns) -> ImportState:
        """Take the file in. Raises as ``look``."""
        return self._begin("importing", work, columns)

    def state(self) -> ImportState:
        """Where it stands."""
        with self._lock:
            return ImportState(
                state=self._state, name=self._name, held=self._given is not None, done=self._done, total=self._total,
                report=self._report, columns=list(self._columns), problem=self._problem,
            )  # fmt: skip

    def cancel(self) -> ImportState:
        """Stop after the conversations that are being kept; what was taken in stays, and so does the file."""
        self._cancelled.set()
        return self.state()

    def forget(self) -> ImportState:
        """Let go of the file. Raises ``busy`` while it is worked at."""
        with self._lock:
            self._free()
            self._given, self._name, self._state = None, "", "idle"
            self._clear()
        return self.state()

    def _clear(self) -> None:
        self._done = self._total = 0
        self._report: ImportReport | None = None
        self._columns: Sequence[ImportColumn] = ()
        self._problem: Problem | None = None

    def _free(self) -> None:
        if self._busy:
            raise SeabridgeError(ErrorCode.BUSY, "a file is being read")

    def _begin(self, state: State, work: Work, columns: Columns) -> ImportState:
        with self._lock:
            self._free()
            if self._given is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND)
            self._clear()
            self._state, self._cancelled = state, threading.Event()
            given = (self._given, work, columns, self._cancelled)
            threading.Thread(target=self._work, args=given, name="desk-import", daemon=True).start()
            self._busy = True
        return self.state()

    def _work(self, given: Given, work: Work, columns: Columns, cancelled: threading.Event) -> None:
        stopped = False

        def watch(done: int, total: int) -> bool:
            nonlocal stopped
            with self._lock:
                self._done, self._total = done, total
            stopped = cancelled.is_set()
            return not stopped

        report, found, problem = None, [], None
        try:
            report = work(given, watch)
            found = report.columns
        except Exception as exc:  # it stands in the state; there is nobody here to raise it to
            problem = problem_of(exc, "import")
            found = _columns(columns, given)
        with self._lock:
            self._busy = False
            self._report, self._columns, self._problem = report, found, problem
            if report is None:
                self._state = "failed"
            elif stopped:
                self._state = "stopped"
            elif report.dry_run:
                self._state = "looked"
            else:
                self._state, self._given = "done", None


def _columns(columns: Columns, given: Given) -> list[ImportColumn]:
    """What can be said of a file with a fault: its columns, so that others may be chosen."""
    try:
        return list(columns(given))
    except Exception:  # what is wrong is told already
        return []
