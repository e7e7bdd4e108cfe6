"""``seabridge export``: conversations or a search as a file. Opens the archive read-only."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..locales import LOCALES, text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import SearchParams
from ..runtime.atomic import writing_atomic
from ..runtime.paths import Paths
from ..runtime.zones import ZoneUnknown, zone_name, zone_named
from .archives import archive_of
from .printing import Say, complain, line

if TYPE_CHECKING:
    from ..conversations import Archive
    from ..conversations.exports.html_page import Setting
    from ..conversations.transcript import Transcript

FORMATS = ("pdf", "html", "xlsx", "csv", "jsonl")
#: Messages one file takes. A PDF is laid out as a whole, which takes Chromium a second for some hundred.
MOST = {"pdf": 5_000, "html": 50_000, "xlsx": 500_000, "csv": 500_000, "jsonl": 2_000_000}
_PAGE = 100


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """What to export, where to, and how it is to read."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--thread", type=int, action="append", metavar="ID", help=say("cli_export_thread"))
    what.add_argument("--search", metavar="QUERY", help=say("cli_export_search"))
    what.add_argument("--all", action="store_true", help=say("cli_export_all"))
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help=say("cli_export_to"))
    parser.add_argument("--format", choices=FORMATS, help=say("cli_export_format"))
    parser.add_argument("--mask", action="store_true", help=say("cli_export_mask"))
    parser.add_argument("--marks", action="store_true", help=say("cli_export_marks"))
    parser.add_argument("--zone", default="", metavar="ZONE", help=say("cli_export_zone"))
    parser.add_argument("--locale", choices=LOCALES, help=say("cli_export_locale"))
    parser.add_argument("--translation", default="", metavar="CODE", help=say("cli_export_translation"))
    parser.add_argument("--replace", action="store_true", help=say("cli_export_replace"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Write the file; 1 when there is nothing to write or it cannot be written."""
    kind = options.format or options.to.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        complain(text("export_format_unknown", locale, formats=" ".join(FORMATS)))
        return 1
    if options.to.exists() and not options.replace:
        complain(text("export_exists", locale, path=options.to))
        return 1
    try:
        zone = zone_named(options.zone)
    except ZoneUnknown:
        complain(text("export_zone_unknown", locale, zone=options.zone[:100]))
        return 1
    from ..conversations.exports.html_page import Setting

    setting = Setting(
        locale=options.locale or locale,
        zone=zone,
        zone_name=zone_name(zone),
        made_at=time.time(),
        query=(options.search or "")[:500],
        marks=options.marks,
    )
    with archive_of(paths) as archive:
        found = _Counted(_asked(options, archive, MOST[kind]) if archive else iter(()), MOST[kind])
        told: Iterable[Transcript] = found
        if options.mask:
            from ..conversations.transcript import masked
            from .masking import black_out, names_in

            told = (masked(each, black_out, names_in(each)) for each in found)
        try:
            with writing_atomic(options.to, private=True) as file:
                _write(kind, told, setting, archive, options.mask, file)
                if not found.messages:
                    raise _Refused("export_nothing", {})
        except _Refused as exc:
            complain(text(exc.key, locale, **exc.data))
            return 1
        except _NoPrinter:
            complain(text("export_no_browser", locale, path=options.to.with_suffix(".html")))
            return 1
    line(text("export_done", locale, messages=found.messages, threads=found.threads, path=options.to))
    return 0


class _Refused(Exception):
    """It cannot be exported; ``key`` of the sentence that says why."""

    def __init__(self, key: str, data: dict[str, object]) -> None:
        super().__init__(key)
        self.key, self.data = key, data


class _NoPrinter(Exception):
    """No browser prints a PDF here."""


class _Counted:
    """Conversations one at a time, so that a large archive never lies in memory as a whole."""

    def __init__(self, found: Iterator[Transcript], most: int) -> None:
        self._found, self._most = found, most
        self.threads = self.messages = 0

    def __iter__(self) -> Iterator[Transcript]:
        for each in self._found:
            self.threads += 1
            self.messages += len(each.lines)
            if self.messages > self._most:
                raise _Refused("export_too_many", {"limit": self._most})
            yield each


def _asked(options: argparse.Namespace, archive: Archive, most: int) -> Iterator[Transcript]:
    language = options.translation
    if options.search is not None:
        for thread_id, ids in _hits(archive, options.search, most).items():
            yield archive.transcript(thread_id, frozenset(ids), language)
        return
    for thread_id in archive.thread_ids() if options.all else dict.fromkeys(options.thread):
        try:
            yield archive.transcript(thread_id, None, language)
        except SeabridgeError as exc:
            if exc.code is ErrorCode.NOT_FOUND and not options.all:
                raise _Refused("export_no_thread", {"thread": thread_id}) from exc
            raise


def _hits(archive: Archive, query: str, most: int) -> dict[int, set[int]]:
    """The messages found, by conversation; one more than ``most`` is enough to know that it is too many."""
    found: dict[int, set[int]] = {}
    count, before = 0, ""
    while count <= most:
        page = archive.search(SearchParams(query=query[:500], limit=_PAGE, before=before))
        for hit in page.hits:
            found.setdefault(hit.thread_id, set()).add(hit.message_id)
        count += len(page.hits)
        before = page.more
        if not before:
            break
    return found


def _write(
    kind: str,
    found: Iterable[Transcript],
    setting: Setting,
    archive: Archive | None,
    masked: bool,
    out: IO[bytes],
) -> None:
    def picture(sha256: str) -> bytes | None:
        try:
            return archive.image(sha256) if archive else None
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.NOT_FOUND:
                raise
            return None

    if kind == "jsonl":
        from ..conversations.exports import jsonl

        out.writelines(jsonl.write(found, picture, made_at=setting.made_at, masked=masked))
        return
    if kind == "csv":
        from ..conversations.exports import csv_file

        csv_file.write(found, setting.zone, out)
        return
    if kind == "xlsx":
        from ..conversations.exports import xlsx_file

        xlsx_file.write(found, setting.zone, out)
        return
    from ..conversations.exports import html_page

    whole = list(found)
    if not whole:
        return
    page = html_page.write(whole, setting, picture)
    out.write(_printed(page, setting) if kind == "pdf" else page.encode())


def _printed(page: str, setting: Setting) -> bytes:
    from ..runtime.printer import PrinterMissing, print_pdf

    footer = text("export_footer", setting.locale, zone=setting.zone_name)
    try:
        return print_pdf(page, footer=footer)
    except PrinterMissing as exc:
        raise _NoPrinter from exc
