"""Hears what other seats do, and finds the server again when it was away.

PostgreSQL tells only those who listen at that moment: after every break whatever could have changed counts as changed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime import postgres
from ..runtime.postgres_errors import postgres_errors
from .link import Link
from .notice import Notice, read
from .schema import CHANNEL

_log = logging.getLogger(__name__)

#: Seconds between two signs of life, which also find a server that is gone without a word.
BEAT_S = 20.0
#: Longest pause between two tries, in seconds: a server that is back is noticed within it.
MOST_PAUSE_S = 15.0
_FIRST_PAUSE_S = 0.5
#: What comes within so many seconds is told together: an import makes thousands of notices.
_TOGETHER_S = 0.2
#: Ending is noticed within so many seconds.
_LOOK_S = 1.0


class Listener(Protocol):
    """Who is told. Nothing raised here ends the listening."""

    def reached(self) -> None:
        """The server answers, for the first time or again: anything may have changed."""

    def heard(self, notice: Notice) -> None:
        """Another seat did something."""

    def beat(self) -> None:
        """Give a sign of life through the link; raises ``database_…`` where the server is gone."""


class Notices:
    """One thread with a connection of its own."""

    def __init__(self, link: Link, listener: Listener, own_seat: Callable[[], str], *, beat_s: float = BEAT_S) -> None:
        self._link = link
        self._listener = listener
        self._own_seat = own_seat
        self._beat_s = beat_s
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._work, name="team-notices", daemon=True)

    def start(self) -> None:
        """Begin to listen; from now on nobody else waits for a server that is away."""
        self._link.watched = True
        self._thread.start()

    def stop(self) -> None:
        """End within a second or so."""
        self._closed.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(_LOOK_S + 2)

    def _work(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._closed.is_set():
            try:
                with postgres_errors(self._link.address):
                    connection = postgres.connect(self._link.address)
                    try:
                        connection.execute(f"LISTEN {CHANNEL}")
                        self._listener.beat()
                        pause = _FIRST_PAUSE_S
                        self._tell(self._listener.reached)
                        self._listen(connection)
                    finally:
                        connection.close()
            except SeabridgeError as exc:
                self._link.lost(exc)
            except Exception as exc:
                _log.exception("listening to the team's database failed")
                self._link.lost(SeabridgeError(ErrorCode.INTERNAL, type(exc).__name__, report=""))
            self._closed.wait(pause)
            pause = min(2 * pause, MOST_PAUSE_S)

    def _listen(self, connection: Any) -> None:
        next_beat = time.monotonic() + self._beat_s
        while not self._closed.is_set():
            # what another thread met may have been one broken connection, or the server
            if time.monotonic() >= next_beat or self._link.problem is not None:
                self._listener.beat()
                next_beat = time.monotonic() + self._beat_s
            told = list(connection.notifies(timeout=_LOOK_S, stop_after=1))
            if told:
                told += connection.notifies(timeout=_TOGETHER_S)
            for notice in dict.fromkeys(read(each.payload) for each in told):
                if notice is not None and notice.seat != self._own_seat():
                    self._tell(lambda notice=notice: self._listener.heard(notice))  # type: ignore[misc]

    def _tell(self, word: Callable[[], None]) -> None:
        try:
            word()
        except Exception:
            _log.exception("a word of the team could not be acted on")
