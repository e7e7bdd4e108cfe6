"""Small rooms in memory that keep to the contract, and a desk that really listens."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from companion.compliance.feed.service import RulesFeed
from companion.conversations.chapters import Chapter
from companion.conversations.passages import hits as occurs
from companion.conversations.passages import passage
from companion.conversations.query import Query, parse
from companion.desk import Room, Running, serve
from companion.desk.client import ORIGIN, DeskClient, PairedWith
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import archive as a
from companion.protocol.methods import languages as lang
from companion.protocol.methods.desk import Check, StatusResult
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import (
    ArchivedMessage,
    Hold,
    LaterText,
    Pair,
    Stretch,
    ThreadMarks,
    ThreadRef,
    ThreadState,
    ThreadSummary,
)
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.runtime.settings import SettingsStore
from companion.translation.board import EngineBoard
from companion.translation.breaker import Breaker
from companion.translation.glossary.store import GlossaryStore
from companion.translation.memory.store import MemoryStore
from companion.translation.setup import EngineSetup

from .fake_catalogue import FakeFacts, FakeLinked, FakeManuals
from .fake_checks import FakeChecks, fake_checking
from .fake_inboxes import FakeInboxes
from .fake_messages import FakePictures, FakeTranslations

OTHER_ORIGIN = "chrome-extension://" + "b" * 32
FIREFOX_ORIGIN = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"
REF = ThreadRef(marketplace="tiktok", shop="7490001", region="US", thread="t-1", buyer="Maria")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 200


@dataclass
class Seen:
    thread_id: int
    thread: ThreadState
    rows: list[a.SeenRow]
    new_ids: list[int]
    images: list[a.WantedImage]
    buyer_texts: list[tuple[int, str]]


#: What the check of the archive counts.
COUNTED = ("threads", "messages", "listings", "manuals")


class FakeArchive:
    """Keeps messages by key; everything else is as small as the tests need."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.checks = FakeChecks()
        self.rows: list[dict[str, Any]] = []
        self.state = ThreadState(id=0, language="", language_source="unknown")
        self.marks = ThreadMarks(star=False, tags=[], note="", noted_at=None)
        self.shops = 1
        #: By message: later texts, and since when it is gone from the page.
        self.later: dict[int, list[LaterText]] = {}
        self.gone: dict[int, float] = {}
        self.kept: Hold | None = None
        self.drafts: list[a.DraftInsertedParams] = []
        self.fail: BaseException | None = None
        self.translations = FakeTranslations(self)
        self.pictures = FakePictures(self)
        self.inboxes = FakeInboxes(self)
        self.facts = FakeFacts(self)
        self.linked = FakeLinked(lambda: self.summary())
        self.manuals = FakeManuals()

    def see(self, seen: a.MessageSeenParams) -> Seen:
        if self.fail is not None:
            raise self.fail
        with self.lock:
            self.state.id = self.state.id or 1
            out = Seen(1, self.thread(seen.thread), [], [], [], [])
            for message in seen.messages:
                found = next((r for r in self.rows if r["key"] == message.key), None)
                if found is None:
                    found = {"id": len(self.rows) + 1, "key": message.key, "message": message}
                    self.rows.append(found)
                    out.new_ids.append(found["id"])
                    if message.direction == "buyer":
                        out.buyer_texts.append((found["id"], message.text))
                    out.images += [a.WantedImage(message=found["id"], url=url) for url in message.images]
                    out.rows.append(a.SeenRow(id=found["id"], status="new"))
                else:
                    out.rows.append(a.SeenRow(id=found["id"], status="known"))
            return out

    def thread(self, ref: ThreadRef) -> ThreadState:
        with self.lock:
            return ThreadState(
                id=self.state.id,
                language=self.state.language,
                language_source=self.state.language_source,
                tone=self.state.tone,
            )

    def set_language(self, ref: ThreadRef, language: str, source: Any) -> ThreadState:
        with self.lock:
            if not (source == "detected" and self.state.language_source == "seller"):
                self.state.language, self.state.language_source = language, source
        return self.thread(ref)

    def set_tone(self, ref: ThreadRef, tone: Any) -> ThreadState:
        with self.lock:
            self.state.tone = tone
        return self.thread(ref)

    def recent_texts(self, ref: ThreadRef, limit: int) -> list[tuple[str, str, str]]:
        with self.lock:
            return [
                (r["message"].direction, r["message"].text, self.translations.kept.get(r["id"], ("",) * 8)[6])
                for r in self.rows[-limit:]
            ]

    def orders_of(self, ref: ThreadRef, limit: int) -> list[str]:
        with self.lock:
            return [r["message"].order for r in self.rows if r["message"].order][:limit]

    def add_draft(self, draft: a.DraftInsertedParams) -> int:
        self.drafts.append(draft)
        return len(self.drafts)

    def summary(self) -> ThreadSummary:
        return ThreadSummary(
            id=1, marketplace="tiktok", shop="7490001", region="US", buyer="Maria", language=self.state.language,
            messages=len(self.rows), last_direction="buyer", last_text="", last_translation="", last_at=1.0,
            marks=self.marks,
            hold=self.kept,
        )  # fmt: skip

    def mark(self, asked: a.ThreadMarkParams) -> ThreadMarks:
        if asked.thread_id != 1:
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        given = {name: getattr(asked, name) for name in ("star", "tags", "note") if getattr(asked, name) is not None}
        self.marks = msgspec.structs.replace(self.marks, **given, noted_at=1.0 if asked.note else None)
        return self.marks

    def hold(self, thread_id: int, until: float | None) -> Hold:
        self.kept = Hold(until=until)
        return self.kept

    def held(self) -> list[ThreadSummary]:
        return [self.summary()] if self.kept else []

    def release(self, thread_id: int) -> None:
        self.kept = None

    def chapters(self, buyer: str, *_: Any) -> tuple[list[Chapter], bool]:
        told = [Chapter(self.summary(), 1.0, ("es",), "Quiero", 2.0, {"113-1": 1.5})] if buyer == "Maria" else []
        return told, False

    def threads(self, asked: a.ThreadListParams, language: str) -> a.ThreadListResult:
        return a.ThreadListResult(threads=[self.summary()][: asked.limit] if self.rows else [], more="")

    def messages(self, asked: a.ThreadMessagesParams, language: str) -> a.ThreadMessagesResult:
        if asked.thread_id != 1:
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        rows = self.rows[-asked.limit :]
        found = [
            ArchivedMessage(
                id=r["id"], direction=r["message"].direction, text=r["message"].text, time="", sent_at=None,
                observed_at=1.0, language="", translation="", engine="", match="none", ambiguous=False, images=[],
                later=self.later.get(r["id"], []), gone_at=self.gone.get(r["id"]), back_at=None,
                hits=self._marked(r["message"].text, asked.query), translation_hits=[],
            )
            for r in rows
        ]  # fmt: skip
        return a.ThreadMessagesResult(thread=self.summary(), messages=found, earlier=len(rows) < len(self.rows))

    def shop_count(self) -> int:
        return self.shops

    def search(self, asked: a.SearchParams, language: str) -> a.SearchResult:
        """Words and authors only, in the order asked for: "best" is the oldest first here."""
        query = parse(asked.query, datetime.date(2026, 9, 3))
        authors = {f.value for f in query.filters if f.kind == "from"}
        hits = [
            a.SearchHit(
                message_id=r["id"], thread_id=1, marketplace="tiktok", shop="7490001", buyer="Maria",
                direction=r["message"].direction, language="", at=1.0,
                text=passage(r["message"].text, query.wanted), translation=[], name=[], order=[], later=[],
            )
            for r in self.rows
            if all(occurs(r["message"].text, [phrase]) for phrase in query.wanted)
            if not authors or r["message"].direction in authors
        ]  # fmt: skip
        filters = [a.SearchFilter(kind=f.kind, value=f.value, without=f.without, text=f.text) for f in query.filters]
        ordered = hits if asked.sort == "best" else hits[::-1]
        return a.SearchResult(hits=ordered[: asked.limit], notes=self._noted(query), more="", filters=filters)

    def _noted(self, query: Query) -> list[a.NoteHit]:
        spans = passage(self.marks.note, query.wanted)
        note = a.NoteHit(thread_id=1, marketplace="tiktok", shop="7490001", buyer="Maria", at=1.0, note=spans)
        return [note] if query.wanted and occurs(self.marks.note, query.wanted) else []

    def _marked(self, text: str, query: str) -> list[Stretch]:
        wanted = parse(query, datetime.date(2026, 9, 3)).wanted
        return [Stretch(start=start, end=end) for start, end, _ in occurs(text, wanted)]


