"""Conversations as one table, a message a row: for CSV and XLSX. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from ..cells import BAR
from ..transcript import Transcript
from .clock import iso, sent

#: The names are those that an import maps columns to.
COLUMNS = (
    "time",
    "marketplace",
    "region",
    "shop",
    "thread",
    "buyer",
    "direction",
    "language",
    "text",
    "translation",
    "translation_language",
    "translated_by",
    "order",
    "key",
    "pictures",
    "time_as_shown",
    "seen",
    "imported_from",
    "later_texts",
    "gone_at",
    "back_at",
    "sha256",
    "star",
    "tags",
    "note",
    "noted",
    "masked",
)


def rows(transcripts: Iterable[Transcript], zone: tzinfo) -> Iterator[list[str]]:
    """The messages, each as one text per column."""
    for each in transcripts:
        noted = "" if each.noted_at is None else iso(each.noted_at, zone)
        marks = ("★" if each.star else "", ", ".join(each.tags), each.note, noted)
        # an import knows by it what it must not take, also where no name was there to hide
        hidden = BAR if each.masked else ""
        for line in each.lines:
            shown = line.shown
            yield [
                sent(line, zone),
                each.marketplace,
                each.region,
                each.shop,
                each.thread,
                each.buyer,
                line.direction,
                line.language,
                line.text,
                shown.text if shown else "",
                shown.target if shown else "",
                shown.engine if shown else "",
                line.order,
                line.key,
                " ".join(picture.sha256 for picture in line.pictures if picture.sha256),
                line.label,
                iso(line.observed_at, zone),
                line.source.name if line.source else "",
                "\n".join(f"{iso(each.seen_at, zone)} {each.text}" for each in line.later),
                "" if line.gone_at is None else iso(line.gone_at, zone),
                "" if line.back_at is None else iso(line.back_at, zone),
                line.digest.hex(),
                *marks,
                hidden,
            ]
