"""A throw-away archive, and windows as a page would send them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import settings

from companion.conversations import Archive
from companion.conversations.files import Shared
from companion.conversations.imports.asked import ImportAsked, ImportReport
from companion.marketplaces import load
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.database_url import parse

if TYPE_CHECKING:
    from tests.postgres import Server

# The disk and the neighbours on a test machine are no property of the code.
settings.register_profile("archive", deadline=None)
settings.load_profile("archive")

#: Thursday, 3 September 2026, 15:30 in Shanghai.
NOW = 1788420600.0


class Window(Protocol):
    def __call__(self, *rows: Any, thread: str = ..., at: float = ..., **more: Any) -> MessageSeenParams: ...


def thread_ref(thread: str = "t1", **more: Any) -> ThreadRef:
    return ThreadRef(
        **{"marketplace": "shopee", "shop": "shop1", "region": "sg", "thread": thread, "buyer": "Ana", **more}
    )


def one(row: Any) -> SeenMessage:
    """ "text" is the buyer's, "<text" the seller's, "=text" the system's; a tuple adds the time label; or fields."""
    if isinstance(row, dict):
        return SeenMessage(**{"direction": "buyer", "text": "", **row})
    text, label = row if isinstance(row, tuple) else (row, "")
    direction = {"<": "seller", "=": "system"}.get(text[:1], "buyer")
    return SeenMessage(direction=direction, text=text.lstrip("<="), time=label)


def window_of(*rows: Any, thread: str = "t1", at: float = NOW, **more: Any) -> MessageSeenParams:
    fields = {"timezone": "Asia/Shanghai", "page_language": "en", **more}
    return MessageSeenParams(thread=thread_ref(thread), messages=[one(row) for row in rows], observed_at=at, **fields)


@pytest.fixture
def window() -> Window:
    return window_of


@pytest.fixture
def ref() -> ThreadRef:
    return thread_ref()


@pytest.fixture
def now() -> float:
    return NOW


@pytest.fixture
def archive(open_archive: Callable[[], Archive]) -> Iterator[Archive]:
    """In a file, and in a team's database; checked for soundness when the test is over."""
    opened = open_archive()
    try:
        yield opened
        assert opened.check() == []
    finally:
        opened.close()


@pytest.fixture(scope="module", params=["file", "team"])
def of_module(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The same for all tests of a module that fill it once and only read it then."""
    if request.param == "team":
        server: Server = request.getfixturevalue("postgres")
        name = request.module.__name__.rpartition(".")[2]
        server.create(name)
        opened = Archive.of_team(parse(server.url(name)))
    else:
        folder = tmp_path_factory.mktemp("module")
        opened = Archive.open(folder / "archive.db", folder / "files")
    try:
        yield opened
        assert opened.check() == []
    finally:
        opened.close()


#: For what is about the file itself.
in_file = pytest.mark.parametrize("open_archive", ["file"], indirect=True)


def rows_of(archive: Archive, statement: str) -> list[Any]:
    """What a statement reads, wherever the archive lies."""
    with archive._database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def stored_of(archive: Archive, folder: Path) -> set[str]:
    """The names of the pictures whose bytes are kept; ``folder``: of the test."""
    if isinstance(archive._files, Shared):
        return {name for (name,) in rows_of(archive, "SELECT sha256 FROM files")}
    return {path.name for path in (folder / "files").glob("*/*")}


class Thread(Protocol):
    def __call__(self, archive: Archive, thread_id: int = ...) -> Sequence[str]: ...


def texts_of(archive: Archive, thread_id: int = 1) -> list[str]:
    from companion.protocol.methods.archive import ThreadMessagesParams

    return [m.text for m in archive.messages(ThreadMessagesParams(thread_id=thread_id, limit=200)).messages]


@pytest.fixture
def texts() -> Thread:
    return texts_of


Take = Callable[..., ImportReport]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
TABLE = (
    "time,buyer,direction,text,order\n"
    "2026-09-01 10:00,Ana,buyer,¿Dónde está?,113-1\n2026-09-01 10:05,Ana,seller,Ya llega,\n"
)
_marketplaces = cache(lambda: load().marketplaces)


@pytest.fixture
def take(archive: Archive, tmp_path: Path) -> Take:
    """Import a file of this name and content."""

    def take(name: str, content: str | bytes, into: Archive = archive, **more: Any) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        asked = {"marketplace": "amazon", "shop": "A1", "zone": "Asia/Shanghai", **more}
        return into.imports.take_file(ImportAsked(path=str(path), **asked), _marketplaces)

    return take


def lines_of(archive: Archive, thread_id: int = 1) -> list[Any]:
    return list(archive.transcript(thread_id).lines)
