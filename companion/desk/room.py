"""What the desk needs of the other rooms; ``app.py`` fills it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..marketplaces import Problem, load_one
from ..protocol.methods.archive import (
    DraftInsertedParams,
    MessageSeenParams,
    SearchParams,
    SearchResult,
    SeenRow,
    ThreadListParams,
    ThreadListResult,
    ThreadMarkParams,
    ThreadMessagesParams,
    ThreadMessagesResult,
    WantedImage,
)
from ..protocol.methods.desk import StatusResult
from ..protocol.methods.engines import (
    EnginesOrderParams,
    EnginesResult,
    EnginesSaveParams,
    EnginesTestParams,
    EnginesTestResult,
)
from ..protocol.methods.inbox import InboxListParams, InboxListResult, InboxSeenParams, InboxWatch
from ..protocol.methods.languages import InstallProgress, LanguagePackage, LanguagesInstallResult, LanguagesListResult
from ..protocol.methods.translate import Translated, TranslateItem
from ..protocol.pages import Marketplace
from ..protocol.values import Hold, LanguageSource, ThreadMarks, ThreadRef, ThreadState, ThreadSummary, ToneOrNone
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from ..runtime.secrets import Secrets
from ..runtime.settings import SettingsStore
from ..translation.browsers import Browsers
from ..translation.remote.context import Context

if TYPE_CHECKING:
    from ..backup.keeper import KeeperApi
    from ..compliance.checking import Checking
    from ..conversations.chapters import Chapter
    from ..conversations.checked import Checks
    from ..conversations.facts import Look, Said, Subject
    from ..conversations.imports.asked import ImportAsked, ImportReport
    from ..conversations.ledger import Erasure
    from ..conversations.linked import Linked
    from ..conversations.manuals import Manuals
    from ..translation.glossary.store import GlossaryStore
    from ..translation.memory.store import MemoryStore
    from ..translation.tone.manner import Manner
    from ..translation.wording import Place


class SeenApi(Protocol):
    """What ``archive.see`` returns."""

    @property
    def thread_id(self) -> int: ...
    @property
    def thread(self) -> ThreadState: ...
    @property
    def rows(self) -> Sequence[SeenRow]: ...
    @property
    def images(self) -> Sequence[WantedImage]: ...
    @property
    def buyer_texts(self) -> Sequence[tuple[int, str]]:
        """Id and text of every new buyer message."""


class ArchiveApi(Protocol):
    """The archive as the desk uses it. Thread-safe; what returned is durable."""

    def see(self, seen: MessageSeenParams, /) -> SeenApi: ...
    def thread(self, ref: ThreadRef, /) -> ThreadState: ...
    def set_language(self, ref: ThreadRef, language: str, source: LanguageSource, /) -> ThreadState: ...
    def set_tone(self, ref: ThreadRef, tone: ToneOrNone, /) -> ThreadState: ...
    def mark(self, params: ThreadMarkParams, /) -> ThreadMarks: ...
    def hold(self, thread_id: int, until: float | None, /) -> Hold: ...
    def release(self, thread_id: int, /) -> None: ...
    def held(self) -> list[ThreadSummary]: ...
    def recent_texts(self, ref: ThreadRef, limit: int, /) -> Sequence[tuple[str, str, str]]: ...
    def orders_of(self, ref: ThreadRef, limit: int, /) -> Sequence[str]: ...
    def add_translation(
        self,
        message_id: int,
        target: str,
        text: str,
        engine: str,
        match: Any,
        doubt: list[str],
        language: str,
        sure: bool,
        /,
        *,
        replace: bool = True,
    ) -> None: ...
    def retake_translation(
        self, ref: ThreadRef, original: str, target: str, text: str, engine: str, match: Any, doubt: list[str], /
    ) -> int: ...
    def untranslated(self, limit: int, /) -> Sequence[tuple[int, str, int]]: ...
    def add_draft(self, draft: DraftInsertedParams, /) -> int: ...
    # ``language``: the one whose translations are shown first.
    def threads(self, asked: ThreadListParams, language: str, /) -> ThreadListResult: ...
    def messages(self, asked: ThreadMessagesParams, language: str, /) -> ThreadMessagesResult: ...
    def search(self, asked: SearchParams, language: str, /) -> SearchResult: ...
    def see_inbox(self, seen: InboxSeenParams, /) -> int: ...
    def hear_watches(self, watcher: str, watches: list[InboxWatch], /) -> None: ...
    def inbox(self, asked: InboxListParams, /) -> InboxListResult: ...
    def store_image(self, message_id: int, url: str, data: bytes, type: str, /) -> str: ...
    def image(self, sha256: str, /) -> bytes: ...
    def import_file(
        self, asked: ImportAsked, marketplaces: Callable[[], Sequence[Marketplace]], erasures: Sequence[Erasure], /
    ) -> ImportReport: ...
    def note_facts(self, kind: str, looks: Sequence[Look], at: float, /) -> None: ...
    @property
    def linked(self) -> Linked: ...
    @property
    def manuals(self) -> Manuals: ...
    @property
    def checks(self) -> Checks: ...
    def facts(self, kind: str, ref: str, limit: int = ..., /) -> list[Subject]: ...
    def said(self, kind: str, fields: Sequence[str], marketplace: str = ..., /) -> list[Said]: ...
    def facts_of(self, ids: Sequence[int], /) -> list[Subject]: ...
    def bought(self, buyer: str, /) -> list[Subject]: ...
    def chapters(self, buyer: str, marketplace: str, limit: int, language: str, /) -> tuple[list[Chapter], bool]: ...
    def conversations_about(self, marketplace: str, order: str, /) -> Sequence[int]: ...
    def link(self, thread_id: int, kind: str, ref: str, /) -> None: ...


class ClaimsApi(Protocol):
    """Which messages are ours to work on, where several companions share an archive."""

    def take(self, messages: Sequence[int], /) -> frozenset[int]:
        """Claim messages by id; those that are ours now."""

    def give_back(self, messages: Sequence[int], /) -> None:
        """They could not be done here."""

    def done(self, messages: Sequence[int], /) -> None:
        """They are done."""


class Unshared:
    """All messages are ours: nobody else works on this archive."""

    def take(self, messages: Sequence[int], /) -> frozenset[int]:
        """All of them."""
        return frozenset(messages)

    def give_back(self, messages: Sequence[int], /) -> None:
        """Nobody waits for them."""

    def done(self, messages: Sequence[int], /) -> None:
        """Nobody else would do them again."""


_UNSHARED = Unshared()


class TeamApi(Protocol):
    """The team this companion is a seat of, as the desk needs it."""

    @property
    def translating(self) -> ClaimsApi:
        """Claims of messages to be translated behind the seller's work."""

    def answers(self, thread_id: int, /) -> None:
        """This seat put a reply into a conversation; colleagues see it for some minutes. Raises nothing."""

    def who_answers(self, thread_ids: Sequence[int], /) -> Mapping[int, str]:
        """Conversations a colleague is answering, with the name of the seat. Raises nothing."""

    def check(self) -> None:
        """Raises ``database_…`` at once where the database is known to be away: to ask it would cost seconds."""

    def rename(self, name: str, /) -> str:
        """Call this seat otherwise; the name as it is shown."""


