"""The one update of the rules that may run, watched from wherever the seller looks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .one_job import OneJob
from .room import Room

if TYPE_CHECKING:
    from ..compliance.feed.told import ToldUpdate
    from .rules_asked import Locale
    from .rules_told import UpdateState


class Updating:
    """In a thread of its own."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._job = OneJob("rules")
        self._lock = threading.Lock()
        self._at = ("", 0, 0)
        self._result: ToldUpdate | None = None

    def start(self, address: str, data: bytes | None, accept: str, locale: Locale) -> UpdateState:
        """Begin; watch it with ``state``. Raises ``busy``."""
        from ..compliance.feed.told import told_update

        feed = self._room.feed

        def work() -> None:
            with self._lock:
                self._at, self._result = ("", 0, 0), None
            done = feed.update(address, data, accept, locale=locale, progress=self._note)
            with self._lock:
                self._result = told_update(done, locale)

        self._job.start(work)
        return self.state()

    def state(self) -> UpdateState:
        """Where it stands."""
        from .rules_told import UpdateState

        state, error = self._job.state()
        with self._lock:
            stage, done, total = self._at
            result = self._result if state == "done" else None
        return UpdateState(state=state, error=error, stage=stage, done=done, total=total, result=result)

    def _note(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            self._at = stage, done, total
