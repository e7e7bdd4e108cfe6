"""Conversations of an archive as a file of any kind, one conversation at a time; for command line and dashboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Protocol

from ...locales import text
from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.archive import SearchParams, SearchResult

if TYPE_CHECKING:
    from ..pictures import Pictures
    from ..transcript import Transcript
    from .html_page import PictureBytes, Setting

FORMATS = ("pdf", "html", "xlsx", "csv", "jsonl")
#: Messages one file takes. A PDF is laid out as a whole, which takes Chromium a second for some hundred.
MOST = {"pdf": 5_000, "html": 50_000, "xlsx": 500_000, "csv": 500_000, "jsonl": 2_000_000}
#: Characters of a search.
_LONGEST_QUERY = 500
_PAGE = 100


class Exportable(Protocol):
    """What an export asks of an archive."""

    def transcript(self, thread_id: int, only: frozenset[int] | None = ..., language: str = ..., /) -> Transcript: ...
    def search(self, params: SearchParams, /) -> SearchResult: ...
    @property
    def pictures(self) -> Pictures: ...


class Refused(Exception):
    """It cannot be exported. ``reason``: ``nothing``, ``too_many``, ``no_thread`` or ``no_browser``; ``data`` for the
    sentence that says so."""

    def __init__(self, reason: str, **data: object) -> None:
        super().__init__(reason)
        self.reason, self.data = reason, data


class Counted:
    """Conversations one at a time, so that a large archive never lies in memory as a whole. Raises Refused."""

    def __init__(self, found: Iterator[Transcript], most: int) -> None:
        self._found, self._most = found, most
        self.threads = self.messages = 0

    def __iter__(self) -> Iterator[Transcript]:
        for each in self._found:
            self.threads += 1
            self.messages += len(each.lines)
            if self.messages > self._most:
                raise Refused("too_many", limit=self._most)
            yield each


def of_threads(archive: Exportable, thread_ids: Iterable[int], language: str = "") -> Iterator[Transcript]:
    """Whole conversations. ``language``: the translation to show first. Raises Refused for one that is not there."""
    for thread_id in thread_ids:
        try:
            yield archive.transcript(thread_id, None, language)
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.NOT_FOUND:
                raise
            raise Refused("no_thread", thread=thread_id) from exc


def of_search(archive: Exportable, query: str, most: int, language: str = "") -> Iterator[Transcript]:
    """The messages a search finds, by conversation; one page more than ``most`` tells that it is too many."""
    found: dict[int, set[int]] = {}
    count, before = 0, ""
    while count <= most:
        page = archive.search(SearchParams(query=query[:_LONGEST_QUERY], limit=_PAGE, before=before))
        for hit in page.hits:
            found.setdefault(hit.thread_id, set()).add(hit.message_id)
        count += len(page.hits)
        before = page.more
        if not before:
            break
    for thread_id, ids in found.items():
        yield archive.transcript(thread_id, frozenset(ids), language)


def write(
    kind: str,
    found: Iterable[Transcript],
    setting: Setting,
    picture: PictureBytes,
    out: IO[bytes],
    *,
    masked: bool,
) -> tuple[str, ...]:
    """The file of one of ``FORMATS``; ``out`` can be sought in. Gives the scripts that a PDF shows as boxes, because
    no font here has them. Raises Refused where no browser prints a PDF."""
    if kind == "jsonl":
        from . import jsonl

        out.writelines(jsonl.write(found, picture, made_at=setting.made_at, masked=masked))
        return ()
    if kind == "csv":
        from . import csv_file

        csv_file.write(found, setting.zone, out)
        return ()
    if kind == "xlsx":
        from . import xlsx_file

        xlsx_file.write(found, setting.zone, out)
        return ()
    from . import html_page

    whole = list(found)
    if not whole:
        return ()
    page = html_page.write(whole, setting, picture)
    if kind == "html":
        out.write(page.encode())
        return ()
    out.write(_printed(page, setting))
    from ...runtime import fonts

    return fonts.unprinted(page)


def pictures_of(archive: Exportable) -> PictureBytes:
    """How the bytes of a picture are got, None for one that is not there."""

    def picture(sha256: str) -> bytes | None:
        try:
            return archive.pictures.read(sha256)
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.NOT_FOUND:
                raise
            return None

    return picture


def _printed(page: str, setting: Setting) -> bytes:
    from ...runtime import printer

    footer = text("export_footer", setting.locale, zone=setting.zone_name)
    try:
        return printer.print_pdf(page, footer=footer)
    except printer.PrinterMissing as exc:
        raise Refused("no_browser") from exc
