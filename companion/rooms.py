"""Every room of a data folder, opened when first needed; what one room needs of another is handed to it here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from . import __version__
from .desk import Room
from .locales import resolve
from .marketplaces import rules_dir
from .opening import checking_of, feed_of, follow, memory_of, team_of
from .runtime.documents import Documents
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
    from .desk import Desk
    from .marketplaces import Loaded, Problem
    from .protocol.methods.desk import StatusResult
    from .runtime.paths import Paths
    from .team.team import Ears, Team
    from .translation import Translator


class Rooms:
    """The rooms of a data folder whose lock is held. ``for_desk`` is what the desk knows of them, and opens them.

    ``desk`` is asked for once it is open; ``status`` and ``shutdown`` are the companion's. Raises storage errors.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        desk: Callable[[], Desk],
        status: Callable[[], StatusResult],
        shutdown: Callable[[], None],
    ) -> None:
        self.paths = paths
        self.team = team_of(paths)
        self.closings = ClosingWords(rules_dir())
        self._desk = desk
        self._memory = memory_of(paths, self.team) if self.team is not None else None
        self._archive: Archive | None = None
        self._translator: Translator | None = None
        self._keeper: Keeper | None = None
        self._rules: Loaded | None = None
        self._rules_lock = threading.Lock()
        documents = self.team.documents if self.team is not None else Documents(paths.documents)
        self.for_desk = Room(
            paths=paths,
            documents=documents,
            secrets=Secrets(paths),
            settings=SettingsStore(documents),
            open_archive=self._open_archive,
            open_translator=self._open_translator,
            rules=self.rules,
            open_checking=self._open_checking,
            rules_changed=self._forget_rules,
            check_rules=self._check_rules,
            team=self.team,
            status=status,
            version=__version__,
            open_keeper=self._open_keeper,
            open_feed=self._open_feed,
            shutdown=shutdown,
        )

    @property
    def archive(self) -> Archive:
        """The archive. Raises what opening raises; the next call tries again."""
        _ = self.for_desk.archive
        assert self._archive is not None
        return self._archive

    @property
    def translator(self) -> Translator:
        """The translator, made once."""
        _ = self.for_desk.translator
        assert self._translator is not None
        return self._translator

    @property
    def keeper(self) -> Keeper:
        """Backups, erasure and retention, made once."""
        _ = self.for_desk.keeper
        assert self._keeper is not None
        return self._keeper

    @property
    def feed(self) -> RulesFeed:
        """The rules feed, made once."""
        return self.for_desk.feed

    def rules(self) -> Loaded:
        """The marketplaces' descriptions, read once and again after they changed."""
        from .compliance.feed.descriptions import marketplaces_here

        with self._rules_lock:
            if self._rules is None:
                self._rules = marketplaces_here(self.paths)
            return self._rules

    def locale(self) -> str:
        """The language the seller reads the program in."""
        return resolve(self.for_desk.settings.get().locale)

    def older_imports(self) -> OlderImports:
        """What gives languages to messages that were imported before an import told them."""
        from .conversations.imports.older import OlderImports

        def tell(texts: Sequence[str], prior: str) -> tuple[Sequence[tuple[str, bool]], str]:
            # knowing languages takes 17 MB, and mostly there is nothing to tell
            from .translation.telling import languages_of

            return languages_of(texts, prior)

        def name() -> str:
            return self.archive.keeping.short_name()

        return OlderImports(lambda: self.archive.imported_languages, name, self.for_desk.documents, tell)

    def unload_idle(self, seconds: float) -> None:
        """Give back the memory of models unused for that long, if any were loaded."""
        if self._translator is not None:
            self._translator.unload_idle(seconds)

    def join_team(self) -> None:
        """Begin to hear what colleagues change; to be called once the desk is open."""
        if self.team is not None:
            self.team.start(self._ears(self.team, self._desk()))

    def close(self) -> None:
        """Leave the team and close what was opened."""
        if self.team is not None:
            self.team.stop()
        for opened in (self._translator, self._archive):
            if opened is not None:
                opened.close()

    def _open_archive(self) -> Archive:
        from .conversations import Archive

        if self.team is not None:
            opened = Archive.of_team(self.team.archive_address)
            try:
                self.team.watch_archive()
            except BaseException:
                opened.close()
                raise
        else:
            opened = Archive.open(self.paths.archive, self.paths.files)
        self._archive = opened
        self._archive.closings = self.closings
        return self._archive

    def _open_keeper(self) -> Keeper:
        from .backup.keeper import Keeper

        def forget(said: Sequence[str]) -> None:
            self.translator.forget(said)
            if self.team is not None:
                self.team.erased()

        room = self.for_desk
        self._keeper = Keeper(self.paths, room.documents, room.secrets, lambda: self.archive, forget)
        return self._keeper

    def _open_translator(self) -> Translator:
        from .translation import Translator
        from .translation.paid import PaidOnce
        from .translation.setup import EngineSetup

        room = self.for_desk
        self._translator = Translator.for_paths(
            self.paths,
            EngineSetup(room.documents, room.secrets),
            room.documents,
            room.browsers,
            self._memory,
            PaidOnce(self.team.paid_answers) if self.team is not None else None,
        )
        return self._translator

    def _open_checking(self) -> Checking:
        room = self.for_desk
        return checking_of(self.paths, room.documents, lambda: room.archive.checks)

    def _open_feed(self) -> RulesFeed:
        room = self.for_desk
        feed = feed_of(
            self.paths, room.documents, self._check_rules, lambda: room.archive, lambda: self.translator.memory
        )
        # the desk reads all descriptions anew and tells the extensions
        feed.subscribe(self._desk().rules_changed)
        return feed

    def _check_rules(self, folder: Path) -> list[Problem]:
        from .commands.marketplace_check import check

        return check(folder, self.locale(), shared=True).faults

    def _forget_rules(self) -> None:
        with self._rules_lock:
            self._rules = None

    def _ears(self, team: Team, desk: Desk) -> Ears:
        """What is done when colleagues change something, or when they may have."""
        from .team.team import Ears

        def documents(collection: str) -> None:
            if collection in ("", "settings"):
                self.for_desk.settings.changed_elsewhere()
            if collection in ("", "own_words", "brands", "waivers"):
                desk.checks_changed()
            if collection in ("", "erased"):
                team.forget_erased(lambda: self.translator.forget_cache())
            if not collection:
                desk.backlog.look_again()

        def memory() -> None:
            if self._memory is not None:
                follow(self.paths, self._memory)

        return Ears(documents, desk.archive_changed, memory)