class FakeTranslator:
    """Translates by shouting, knows Spanish by its first letter, can be held up."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.hold = threading.Event()
        self.hold.set()
        self.installing = threading.Event()
        self.removed: list[tuple[str, str]] = []
        self.fail: BaseException | None = None
        self.preloaded: list[tuple[str, str]] = []
        #: (engine, context, whether remote engines may be asked) of each call.
        self.ways: list[tuple[str, Any, bool]] = []
        self.board = EngineBoard(dict, None, Breaker())
        #: Shop and names of each call; drafts kept.
        self.places: list[Any] = []
        self.drafts: list[a.DraftInsertedParams] = []
        #: How each text was to sound.
        self.manners: list[Any] = []
        self.glossary: Any = None
        self.memory: Any = None

    def preload(self, source: str, target: str) -> None:
        self.preloaded.append((source, target))
        self.hold.wait(20)
        if self.fail is not None:
            raise self.fail

    def remember(self, draft: a.DraftInsertedParams) -> bool:
        self.drafts.append(draft)
        if self.fail is not None:
            raise self.fail
        return True

    def others(self, item: TranslateItem, *, source: str, target: str, purpose: str, **around: Any) -> list[Translated]:
        return self.translate(
            [item, item], source=source, target=target, purpose=purpose, place=around["place"], manner=around["manner"]
        )

    def translate(
        self,
        items: list[TranslateItem],
        *,
        source: str,
        target: str,
        prior: str = "",
        purpose: str = "",
        engine: str = "",
        around: Any = None,
        ask_remote: bool = True,
        place: Any = None,
        manner: Any = None,
    ) -> list[Translated]:
        self.manners.append(manner)
        self.asked.append(
            {"texts": [i.text for i in items], "source": source, "target": target, "prior": prior, "purpose": purpose}
        )
        self.places.append(place)
        self.ways.append((engine, around() if around else None, ask_remote))
        self.hold.wait(20)
        if self.fail is not None:
            raise self.fail
        return [
            Translated(
                ref=i.ref, text=f"[{target}] {i.text}", source=source or ("es" if "¿" in i.text else prior or "en"),
                target=target, sure=True, engine="fake", match="machine", doubt=[], missing=[],
            )
            for i in items
        ]  # fmt: skip

    def package(self, source: str, target: str) -> lang.LanguagePackage:
        return lang.LanguagePackage(
            source=source, target=target, source_name=source, target_name=target, version="1", engine="argos",
            installed=True, size=10, checksum="verified",
        )  # fmt: skip

    def list(self, refresh: bool, engine: str = "argos") -> lang.LanguagesListResult:
        return lang.LanguagesListResult(packages=[self.package("es", "en")], index_at=1.0, index_error="")

    def install(
        self, source: str, target: str, progress: Callable[..., None], cancelled: Callable[[], bool], engine: str
    ) -> lang.LanguagesInstallResult:
        self.installing.set()
        pair = Pair(source=source, target=target)
        progress(lang.InstallProgress(stage="download", package=pair, done=1, total=2))
        while not self.hold.wait(0.02):
            if cancelled():
                raise SeabridgeError(ErrorCode.CANCELLED)
        progress(lang.InstallProgress(stage="load", package=pair, done=2, total=2))
        return lang.LanguagesInstallResult(packages=[self.package(source, target)])

    def install_file(self, path: Path, source: str = "", target: str = "") -> lang.LanguagePackage:
        if not path.exists():
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        return self.package("es", "en")

    def remove(self, source: str, target: str, engine: str = "argos") -> bool:
        self.removed.append((source, target))
        return True


@dataclass
class FakeRules:
    version: str = "r1"
    marketplaces: list[Any] = field(default_factory=list)


@dataclass
class Office:
    """A listening desk with its fakes."""

    room: Room
    running: Running
    archive: FakeArchive
    translator: FakeTranslator
    rules: FakeRules
    quit: threading.Event

    @property
    def port(self) -> int:
        return self.running.port

    @property
    def desk(self) -> Any:
        return self.running.desk

    def client(self, origin: str = ORIGIN) -> DeskClient:
        """A socket that said hello."""
        client = DeskClient(self.port, origin=origin)
        client.hello()
        return client

    def confirm(self, pairing: str, digits: str) -> None:
        """The seller, who compares before agreeing."""
        pending = self.desk.pairings.pending()
        assert pending is not None
        assert pending.digits == digits
        self.desk.pairings.confirm(pairing)

    def paired(self, origin: str = ORIGIN) -> PairedWith:
        """A fresh pairing."""
        with self.client(origin) as client:
            return client.pair(self.confirm)

    def proven(self, paired: PairedWith | None = None, origin: str = ORIGIN) -> DeskClient:
        """A proven socket."""
        paired = paired or self.paired(origin)
        client = self.client(origin)
        client.prove(paired)
        return client


def open_office(folder: Path, *, practice: bool = False, ports: tuple[int, ...] = (0,)) -> Office:
    """Start a desk on a free port."""
    paths = Paths(folder, practice).ready()
    documents = Documents(paths.documents)
    archive, translator, rules, quit_ = FakeArchive(), FakeTranslator(), FakeRules(), threading.Event()
    setup = EngineSetup(documents, Secrets(paths))
    translator.glossary, translator.memory = GlossaryStore(documents), MemoryStore(paths.memory)
    translator.board = EngineBoard(lambda: dict(setup.remotes()), setup, Breaker())
    room = Room(
        paths=paths,
        documents=documents,
        secrets=Secrets(paths),
        settings=SettingsStore(documents),
        open_archive=lambda: archive,
        open_translator=lambda: translator,
        rules=lambda: rules,
        open_checking=lambda: fake_checking(documents, archive.checks),
        status=lambda: StatusResult(
            version="9.9", practice=practice, started_at=1.0, threads=1, messages=len(archive.rows),
            checks=[Check(id="archive", state="ok", data=dict.fromkeys(COUNTED, "1"))],
        ),
        version="9.9",
        open_feed=lambda: RulesFeed(paths, documents, lambda _: ()),
        shutdown=quit_.set,
    )  # fmt: skip
    return Office(room, serve(room, ports), archive, translator, rules, quit_)


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for something to become true, on a busy machine too."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def seen(*messages: tuple[str, str, str], images: list[str] | None = None) -> a.MessageSeenParams:
    """message.seen of (key, direction, text) rows."""
    from companion.protocol.values import SeenMessage

    rows = [SeenMessage(key=k, direction=d, text=t, images=images or []) for k, d, t in messages]  # type: ignore[arg-type]
    return a.MessageSeenParams(thread=REF, messages=rows, observed_at=1_790_000_000.0)
