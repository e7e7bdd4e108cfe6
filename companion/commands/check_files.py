"""``seabridge check listing FILE…``: many listings, with a report for people, scripts or code hosts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from .. import __version__
from ..compliance.check import Checker
from ..compliance.files.listing import ListingFields, Unusable
from ..compliance.files.reading import listings_from
from ..compliance.finding import Finding
from ..compliance.sarif import sarif
from ..locales import text
from ..runtime.paths import Paths
from .check import check_listing, exit_status, show, summary, with_options
from .printing import as_json, complain, line


def check_files(options: argparse.Namespace, checker: Checker, paths: Paths, locale: str) -> int:
    """Check every listing of the files; 2 when one of them cannot be read, but the others are shown all the same."""
    readable, found = True, []
    for name in options.files:
        try:
            listings = listings_from(Path(name), lambda: _marketplaces(paths))
        except Unusable as exc:
            complain(text(exc.key, locale, **{"file": name, **exc.data}))
            readable = False
            continue
        for listing in listings:
            told = with_options(listing, options)
            found.append((name, told, check_listing(checker, told, options, locale).findings))
    every = [one for _, _, findings in found for one in findings]
    pack = checker.pack.version
    if options.sarif:
        as_json(sarif([(name, one.row, one.sku, findings) for name, one, findings in found], __version__, pack))
    elif options.json:
        as_json({"listings": [_plain(*each) for each in found], "pack": pack})
    else:
        for name, listing, findings in found:
            _show(name, listing, findings, locale)
        if found:
            line(summary(every, len(found), pack, locale))
    return exit_status(every) if readable else 2


def _marketplaces(paths: Paths) -> list[Any]:
    from ..marketplaces import load, load_own, overlay

    own, _problems = load_own(paths.marketplaces)
    return overlay(load(), own).marketplaces


def _plain(name: str, listing: ListingFields, findings: list[Finding]) -> dict[str, Any]:
    return {
        "file": name,
        "row": listing.row,
        "sku": listing.sku,
        "marketplace": listing.marketplace,
        "region": listing.region,
        "findings": msgspec.to_builtins(findings),
    }


def _show(name: str, listing: ListingFields, findings: list[Finding], locale: str) -> None:
    if not findings:
        return
    title = listing.fields.get("title", "")
    called = listing.sku or (title if isinstance(title, str) else "")
    line(text("check_listing_head", locale, file=name, row=listing.row, sku=called[:80]).replace("\n", " "))
    for one in findings:
        show(one, locale)