class BoardApi(Protocol):
    """The engines as the seller sees and changes them."""

    def all(self, source: str = "", target: str = "", /) -> EnginesResult: ...
    def save(self, params: EnginesSaveParams, /) -> EnginesResult: ...
    def remove(self, name: str, /) -> EnginesResult: ...
    def order(self, params: EnginesOrderParams, /) -> EnginesResult: ...
    def test(self, params: EnginesTestParams, asker: object = None, /) -> EnginesTestResult: ...


class TranslatorApi(Protocol):
    """The translator as the desk uses it."""

    # ``around`` is asked for the context when an engine takes one; ``ask_remote`` False: nothing leaves this machine.
    def translate(
        self,
        items: list[TranslateItem],
        *,
        source: str,
        target: str,
        prior: str = "",
        purpose: str = "",
        engine: str = "",
        around: Callable[[], Context] = ...,
        ask_remote: bool = True,
        place: Place = ...,
        manner: Manner = ...,
    ) -> list[Translated]: ...
    def others(
        self,
        item: TranslateItem,
        /,
        *,
        source: str,
        target: str,
        purpose: str,
        place: Place,
        around: Callable[[], Context],
        manner: Manner = ...,
    ) -> list[Translated]:
        """Every different answer for a text, best first."""

    def preload(self, source: str, target: str, /) -> None:
        """Load the models of a pair, where its first engine runs on this machine."""

    def remember(self, draft: DraftInsertedParams, /) -> bool:
        """Keep what the seller sent as a pair of the memory; whether it was one."""

    @property
    def glossary(self) -> GlossaryStore: ...
    @property
    def memory(self) -> MemoryStore: ...
    @property
    def board(self) -> BoardApi: ...
    def list(self, refresh: bool, engine: str, /) -> LanguagesListResult: ...
    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
        engine: str,
        /,
    ) -> LanguagesInstallResult: ...
    def install_file(self, path: Path, source: str, target: str, /) -> LanguagePackage: ...
    def remove(self, source: str, target: str, engine: str, /) -> bool: ...


class RulesApi(Protocol):
    """The marketplaces' descriptions."""

    @property
    def version(self) -> str: ...
    @property
    def marketplaces(self) -> Sequence[Marketplace]: ...


@dataclass
class Room:
    """The bundle. Archive and translator are opened at first use, off the start: their libraries load slowly."""

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
    #: Backups, erasure and retention; None where a desk stands alone.
    keeper: KeeperApi | None = None
    #: Ends the companion; called from a request's thread.
    shutdown: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _archive: ArchiveApi | None = field(default=None, repr=False)
    _translator: TranslatorApi | None = field(default=None, repr=False)
    _checking: Checking | None = field(default=None, repr=False)
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

    @property
    def claims(self) -> ClaimsApi:
        """Which messages are ours to translate behind the seller's work."""
        return self.team.translating if self.team is not None else _UNSHARED

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
    def seller_language(self) -> str:
        """The language the seller reads."""
        return self.settings.get().seller_language
