"""A conversation, or what a search found, as a file for the dashboard to download."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING, Annotated, Literal

import msgspec

from ..conversations.exports import making
from ..locales import text as said
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Nothing
from ..runtime.zones import local_zone, zone_name
from .desk import Desk
from .export_job import ExportState

if TYPE_CHECKING:
    from ..conversations.transcript import Transcript

#: What no file system or shell takes well in a name.
_UNFIT = re.compile(r"""[\x00-\x1f\x7f<>:"/\\|?*'`$%&;~^!#{}\[\]]+""")
#: Kinds of characters that are not seen, or turn the rest round.
_UNSEEN = ("Cf", "Cs", "Co", "Cn", "Zl", "Zp")
#: Characters of a buyer's name or a search in the name of a file.
_NAMED = 40


class FileAsked(msgspec.Struct, forbid_unknown_fields=True):
    """One conversation whole, or the messages that a search finds; ``masked``: without personal data; ``locale``: of
    the headings and of the file's name."""

    format: Literal["pdf", "html", "xlsx", "csv", "jsonl"]
    locale: Literal["zh_CN", "en"]
    masked: bool = False
    thread_id: Annotated[int, msgspec.Meta(ge=1)] | None = None
    query: Annotated[str, msgspec.Meta(max_length=500)] = ""


def start(desk: Desk, asked: FileAsked) -> ExportState:
    """Make the file. Raises ``busy`` while another is made, ``bad_params`` unless it is either, ``not_found`` for a
    conversation that is not there."""
    if (asked.thread_id is None) == (not asked.query.strip()):
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="export.start", problem="thread_id or query")
    archive, language = desk.room.archive, desk.room.seller_language
    most, zone, now = making.MOST[asked.format], local_zone(), time.time()

    def work(out: IO[bytes], told: Callable[[int], None]) -> tuple[str, ...]:
        # pages, tables and their libraries load slowly
        from ..conversations.exports.html_page import Setting
        from ..conversations.transcript import masked
        from ..translation.masking import black_out, names_in

        if asked.thread_id is not None:
            wanted = making.of_threads(archive, [asked.thread_id], language)
        else:
            wanted = making.of_search(archive, asked.query, most, language)
        found = making.Counted(wanted, most)
        shown: Iterable[Transcript] = _told(found, told)
        if asked.masked:
            shown = (masked(each, black_out, names_in(each)) for each in shown)
        # a search is often for the very name that is hidden
        query = "" if asked.masked else asked.query.strip()
        setting = Setting(locale=asked.locale, zone=zone, zone_name=zone_name(zone), made_at=now, query=query)
        boxes = making.write(asked.format, shown, setting, making.pictures_of(archive), out, masked=asked.masked)
        if not found.messages:
            raise making.Refused("nothing")
        return boxes

    day = datetime.fromtimestamp(now, zone).strftime("%Y-%m-%d")
    return desk.export_job.start(file_name(asked, _about(desk, asked), day), work)


def state(desk: Desk, _: Nothing) -> ExportState:
    """Where it stands."""
    return desk.export_job.state()


def cancel(desk: Desk, _: Nothing) -> ExportState:
    """Stop."""
    return desk.export_job.cancel()


def file_name(asked: FileAsked, about: str, day: str) -> str:
    """A name that every file system takes. ``about``: the buyer or the search; a masked file does not tell it."""
    known = "" if asked.masked else about
    plain = "".join(
        " " if unicodedata.category(char) in ("Cf", "Cs", "Co", "Cn", "Zl", "Zp") else char for char in known
    )
    named = " ".join(_UNFIT.sub(" ", plain).split())[:_NAMED].strip(" .")
    title = said("dash_export_name_thread" if asked.thread_id is not None else "dash_export_name_search", asked.locale)
    return f"{'-'.join(part for part in (title, named, day) if part)}.{asked.format}"


def _about(desk: Desk, asked: FileAsked) -> str:
    if asked.thread_id is None:
        return asked.query
    from ..protocol.methods.archive import ThreadMessagesParams

    asked_for = ThreadMessagesParams(thread_id=asked.thread_id, limit=1)
    return desk.room.archive.messages(asked_for, desk.room.seller_language).thread.buyer


def _told(found: making.Counted, told: Callable[[int], None]) -> Iterator[Transcript]:
    for each in found:
        told(found.messages)
        yield each
