"""The check of a seller's files: one at a time, in a thread of its own; what it found is kept to be looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from ..compliance.files.listing import ListingFields, Unusable
from ..compliance.reports.notes import Note
from ..compliance.reports.row import Row
from ..compliance.rule import LEVELS, Level
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.pages import Marketplace
from .problem import Problem, problem_of

State = Literal["idle", "reading", "checking", "done", "cancelled", "failed"]
#: Rows kept, the worst before others; whoever has more mends some first.
MOST_ROWS = 50_000
#: Files of one check.
MOST_FILES = 100
#: Longest wait in seconds for a check that was cancelled to notice it.
_PATIENCE_S = 5.0

#: What in a listing of a file breaks a rule, with the version of the rules.
Judge = Callable[[str, ListingFields], tuple[Sequence[Row], str]]
Marketplaces = Callable[[], Sequence[Marketplace]]


#: What must be said of listings beside what was found in them.
Notes = Callable[[Sequence[ListingFields]], list[Note]]


class FileDone(msgspec.Struct):
    """A file that was looked at; ``findings`` of all levels, ``notes``: what of it was not checked, or not by all
    rules."""

    name: str
    listings: int = 0
    findings: int = 0
    problem: Problem | None = None
    notes: list[Note] = []


class CheckState(msgspec.Struct, kw_only=True):
    """``done`` of ``total`` listings of ``file``; ``cut``: more was found than is kept; ``locale``: what the findings
    are said in."""

    state: State
    file: str
    done: int
    total: int
    files: list[FileDone]
    listings: int
    rows: int
    cut: bool
    pack: str
    locale: str


class CheckJob:
    """The one check there is. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        #: A file is looked at, also of a check that was stopped. The thread ends a little after what it says last.
        self._busy = False
        self._cancelled = threading.Event()
        self._judge: Judge | None = None
        self._notes: Notes = lambda _listings: []
        self._state: State = "idle"
        self._clear()

    def begin(self, judge: Judge, locale: str = "en", notes: Notes = lambda _listings: []) -> CheckState:
        """Forget what was found before; files come with ``add``, and findings are said in ``locale``.

        Raises ``busy`` while a cancelled one still reads.
        """
        self._stop()
        with self._lock:
            self._clear()
            self._cancelled = threading.Event()
            self._judge, self._locale, self._notes = judge, locale, notes
        return self.state()

    def add(self, name: str, data: bytes, marketplaces: Marketplaces) -> CheckState:
        """Check one more file. Raises ``busy`` while another is looked at, ``bad_params`` without ``begin``."""
        with self._lock:
            if self._busy:
                raise SeabridgeError(ErrorCode.BUSY, "a file is being checked")
            if self._judge is None or len(self._files) >= MOST_FILES:
                raise SeabridgeError(ErrorCode.BAD_PARAMS, method="check.file", problem="begin")
            self._state, self._file, self._done, self._total = "reading", name, 0, 0
            work = (name, data, marketplaces, self._judge, self._notes, self._cancelled)
            self._thread = threading.Thread(target=self._work, args=work, name="desk-check", daemon=True)
            self._thread.start()
            self._busy = True
        return self.state()

    def cancel(self) -> CheckState:
        """Stop; what was found so far stays."""
        with self._lock:
            self._cancelled.set()
            self._judge = None
            if self._state in ("reading", "checking"):
                self._state = "cancelled"
        return self.state()

    def state(self) -> CheckState:
        """Where it stands."""
        with self._lock:
            return CheckState(
                state=self._state, file=self._file, done=self._done, total=self._total, files=list(self._files),
                listings=self._listings, rows=self._count(), cut=self._cut, pack=self._pack,
                locale=self._locale,
            )  # fmt: skip

    def found(self) -> tuple[list[Row], str]:
        """The rows so far, the worst first, and the version of the rules."""
        with self._lock:
            return [row for level in reversed(LEVELS) for row in self._rows[level]], self._pack

    def _clear(self) -> None:
        self._state = "idle"
        self._file, self._done, self._total = "", 0, 0
        self._files: list[FileDone] = []
        self._rows: dict[Level, list[Row]] = {level: [] for level in LEVELS}
        self._listings, self._cut, self._pack, self._locale = 0, False, "", ""

    def _stop(self) -> None:
        self.cancel()
        thread = self._thread
        if thread is not None:
            thread.join(_PATIENCE_S)
            if thread.is_alive():
                raise SeabridgeError(ErrorCode.BUSY, "the check before is still reading its file")

    def _work(
        self,
        name: str,
        data: bytes,
        marketplaces: Marketplaces,
        judge: Judge,
        notes: Notes,
        cancelled: threading.Event,
    ) -> None:
        done = FileDone(name)
        try:
            looked_at = self._check(done, data, marketplaces, judge, cancelled)
            done.notes = notes(looked_at)
        except Unusable as exc:
            done.problem = Problem(exc.key, exc.data)
        except Exception as exc:  # it stands beside the file; there is nobody here to raise it to
            done.problem = problem_of(exc, "check.file")
        with self._lock:
            self._busy = False
            if cancelled is not self._cancelled:
                return
            self._files.append(done)
            if not cancelled.is_set():
                self._state = "failed" if done.problem else "done"

    def _check(
        self, done: FileDone, data: bytes, marketplaces: Marketplaces, judge: Judge, cancelled: threading.Event
    ) -> Sequence[ListingFields]:
        """The listings that were looked at."""
        # tables and pages need what loads slowly
        from ..compliance.files.reading import listings_in

        listings = listings_in(done.name, data, marketplaces)
        with self._lock:
            if not cancelled.is_set():
                self._state, self._total = "checking", len(listings)
        for at, listing in enumerate(listings):
            if cancelled.is_set():
                return listings[:at]
            rows, pack = judge(done.name, listing)
            with self._lock:
                if cancelled is not self._cancelled:
                    return []
                self._keep(rows)
                self._done, self._listings, self._pack = self._done + 1, self._listings + 1, pack
                done.listings, done.findings = done.listings + 1, done.findings + len(rows)
        return listings

    def _keep(self, rows: Sequence[Row]) -> None:
        """Add rows; where there are too many, those of the lowest level go first."""
        for row in rows:
            self._rows[row.finding.level].append(row)
        over = self._count() - MOST_ROWS
        for level in LEVELS:
            if over > 0:
                self._cut = True
                gone = min(over, len(self._rows[level]))
                del self._rows[level][len(self._rows[level]) - gone :]
                over -= gone

    def _count(self) -> int:
        return sum(map(len, self._rows.values()))
