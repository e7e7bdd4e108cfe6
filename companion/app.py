"""The companion as a whole: its life from taking the data folder to letting go of it, and how it is."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from . import __version__
from .desk import Running, serve
from .housekeeping import Housekeeping
from .protocol.errors import SeabridgeError
from .protocol.methods.desk import Check, StatusResult
from .rooms import Rooms
from .runtime.lock import DataLock
from .runtime.logs import to_folder
from .runtime.paths import Paths

_log = logging.getLogger(__name__)

#: Seconds after the port opened before texts for the terminal, which somebody waits for, are loaded: the first hello
#: comes first.
_SAY_AFTER_S = 0.1
#: Longest wait for a team's database before it is said to be away.
_REACHED_S = 3.0


class App:
    """One companion on one data folder. ``start`` and ``stop``, or ``run`` to stay until told to end."""

    def __init__(self, paths: Paths, ports: Sequence[int] | None = None) -> None:
        self.paths = paths
        self._ports = ports
        self._held = ExitStack()
        self._started_at = 0.0
        self._rooms: Rooms | None = None
        self._running: Running | None = None
        self._housekeeping: Housekeeping | None = None
        self._ending = threading.RLock()
        self._ended = False

    @property
    def running(self) -> Running:
        """The open desk; only after ``start``."""
        assert self._running is not None
        return self._running

    @property
    def rooms(self) -> Rooms:
        """What the companion is made of; only after ``start``."""
        assert self._rooms is not None
        return self._rooms

    def start(self) -> Running:
        """Take the data folder, open the port. Raises ``already_running``, ``ports_taken`` and storage errors."""
        try:
            self._held.enter_context(DataLock(self.paths))
            to_folder(self.paths.logs)
            self._rooms = rooms = Rooms(
                self.paths, desk=lambda: self.running.desk, status=self.status, shutdown=self.stop
            )
            self._housekeeping = Housekeeping(rooms)
            self._started_at = time.time()
            self._running = serve(rooms.for_desk, self._ports)
            rooms.join_team()
        except BaseException:
            self._held.close()
            raise
        self._housekeeping.start()
        _log.info("listening on port %s, data in %s", self._running.port, self.paths.root)
        return self._running

    def stop(self) -> None:
        """Close everything in the reverse order; safe to call twice and from a request."""
        # A signal, the tray and a shutdown request may all ask at once; the later ones wait until all is closed,
        # so that the process does not end under the first. Re-entrant: a signal may arrive in the middle.
        with self._ending:
            if self._running is None or self._ended:
                return
            self._ended = True
            self._running.stop()
            if self._housekeeping is not None:
                self._housekeeping.stop()
            self.rooms.close()
            self._held.close()

    def run(self, *, on_listening: Callable[[int], None] = lambda _: None, tray: bool = True) -> None:
        """Start, show the tray where there is one, and stay until a signal, the tray or ``stop`` ends it."""
        running = self.start()
        for name in ("SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: self.stop())
        try:
            if not running.wait(_SAY_AFTER_S):
                on_listening(running.port)
            if tray:
                from . import tray_actions

                tray_actions.show(running, self.rooms.locale, self.stop, practice=self.paths.practice)
            while not running.wait(0.5):  # short waits, so that Ctrl+C is heard on Windows
                pass
        finally:
            self.stop()

    def status(self) -> StatusResult:
        """How the companion is. Opens the archive if nobody has."""
        from . import doctor, doctor_engines, doctor_rules, doctor_team

        team = self.rooms.team
        try:
            threads, messages = self.rooms.archive.counts()
        except SeabridgeError as exc:
            # a companion without its team's database is there all the same, and says so below
            if team is None or not exc.code.startswith("database_"):
                raise
            threads, messages = 0, 0
        checks = (
            doctor.data_folder,
            doctor.backup,
            doctor.pairing,
            doctor_engines.engine,
            doctor_engines.detection,
            doctor.rules,
            doctor_rules.feed,
            doctor.tray,
        )
        return StatusResult(
            version=__version__,
            practice=self.paths.practice,
            started_at=self._started_at,
            threads=threads,
            messages=messages,
            checks=[
                *([doctor_team.standing(team)] if team is not None else []),
                *doctor.examine(self.paths, checks),
            ],
        )

    def team_check(self) -> Check | None:
        """How it stands with the team's database, known within a few seconds of the start; None = there is no team."""
        from . import doctor_team

        team = self.rooms.team
        if team is None:
            return None
        team.link.wait(_REACHED_S)
        return doctor_team.standing(team)
