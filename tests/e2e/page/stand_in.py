"""A companion whose desk is the real one; archive and translator are small, quick and predictable."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from companion.desk import Room, Running, serve
from companion.marketplaces import load
from companion.practice.browser import PracticeBrowser
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import archive as a
from companion.protocol.methods import languages as lang
from companion.protocol.methods.desk import SettingsSetParams, StatusResult
from companion.protocol.methods.inbox import InboxListResult
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Pair, SeenMessage, ThreadRef, ThreadState
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.runtime.settings import SettingsStore
from companion.translation.board import EngineBoard
from companion.translation.browsers import Browsers
from companion.translation.service import Translator
from companion.translation.setup import EngineSetup
from tests.unit.desk.fake_checks import FakeChecks, fake_checking


@dataclass
class Seen:
    thread: ThreadState
    rows: list[a.SeenRow]
    images: list[a.WantedImage]
    buyer_texts: list[tuple[int, str]]


class NoInboxes:
    """Nobody waits."""

    def see(self, _: Any) -> int:
        return 0

    def hear(self, *_: Any) -> None: ...

    def waiting(self, _: Any) -> InboxListResult:
        return InboxListResult(unanswered=[], total=0, inboxes=[])


class NoTranslations:
    """None is kept, and none is missing."""

    def missing(self, limit: int) -> list[tuple[int, str, int]]:
        return []

    def missing_into(self, target: str, limit: int) -> list[tuple[int, str, int]]:
        return []

    def add(self, *_: Any, **__: Any) -> None: ...

    def retake(self, *_: Any) -> int:
        return 0


class Memory:
    """Threads with the messages seen in them; rows are told apart by direction, text and time."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.windows: list[a.MessageSeenParams] = []
        self.states: dict[tuple[str, ...], ThreadState] = {}
        self.rows: dict[tuple[str, ...], list[SeenMessage]] = {}
        self.drafts: list[a.DraftInsertedParams] = []
        self.serial = 0
        self.inboxes = NoInboxes()
        self.translations = NoTranslations()

    @staticmethod
    def key(ref: ThreadRef) -> tuple[str, ...]:
        return (ref.marketplace, ref.shop, ref.region, ref.thread)

    def thread(self, ref: ThreadRef) -> ThreadState:
        with self.lock:
            return self.states.get(self.key(ref), ThreadState(id=0, language="", language_source="unknown"))

    def set_language(self, ref: ThreadRef, language: str, source: Any) -> ThreadState:
        with self.lock:
            known = self.thread(ref)
            if source == "detected" and known.language_source == "seller":
                return known
            state = ThreadState(
                id=known.id, language=language, language_source=source if language else "unknown", tone=known.tone
            )
            self.states[self.key(ref)] = state
            return state

    def set_tone(self, ref: ThreadRef, tone: Any) -> ThreadState:
        with self.lock:
            state = msgspec.structs.replace(self.thread(ref), tone=tone)
            self.states[self.key(ref)] = state
            return state

    def see(self, seen: a.MessageSeenParams) -> Seen:
        with self.lock:
            self.windows.append(seen)
            key = self.key(seen.thread)
            rows = self.rows.setdefault(key, [])
            state = self.thread(seen.thread)
            if not state.id:
                state = msgspec.structs.replace(state, id=len(self.rows))
                self.states[key] = state
            out = Seen(state, [], [], [])
            for message in seen.messages:
                new = message not in rows
                if new:
                    rows.append(message)
                self.serial += 1
                out.rows.append(a.SeenRow(id=self.serial, status="new" if new else "known"))
            return out

    def recent_texts(self, ref: ThreadRef, limit: int) -> list[tuple[str, str, str]]:
        return []

    def orders_of(self, *_: Any) -> list[str]:
        return []

    def add_draft(self, draft: a.DraftInsertedParams) -> int:
        self.drafts.append(draft)
        return len(self.drafts)

    def texts(self, thread: str) -> list[str]:
        """Everything archived of a thread, in order of first sight."""
        with self.lock:
            return [message.text for key, rows in self.rows.items() if key[3] == thread for message in rows]


