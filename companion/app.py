"""The companion as a whole: the only file that knows every room."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from . import __version__
from .desk import Room, Running, serve
from .locales import resolve
from .marketplaces import rules_dir
from .opening import feed_of, follow, memory_of, team_of
from .protocol.errors import SeabridgeError
from .protocol.methods.desk import Check, StatusResult
from .runtime.documents import Documents
from .runtime.lock import DataLock
from .runtime.logs import to_folder
from .runtime.paths import Paths
from .runtime.schedule import Schedule
from .runtime.secrets import Secrets
from .runtime.settings import SettingsStore
from .translation.closings import ClosingWords

if TYPE_CHECKING:
    from pathlib import Path

    from .backup.keeper import Keeper
    from .compliance.checking import Checking
    from .compliance.feed.service import RulesFeed
    from .conversations import Archive
    from .conversations.imports.older import OlderImports
    from .desk.desk import Desk
    from .marketplaces import Loaded, Problem
    from .team.team import Ears, Team
    from .translation import Translator
    from .translation.memory.shared import SharedMemory

_log = logging.getLogger(__name__)

#: Seconds after the port opened before what loads slowly is loaded: the first hello comes first. Of that the texts for
#: the terminal, which somebody waits for, are loaded sooner.
_WARM_AFTER_S = 1.5
_SAY_AFTER_S = 0.1
#: A model nobody used for so long is put away (105-230 MB each).
_MODEL_IDLE_S = 600

#: Longest wait for a team's database before it is said to be away.
_REACHED_S = 3.0

#: How often to look whether the day's backup is made, and whether conversations are past their time.
_BACKUP_LOOK_S = 1800
_RETENTION_LOOK_S = 3600
#: How often messages that were imported without their languages have their turn.
_OLDER_IMPORTS_S = 20
#: How often to look whether the rules feed is to be asked again.
_FEED_LOOK_S = 1800


class App:
    """One companion on one data folder. ``start`` and ``stop``, or ``run`` to stay until told to end."""

    def __init__(self, paths: Paths, ports: Sequence[int] | None = None) -> None:
        self.paths = paths
        self._ports = ports
        self._held = ExitStack()
        self._schedule = Schedule()
        self._started_at = 0.0
        self._running: Running | None = None
        self._rules: Loaded | None = None
        self._rules_lock = threading.Lock()
        self._room: Room | None = None
        self._closings = ClosingWords(rules_dir())
        self._archive: Archive | None = None
        self._translator: Translator | None = None
        self._keeper: Keeper | None = None
        self._team: Team | None = None
        self._memory: SharedMemory | None = None
        self._ending = threading.RLock()
        self._ended = False

    @property
    def running(self) -> Running:
        """The open desk; only after ``start``."""
        assert self._running is not None
        return self._running

    def start(self) -> Running:
        """Take the data folder, open the port. Raises ``already_running``, ``ports_taken`` and storage errors."""
        try:
            self._held.enter_context(DataLock(self.paths))
            to_folder(self.paths.logs)
            self._team = team_of(self.paths)
            documents = self._team.documents if self._team is not None else Documents(self.paths.documents)
            self._room = Room(
                paths=self.paths,
                documents=documents,
                secrets=Secrets(self.paths),
                settings=SettingsStore(documents),
                open_archive=self._open_archive,
                open_translator=self._open_translator,
                rules=self._load_rules,
                open_checking=self._open_checking,
                rules_changed=self._forget_rules,
                check_rules=self._check_rules,
                status=self.status,
                version=__version__,
                open_keeper=self._open_keeper,
                open_feed=lambda: self._make_feed(documents),
                shutdown=self.stop,
            )
            if self._team is not None:
                self._memory = memory_of(self.paths, self._team)
                self._room.team = self._team
            self._started_at = time.time()
            self._running = serve(self._room, self._ports)
            if self._team is not None:
                self._team.start(self._ears(self._team, self._room, self._running.desk))
        except BaseException:
            self._held.close()
            raise
        warm = threading.Timer(_WARM_AFTER_S, self._warm)
        warm.daemon = True
        warm.start()
        self._held.callback(warm.cancel)
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
            self._schedule.stop()
            if self._team is not None:
                self._team.stop()
            for opened in (self._translator, self._archive):
                if opened is not None:
                    opened.close()
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

                tray_actions.show(running, self._locale, self.stop, practice=self.paths.practice)
            while not running.wait(0.5):  # short waits, so that Ctrl+C is heard on Windows
                pass
        finally:
            self.stop()

    def status(self) -> StatusResult:
        """How the companion is. Opens the archive if nobody has."""
        from . import doctor, doctor_engines, doctor_rules, doctor_team

        assert self._room is not None
        try:
            _ = self._room.archive
            threads, messages = self._archive.counts() if self._archive else (0, 0)
        except SeabridgeError as exc:
            # a companion without its team's database is there all the same, and says so below
            if self._team is None or not exc.code.startswith("database_"):
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
                *([doctor_team.standing(self._team)] if self._team is not None else []),
                *doctor.examine(self.paths, checks),
            ],
        )

    def team_check(self) -> Check | None:
        """How it stands with the team's database, known within a few seconds of the start; None = there is no team."""
        from . import doctor_team

        if self._team is None:
            return None
        self._team.link.wait(_REACHED_S)
        return doctor_team.standing(self._team)

    def _open_archive(self) -> Archive:
        from .conversations import Archive

        if self._team is not None:
            opened = Archive.of_team(self._team.archive_address)
            try:
                self._team.watch_archive()
            except BaseException:
                opened.close()
                raise
        else:
            opened = Archive.open(self.paths.archive, self.paths.files)
        self._archive = opened
        self._archive.closings = self._closings
        return self._archive

    def _open_keeper(self) -> Keeper:
        from .backup.keeper import Keeper

        assert self._room is not None
        room = self._room

        def forget(said: Sequence[str]) -> None:
            self._open_translator_of(room).forget(said)
            if self._team is not None:
                self._team.erased()

        self._keeper = Keeper(self.paths, room.documents, room.secrets, lambda: self._archive_of(room), forget)
        return self._keeper

    def _open_translator(self) -> Translator:
        from .translation import Translator
        from .translation.paid import PaidOnce
        from .translation.setup import EngineSetup

        assert self._room is not None
        setup = EngineSetup(self._room.documents, self._room.secrets)
        self._translator = Translator.for_paths(
            self.paths,
            setup,
            self._room.documents,
            self._room.browsers,
            self._memory,
            PaidOnce(self._team.paid_answers) if self._team is not None else None,
        )
        return self._translator

    def _open_checking(self) -> Checking:
        from .opening import checking_of

        assert self._room is not None
        room = self._room
        return checking_of(self.paths, room.documents, lambda: room.archive.checks)

    def _ears(self, team: Team, room: Room, desk: Desk) -> Ears:
        """What is done when colleagues change something, or when they may have."""
        from .team.team import Ears

        def documents(collection: str) -> None:
            if collection in ("", "settings"):
                room.settings.changed_elsewhere()
            if collection in ("", "own_words", "brands", "waivers"):
                desk.checks_changed()
            if collection in ("", "erased"):
                team.forget_erased(lambda: self._open_translator_of(room).forget_cache())
            if not collection:
                desk.backlog.look_again()

        def memory() -> None:
            if self._memory is not None:
                follow(self.paths, self._memory)

        return Ears(documents, desk.archive_changed, memory)

    def _alone(self, job: str, work: Callable[[], object]) -> Callable[[], None]:
        """A job of the schedule that one seat of a team does at a time."""

        def once() -> None:
            if self._team is None:
                work()
            else:
                self._team.alone(job, work)

        return once

    def _load_rules(self) -> Loaded:
        from .compliance.feed.descriptions import marketplaces_here

        with self._rules_lock:
            if self._rules is None:
                self._rules = marketplaces_here(self.paths)
            return self._rules

    def _make_feed(self, documents: Documents) -> RulesFeed:
        room = self._room
        assert room is not None
        feed = feed_of(
            self.paths,
            documents,
            self._check_rules,
            lambda: room.archive,
            lambda: self._open_translator_of(room).memory,
        )
        # the desk reads all descriptions anew and tells the extensions
        feed.subscribe(self.running.desk.rules_changed)
        return feed

    def _check_rules(self, folder: Path) -> list[Problem]:
        from .commands.marketplace_check import check

        return check(folder, self._locale(), shared=True).faults

    def _forget_rules(self) -> None:
        with self._rules_lock:
            self._rules = None

    def _warm(self) -> None:
        """Load what the first page will need, while nobody waits."""
        room = self._room
        assert room is not None
        keeper = self._keeper_of(room)
        slow: tuple[tuple[str, Callable[[], object]], ...] = (
            ("archive", lambda: room.archive),
            # before anything of it is shown: what was erased and is there again
            ("erasures", keeper.catch_up),
            ("rules", self._load_rules),
            ("closing words", lambda: self._closings.counted("")),
            # Compiled once after an update (about 2.5 s); no language is loaded before somebody speaks it.
            ("phrasebook", lambda: self._open_translator_of(room).book.languages()),
        )
        for what, load in slow:
            try:
                load()
            except Exception:  # the first request that needs it gets the error with its code
                _log.exception("could not open %s", what)
        self._schedule.every("unload idle models", 60, self._unload)
        self._schedule.every("daily backup", _BACKUP_LOOK_S, self._alone("backup", keeper.backup_if_due))
        self._schedule.every("retention", _RETENTION_LOOK_S, self._alone("retention", keeper.sweep_if_due))
        older = self._older_imports(room)
        turn = self._alone("languages of imports", older.turn)
        self._schedule.every("languages of imports", _OLDER_IMPORTS_S, lambda: older.done or turn())
        # every seat has the rules on its own disk and asks for itself, at a time of its own
        self._schedule.every("rules feed", _FEED_LOOK_S, lambda: room.feed.check_if_due())
        self._schedule.start()
        self._check_feed(room)

    def _older_imports(self, room: Room) -> OlderImports:
        from .conversations.imports.older import OlderImports

        def tell(texts: Sequence[str], prior: str) -> tuple[Sequence[tuple[str, bool]], str]:
            # knowing languages takes 17 MB, and mostly there is nothing to tell
            from .translation.telling import languages_of

            return languages_of(texts, prior)

        def name() -> str:
            return self._archive_of(room).keeping.short_name()

        return OlderImports(lambda: self._archive_of(room).imported_languages, name, room.documents, tell)

    def _check_feed(self, room: Room) -> None:
        """Right after the start too: a computer that is on for half an hour a day never sees the schedule's turn."""
        try:
            room.feed.check_if_due()
        except Exception:  # the next turn tries again
            _log.exception("the rules feed was not asked")

    def _archive_of(self, room: Room) -> Archive:
        _ = room.archive
        assert self._archive is not None
        return self._archive

    def _open_translator_of(self, room: Room) -> Translator:
        _ = room.translator
        assert self._translator is not None
        return self._translator

    def _keeper_of(self, room: Room) -> Keeper:
        _ = room.keeper
        assert self._keeper is not None
        return self._keeper

    def _unload(self) -> None:
        if self._translator is not None:
            self._translator.unload_idle(_MODEL_IDLE_S)

    def _locale(self) -> str:
        assert self._room is not None
        return resolve(self._room.settings.get().locale)
