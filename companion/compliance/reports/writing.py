"""A report as a file: CSV and XLSX for people, JSON for programs, SARIF for code hosts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from companion.conversations.exports import csv_file, xlsx_file

from ..finding import Excused, Finding, excused
from ..sarif import sarif
from .formats import Format
from .row import Row
from .table import header, lines, widths


class OfListing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A listing of a file, and what was found in it; ``excused``: what the seller excused, with his reason."""

    file: str
    row: int
    sku: str
    marketplace: str
    region: str
    findings: list[Finding]
    excused: list[Excused] = []


def written(kind: Format, rows: Sequence[Row], *, locale: str, version: str, pack: str) -> bytes:
    """The rows as a file of a kind, in their order; ``version`` of Seabridge, ``pack`` of the rules."""
    out = io.BytesIO()
    if kind == "csv":
        csv_file.write_table(header(locale), lines(rows, locale), out)
    elif kind == "xlsx":
        xlsx_file.write_table(header(locale), lines(rows, locale), widths(locale), out)
    elif kind == "json":
        out.write(_indented(as_json(listings_of(rows), pack)))
    else:
        out.write(_indented(as_sarif(listings_of(rows), version, pack)))
    return out.getvalue()


def listings_of(rows: Iterable[Row]) -> list[OfListing]:
    """The rows by their listings, in the order in which these come first."""
    found: dict[tuple[str, int], OfListing] = {}
    for row in rows:
        made = OfListing(row.file, row.row, row.sku, row.marketplace, row.region, [], [])
        listing = found.setdefault((row.file, row.row), made)
        if row.waiver:
            listing.excused.append(excused(row.finding, row.waiver, row.reason))
        else:
            listing.findings.append(row.finding)
    return list(found.values())


def as_json(listings: Iterable[OfListing], pack: str) -> dict[str, Any]:
    """``{"listings": […], "pack": …}``."""
    return {"listings": [msgspec.to_builtins(each) for each in listings], "pack": pack}


def as_sarif(listings: Iterable[OfListing], version: str, pack: str) -> dict[str, Any]:
    """A log of SARIF 2.1.0."""
    found = ((each.file, each.row, each.sku, [*each.findings, *each.excused]) for each in listings)
    return sarif(found, version, pack)


def _indented(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
