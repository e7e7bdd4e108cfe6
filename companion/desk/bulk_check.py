"""The check of files and pasted texts, for the dashboard."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from .. import __version__
from ..compliance.files.listing import ListingFields, filled
from ..compliance.reports.formats import TELLING_APART, TYPES, Format
from ..compliance.reports.notes import Note
from ..compliance.reports.row import Row, rows_of
from ..compliance.reports.view import Totals, Wanted, shown, totals
from ..compliance.rule import Direction, Target
from ..locales import text as said
from ..protocol.base import Code, Hex32, Language, Name
from ..protocol.methods.catalogue import Line
from ..protocol.methods.desk import Nothing
from .catalogue import DASHBOARD
from .check_job import CheckState
from .desk import Desk

if TYPE_CHECKING:
    from ..compliance.finding import Checked

#: Largest text that can be pasted, in characters: a request is bounded too.
_LONGEST_PASTED = 20_000
_WHOLE_PAGE = 200
#: What findings are said in; the checks name it too, but are loaded when the first is wanted.
Locale = Literal["zh_CN", "en"]


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """What is known where the file or the text does not say it; ``locale``: what the findings are said in."""

    locale: Locale
    marketplace: Code = ""
    region: Code = ""
    category: Line = ""
    brand: Line = ""
    language: Language = ""


class BeginAsked(Given):
    """Files follow."""


class FileAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A file that was uploaded right before, by its SHA-256."""

    sha256: Hex32
    name: Name


class RowsAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A page of the report."""

    wanted: Wanted = Wanted()
    offset: Annotated[int, msgspec.Meta(ge=0)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=_WHOLE_PAGE)] = 50


class RowsFound(msgspec.Struct):
    """``count``: of all pages; ``notes``: what of a pasted text was not checked by all rules."""

    rows: list[Row]
    count: int
    totals: Totals
    pack: str
    notes: list[Note] = []


class ExportAsked(msgspec.Struct, forbid_unknown_fields=True):
    """The report as it is shown, as a file."""

    format: Format
    locale: Locale
    wanted: Wanted = Wanted()


class Exported(msgspec.Struct):
    """A file; ``content`` in base64."""

    name: str
    type: str
    content: str


class ListingPasted(Given):
    """Texts of one listing."""

    fields: dict[str, str | list[str]] = {}


class MessagePasted(Given):
    """A message of the seller's, or of a buyer's."""

    text: Annotated[str, msgspec.Meta(max_length=_LONGEST_PASTED)] = ""
    direction: Direction = "seller"


def begin(desk: Desk, asked: BeginAsked) -> CheckState:
    """Begin anew. Raises ``busy``."""
    from ..compliance.reports.judging import judge

    checking = desk.room.checking

    def look(name: str, listing: ListingFields) -> tuple[list[Row], str]:
        told = _told(listing, asked)
        found = judge(checking, told, asked.locale)
        return list(rows_of(name, told, found.findings)), found.pack

    def notes(listings: Sequence[ListingFields]) -> list[Note]:
        from ..compliance.reports.notes import file_notes

        places = [listing.marketplace or asked.marketplace for listing in listings]
        return [*_place_notes(desk, places), *file_notes(listings)]

    return desk.check_job.begin(look, asked.locale, notes)


def file(desk: Desk, asked: FileAsked) -> CheckState:
    """Check an uploaded file. Raises ``busy``, and ``not_found`` for one that was not uploaded, or too long ago."""
    data = desk.captures.take(DASHBOARD, asked.sha256)
    return desk.check_job.add(asked.name, data, lambda: desk.room.rules().marketplaces)


def state(desk: Desk, _: Nothing) -> CheckState:
    """Where it stands."""
    return desk.check_job.state()


def cancel(desk: Desk, _: Nothing) -> CheckState:
    """Stop."""
    return desk.check_job.cancel()


def rows(desk: Desk, asked: RowsAsked) -> RowsFound:
    """A page of what was found."""
    every, pack = _found(desk)
    chosen = shown(every, asked.wanted)
    page = chosen[asked.offset : asked.offset + asked.limit]
    return RowsFound(page, len(chosen), totals(every, asked.wanted), pack)


def export(desk: Desk, asked: ExportAsked) -> Exported:
    """All pages as a file; where excused findings stand apart, those that fit besides are there too."""
    from ..compliance.reports.writing import written

    every, pack = _found(desk)
    chosen = shown(every, asked.wanted)
    if asked.format in TELLING_APART and not asked.wanted.waived:
        chosen += shown(every, msgspec.structs.replace(asked.wanted, waived=True))
    data = written(asked.format, chosen, locale=asked.locale, version=__version__, pack=pack)
    name = f"{said('report_name', asked.locale)}.{asked.format}"
    return Exported(name, TYPES[asked.format], base64.b64encode(data).decode())


def listing(desk: Desk, asked: ListingPasted) -> RowsFound:
    """Check texts of a listing that were pasted."""
    from ..compliance.reports.judging import judge

    told = _told(ListingFields(fields=dict(asked.fields)), asked)
    return _all(desk, told, judge(desk.room.checking, told, asked.locale), "listing")


def message(desk: Desk, asked: MessagePasted) -> RowsFound:
    """Check a message that was pasted."""
    from ..compliance.check import Text

    checking = desk.room.checking
    place = checking.place("message", asked.marketplace, asked.region, language=asked.language)
    found = checking.checker().check(
        [Text("text", None, asked.text)], replace(place, direction=asked.direction), asked.locale
    )
    return _all(desk, _told(ListingFields(fields={"text": asked.text}), asked), found, "message")


def _all(desk: Desk, told: ListingFields, found: Checked, target: Target) -> RowsFound:
    from ..compliance.reports.judging import excusing

    excuse = excusing(desk.room.checking.waivers.all(), target)
    every = [excuse(row) for row in rows_of("", told, found.findings)]
    return RowsFound(every, len(every), totals(every, Wanted()), found.pack, _place_notes(desk, [told.marketplace]))


def _place_notes(desk: Desk, marketplaces: Sequence[str]) -> list[Note]:
    from ..compliance.loader import marketplace_names
    from ..compliance.reports.notes import place_notes

    own = {each.name for each in desk.room.rules().marketplaces}
    return place_notes(marketplaces, marketplace_names(), own)


def _told(listing: ListingFields, asked: Given) -> ListingFields:
    from ..compliance.reports.judging import named

    given = {name: getattr(asked, name) for name in ("marketplace", "region", "category", "brand", "language")}
    return named(filled(listing, **given))


def _found(desk: Desk) -> tuple[list[Row], str]:
    """The rows with what excuses them now: a waiver may have been given or taken back since."""
    from ..compliance.reports.judging import excusing

    every, pack = desk.check_job.found()
    excuse = excusing(desk.room.checking.waivers.all())
    return [excuse(row) for row in every], pack