class Glossary:
    """Answers at once, with words that show which way they went; ``say`` sets an answer, ``none`` takes a pair away.

    The engines the seller sets up, and what is asked of one by name, are ``real``.
    """

    real: Translator | None = None

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.say: dict[str, Translated] = {}
        self.none: set[str] = set()
        #: Closed, it keeps answers and installations waiting.
        self.gate = threading.Event()
        self.gate.set()
        self.fail: SeabridgeError | None = None
        #: Text to seconds the engine took for it.
        self.took: dict[str, float] = {}
        #: Engines asked by name, with the texts.
        self.named: list[tuple[str, list[str]]] = []

    @property
    def board(self) -> EngineBoard:
        assert self.real
        return self.real.board

    def preload(self, source: str, target: str) -> None: ...

    def list(self, refresh: bool, engine: str) -> lang.LanguagesListResult:
        assert self.real
        return self.real.list(refresh, engine)

    def translate(
        self, items: list[TranslateItem], *, source: str, target: str, prior: str = "", engine: str = "", **more: Any
    ) -> list[Translated]:
        begin = time.perf_counter()
        if engine and self.real:
            self.named.append((engine, [item.text for item in items]))
            return self.real.translate(items, source=source, target=target, prior=prior, engine=engine)
        if self.fail:
            raise self.fail
        self.gate.wait(30)
        answers = [self._one(item, source or prior or "es", target) for item in items]
        manner = more.get("manner")
        if manner and manner.tone not in ("", "plain"):
            answers = [msgspec.structs.replace(one, text=f"{manner.tone}: {one.text}") for one in answers]
        for item in items:
            self.asked.append((item.text, target))
            self.took[item.text] = time.perf_counter() - begin
        return answers

    def _one(self, item: TranslateItem, source: str, target: str) -> Translated:
        if item.text in self.say:
            known = self.say[item.text]
            return Translated(**{name: getattr(known, name) for name in known.__struct_fields__} | {"ref": item.ref})
        if target in self.none or source in self.none:
            missing = [Pair(source=source, target=target)]
            return made(item.ref, "", source, target, match="none", engine="", missing=missing)
        text = f"译文（{item.text}）" if target == "zh" else f"{target} text of {len(item.text)} signs"
        return made(item.ref, text, source, target)

    def install(
        self, source: str, target: str, progress: Any, cancelled: Any, engine: str
    ) -> lang.LanguagesInstallResult:
        for done in range(0, 101, 20):
            progress(
                lang.InstallProgress(stage="download", package=Pair(source=source, target=target), done=done, total=100)
            )
            self.gate.wait(30)
        self.none.clear()
        return lang.LanguagesInstallResult(packages=[])


def made(ref: str, text: str, source: str, target: str, **more: Any) -> Translated:
    """A machine translation with the usual rest."""
    rest: dict[str, Any] = {"sure": True, "engine": "argos", "match": "machine", "doubt": [], "missing": []}
    return Translated(ref=ref, text=text, source=source, target=target, **(rest | more))


@dataclass
class Office:
    """The listening desk and its rooms."""

    folder: Path
    archive: Memory = field(default_factory=Memory)
    translator: Glossary = field(default_factory=Glossary)
    checks: FakeChecks = field(default_factory=FakeChecks)
    running: Running | None = None

    def open(self, port: int = 0) -> Office:
        """Listen; on a given port after a ``close``."""
        paths = Paths(self.folder, True).ready()
        documents = Documents(paths.documents)
        settings = SettingsStore(documents)
        settings.set(SettingsSetParams(locale="zh_CN"))
        secrets = Secrets(paths)
        browsers = Browsers()
        setup = EngineSetup(documents, secrets)
        self.translator.real = Translator(
            paths.packages, None, self.folder / "no phrases", setup=setup, browsers=browsers
        )
        room = Room(
            paths=paths,
            documents=documents,
            secrets=secrets,
            settings=settings,
            open_archive=lambda: self.archive,  # type: ignore[arg-type,return-value]
            open_translator=lambda: self.translator,  # type: ignore[arg-type,return-value]
            rules=load,
            open_checking=lambda: fake_checking(documents, self.checks),
            status=lambda: StatusResult(version="1", practice=True, started_at=1.0, threads=0, messages=0, checks=[]),
            version="1",
            browsers=browsers,
            shutdown=lambda: None,
        )
        self.running = serve(room, (port,))
        return self

    @property
    def port(self) -> int:
        assert self.running
        return self.running.port

    def switch_locale(self, locale: Literal["zh_CN", "en"]) -> None:
        """The interface's language, as the dashboard sets it."""
        assert self.running
        self.running.desk.room.settings.set(SettingsSetParams(locale=locale))

    def close(self) -> None:
        if self.running:
            self.running.stop()

    def pair(self, browser: PracticeBrowser) -> None:
        """Once through the options page, as a seller does."""
        page = browser.page(browser.own_page("options.html"))
        page.evaluate("() => chrome.runtime.sendMessage({type: 'own.pair.start'})")
        page.locator("#same").click()
        self.confirm_pairing()
        page.wait_for_function(
            "async () => (await chrome.runtime.sendMessage({type: 'own.state'})).ok?.state.link === 'ready'",
            polling=100,
        )
        page.close()

    def confirm_pairing(self, seconds: float = 15) -> None:
        """Agree to the pairing that is being asked for."""
        end = time.monotonic() + seconds
        assert self.running
        while (pending := self.running.desk.pairings.pending()) is None:
            assert time.monotonic() < end, "nobody asked to pair"
            time.sleep(0.02)
        self.running.desk.pairings.confirm(pending.pairing)


def offline() -> SeabridgeError:
    """What an engine says that cannot work now."""
    return SeabridgeError(ErrorCode.ENGINE_FAILED)
