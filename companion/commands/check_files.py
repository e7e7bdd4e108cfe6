"""``seabridge check listing FILE…``: many listings, with a report for people, scripts or code hosts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import __version__
from ..compliance.files.listing import ListingFields, Unusable
from ..compliance.files.reading import listings_from
from ..compliance.finding import Finding
from ..compliance.reports.row import rows_of, title_of
from ..compliance.reports.writing import OfListing, as_sarif
from ..compliance.reports.writing import as_json as report_json
from ..locales import text
from ..runtime.paths import Paths
from .check import exit_status, say_summary, show, with_options
from .check_places import tell_file, tell_places
from .check_reports import write_reports
from .check_shop import Judged, Shop
from .printing import as_json, complain, line


def check_files(options: argparse.Namespace, shop: Shop, paths: Paths, locale: str) -> int:
    """Check every listing of the files; 2 when one of them cannot be read, but the others are shown all the same."""
    readable, found = True, []
    for name in options.files:
        try:
            listings = listings_from(Path(name), lambda: _marketplaces(paths))
        except Unusable as exc:
            complain(text(exc.key, locale, **{"file": name, **exc.data}))
            readable = False
            continue
        tell_file(name, listings, locale)
        for listing in listings:
            told = with_options(listing, options)
            found.append((name, told, shop.listing(told, locale)))
    tell_places((listing.marketplace for _, listing, _ in found), paths, locale)
    every = [one for _, _, judged in found for one in judged.findings]
    pack = shop.checker.pack.version
    if options.sarif:
        as_json(as_sarif((_of(*each) for each in found), __version__, pack))
    elif options.json:
        as_json(report_json((_of(*each) for each in found), pack))
    elif not (options.out or options.csv):
        for name, listing, judged in found:
            _show(name, listing, judged.findings, locale)
    rows = [row for name, told, judged in found for row in rows_of(name, told, [*judged.findings, *judged.excused])]
    written = write_reports(options, rows, pack, locale)
    if found and not (options.sarif or options.json):
        say_summary(every, len(found), sum(len(judged.excused) for _, _, judged in found), pack, locale)
    return exit_status(every) if readable and written else 2


def _marketplaces(paths: Paths) -> list[Any]:
    from ..marketplaces import load, load_own, overlay

    own, _problems = load_own(paths.marketplaces)
    return overlay(load(), own).marketplaces


def _of(name: str, listing: ListingFields, judged: Judged) -> OfListing:
    place = listing.marketplace, listing.region
    return OfListing(name, listing.row, listing.sku, *place, judged.findings, judged.excused)


def _show(name: str, listing: ListingFields, findings: list[Finding], locale: str) -> None:
    if not findings:
        return
    called = listing.sku or title_of(listing)
    line(text("check_listing_head", locale, file=name, row=listing.row, sku=called[:80]).replace("\n", " "))
    for one in findings:
        show(one, locale)
