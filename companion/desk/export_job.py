"""The export of conversations: one at a time, in a thread of its own; its file is handed over once and not kept."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, Literal

import msgspec

from ..conversations.exports.making import Refused
from ..protocol.errors import ErrorCode, SeabridgeError
from .problem import Problem, problem_of

State = Literal["idle", "running", "done", "cancelled", "failed"]
#: Bytes of a file, which a browser holds in memory before it saves it.
MOST_BYTES = 256 * 1024 * 1024
#: A file up to here stays in memory; a larger one lies on disk without a name, and is gone once closed.
_IN_MEMORY = 8 * 1024 * 1024
#: How long in seconds a file waits for the page that asked for it.
KEPT_S = 120.0


class ExportState(msgspec.Struct, kw_only=True):
    """``messages`` so far; ``size`` in bytes of a file that is done; ``boxes``: the scripts it shows as boxes."""

    state: State
    id: str
    name: str
    messages: int
    size: int
    boxes: tuple[str, ...]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Made:
    """A file at its beginning; whoever takes it closes it."""

    file: IO[bytes]
    size: int


class _Stopped(Exception):
    """The seller wants it no more."""


class Scratch(tempfile.SpooledTemporaryFile[bytes]):
    """A bounded file that leaves nothing behind. Writing raises Refused when it grows too large, and what ``look``
    raises."""

    def __init__(self, look: Callable[[], None], most: int) -> None:
        super().__init__(max_size=_IN_MEMORY)
        self._look, self._most = look, most

    def write(self, data: Any, /) -> int:  # bytes, or a buffer of them
        """As of any file."""
        self._look()
        done = super().write(data)
        if self.tell() > self._most:
            raise Refused("too_large", limit=self._most // 1024 // 1024)
        return done

    def writelines(self, lines: Iterable[Any], /) -> None:
        """As of any file."""
        for line in lines:
            self.write(line)


#: Writes the file, and tells how many messages it has by now, which may end it; gives the scripts it shows as boxes.
Work = Callable[[IO[bytes], Callable[[int], None]], tuple[str, ...] | None]


class ExportJob:
    """The one export there is. Thread-safe."""

    def __init__(self, *, most: int = MOST_BYTES, kept_s: float = KEPT_S) -> None:
        self._most, self._kept_s = most, kept_s
        self._lock = threading.Lock()
        #: A thread is at work, also for one that was stopped. Its own end comes a little after what it says last.
        self._busy = False
        self._cancelled = threading.Event()
        self._state: State = "idle"
        self._id, self._name, self._messages = "", "", 0
        self._made: Made | None = None
        self._problem: Problem | None = None
        self._boxes: tuple[str, ...] = ()

    def start(self, name: str, work: Work) -> ExportState:
        """Make a file. The one before is forgotten. Raises ``busy`` while one is being made."""
        with self._lock:
            if self._busy:
                raise SeabridgeError(ErrorCode.BUSY, "a file is being made")
            self._forget()
            self._state, self._id, self._name, self._messages = "running", secrets.token_urlsafe(16), name, 0
            self._problem, self._boxes, self._cancelled = None, (), threading.Event()
            given = (work, self._cancelled)
            threading.Thread(target=self._work, args=given, name="desk-export", daemon=True).start()
            self._busy = True
        return self.state()

    def state(self) -> ExportState:
        """Where it stands."""
        with self._lock:
            return ExportState(
                state=self._state, id=self._id, name=self._name, messages=self._messages,
                size=self._made.size if self._made else 0, boxes=self._boxes, problem=self._problem,
            )  # fmt: skip

    def cancel(self) -> ExportState:
        """Stop; what was made is thrown away."""
        with self._lock:
            self._cancelled.set()
            self._forget()
            if self._state == "running":
                self._state = "cancelled"
        return self.state()

    def take(self, id: str) -> Made:
        """The file of an export, which is not kept any longer. Raises ``not_found``."""
        with self._lock:
            made = self._made
            if made is None or id != self._id:
                raise SeabridgeError(ErrorCode.NOT_FOUND)
            self._made = None
        return made

    def _work(self, work: Work, cancelled: threading.Event) -> None:
        def look() -> None:
            if cancelled.is_set():
                raise _Stopped

        def told(messages: int) -> None:
            look()
            with self._lock:
                self._messages = messages

        file = Scratch(look, self._most)
        problem = None
        boxes: tuple[str, ...] = ()
        try:
            boxes = work(file, told) or ()
        except _Stopped:
            pass
        except Refused as exc:
            problem = Problem(f"dash_export_problem_{exc.reason}", exc.data)
        except Exception as exc:  # it stands in the state; there is nobody here to raise it to
            problem = problem_of(exc, "export")
        with self._lock:
            self._busy = False
            if cancelled.is_set() or problem:
                file.close()
                if not cancelled.is_set():
                    self._state, self._problem = "failed", problem
                return
            size = file.tell()
            file.seek(0)
            self._state, self._made, self._boxes = "done", Made(file, size), boxes
            waiting = threading.Timer(self._kept_s, self._expire, (self._id,))
        waiting.daemon = True
        waiting.start()

    def _expire(self, id: str) -> None:
        with self._lock:
            if id == self._id:
                self._forget()

    def _forget(self) -> None:
        if self._made is not None:
            self._made.file.close()
            self._made = None
