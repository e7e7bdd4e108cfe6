"""What the desk needs of the other rooms, opened when first used; ``companion/rooms.py`` fills it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..marketplaces import Problem, load_one
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import StatusResult
from ..protocol.pages import Marketplace
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from ..runtime.secrets import Secrets
from ..runtime.settings import SettingsStore
from ..translation.browsers import Browsers
from .team_api import ClaimsApi, TeamApi, Unshared

if TYPE_CHECKING:
    from ..backup.keeper import KeeperApi
    from ..compliance.checking import Checking
    from ..compliance.feed.service import RulesFeed
    from .archive_api import ArchiveApi
    from .translator_api import TranslatorApi

_UNSHARED = Unshared()


class RulesApi(Protocol):
    """The marketplaces' descriptions."""

    @property
    def version(self) -> str: ...
    @property
    def marketplaces(self) -> Sequence[Marketplace]: ...


@dataclass
class Room:
    """The bundle. Archive, translator and keeper are opened at first use: their libraries load slowly."""

    paths: Paths
    documents: Documents
    secrets: Secrets
    settings: SettingsStore
    open_archive: Callable[[], ArchiveApi]
    open_translator: Callable[[], TranslatorApi]
    rules: Callable[[], RulesApi]
    #: Checks of listings and messages; made at first use, as the rules take a moment to be read.
    open_checking: Callable[[], Checking]
    status: Callable[[], StatusResult]
    version: str
    #: Connected browsers that carry a translator; the desk tells of them, an engine asks them.
    browsers: Browsers = field(default_factory=Browsers)
    #: Faults of a marketplace's folder that came from somebody else, as ``seabridge marketplace check`` finds them.
    check_rules: Callable[[Path], Sequence[Problem]] = lambda folder: load_one(folder)[1]
    #: The seller's own descriptions on disk are others than before.
    rules_changed: Callable[[], None] = lambda: None
    #: The team whose archive this is; None = it is this seller's own.
    team: TeamApi | None = None
    #: None where a desk stands alone.
    open_keeper: Callable[[], KeeperApi] | None = None
    #: Makes the rules feed; None where a desk stands alone.
    open_feed: Callable[[], RulesFeed] | None = None
    #: Ends the companion; called from a request's thread.
    shutdown: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _archive: ArchiveApi | None = field(default=None, repr=False)
    _translator: TranslatorApi | None = field(default=None, repr=False)
    _checking: Checking | None = field(default=None, repr=False)
    _keeper: KeeperApi | None = field(default=None, repr=False)
    _feed: RulesFeed | None = field(default=None, repr=False)
    _archive_lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def archive(self) -> ArchiveApi:
        """The archive, opened once. What opening raises, every caller gets, and the next one tries again."""
        if self.team is not None:
            self.team.check()
        if self._archive is None:
            with self._archive_lock:
                if self._archive is None:
                    self._archive = self.open_archive()
        return self._archive

    def claims(self, language: str) -> ClaimsApi:
        """Which messages are ours to translate into a language behind the seller's work."""
        return self.team.translating(language) if self.team is not None else _UNSHARED

    @property
    def translator(self) -> TranslatorApi:
        """The translator, made once."""
        if self._translator is None:
            with self._lock:
                if self._translator is None:
                    self._translator = self.open_translator()
        return self._translator

    @property
    def checking(self) -> Checking:
        """The checks of listings and messages, made once."""
        if self._checking is None:
            with self._lock:
                if self._checking is None:
                    self._checking = self.open_checking()
        return self._checking

    @property
    def keeper(self) -> KeeperApi | None:
        """Backups, erasure and retention, made once; None where a desk stands alone."""
        if self._keeper is None and self.open_keeper is not None:
            with self._lock:
                if self._keeper is None:
                    self._keeper = self.open_keeper()
        return self._keeper

    @property
    def feed(self) -> RulesFeed:
        """Rules that move, made once. Raises ``unknown_method`` where a desk stands alone."""
        if self.open_feed is None:
            raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="rules")
        with self._lock:
            if self._feed is None:
                self._feed = self.open_feed()
            return self._feed

    @property
    def seller_language(self) -> str:
        """The language the seller reads."""
        return self.settings.get().seller_language
