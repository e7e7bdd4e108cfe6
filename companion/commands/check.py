"""``seabridge check listing FILE… | -`` and ``check message FILE | -``: what in them breaks a rule."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

import msgspec

from ..compliance.checks import is_day
from ..compliance.files.json_file import listing_of, message_of
from ..compliance.files.listing import ListingFields, MessageText, Unusable, filled
from ..compliance.finding import Finding
from ..compliance.own_rules import SOURCE
from ..compliance.reports.row import rows_of
from ..locales import text
from ..runtime.paths import Paths
from .check_places import tell_places
from .check_reports import refuse_unwritable, write_reports
from .check_shop import Judged, Shop, shop_of
from .printing import Say, as_json, complain, line

#: Listings are looked at no more than this many bytes long on the standard input.
_MOST_BYTES = 8 << 20


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """What is checked, and what is known of it."""
    kinds = parser.add_subparsers(dest="what", required=True)
    listing = kinds.add_parser("listing", help=say("check_cli_listing"))
    listing.add_argument("files", nargs="+", metavar="FILE", help=say("check_cli_files"))
    listing.add_argument("--category", default="", metavar="NAME", help=say("check_cli_category"))
    listing.add_argument("--brand", default="", metavar="NAME", help=say("check_cli_brand"))
    listing.add_argument("--licensed", action="append", default=[], metavar="MARK", help=say("check_cli_licensed"))
    listing.add_argument("--sarif", action="store_true", help=say("check_cli_sarif"))
    listing.add_argument("--out", default="", metavar="FILE", help=say("check_cli_out"))
    listing.add_argument("--csv", default="", metavar="FILE", help=say("check_cli_csv"))
    message = kinds.add_parser("message", help=say("check_cli_message"))
    message.add_argument("files", nargs=1, metavar="FILE", help=say("check_cli_message_file"))
    message.add_argument("--direction", choices=("seller", "buyer"), default="", help=say("check_cli_direction"))
    for each in (listing, message):
        each.add_argument("--marketplace", default="", metavar="NAME", help=say("check_cli_marketplace"))
        each.add_argument("--region", default="", metavar="CODE", help=say("check_cli_region"))
        each.add_argument("--language", default="", metavar="CODE", help=say("check_cli_language"))
        each.add_argument("--no-own", action="store_true", help=say("check_cli_no_own"))
        each.add_argument("--on", default="", metavar="DATE", help=say("check_cli_on"))
        each.add_argument("--json", action="store_true", help=say("cli_json"))
        each.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Check; 0 = no errors, 1 = findings of level error, 2 = cannot be checked."""
    try:
        if options.on and not is_day(options.on):
            raise Unusable("check_day", day=options.on[:40])
        if options.what == "listing":
            refuse_unwritable(options)
        day = date.fromisoformat(options.on) if options.on else date.today()
        with shop_of(paths, day, own=not options.no_own) as shop:
            return _checked(options, shop, paths, locale)
    except Unusable as exc:
        file = text("check_standard_input", locale) if options.files[0] == "-" else options.files[0]
        said = text(exc.key, locale, **{"file": file, **exc.data})
        complain(said[:1].upper() + said[1:] if file != options.files[0] and said.startswith(file) else said)
        return 2


def _checked(options: argparse.Namespace, shop: Shop, paths: Paths, locale: str) -> int:
    if options.what == "message":
        message = message_of(_standard_input() if options.files == ["-"] else _file(options.files[0]))
        told = _told(message, options)
        tell_places([told.marketplace], paths, locale)
        return _one(shop.message(told, locale), options, locale)
    if options.files != ["-"]:
        from .check_files import check_files

        return check_files(options, shop, paths, locale)
    listing = with_options(listing_of(_standard_input()), options)
    tell_places([listing.marketplace], paths, locale)
    found = shop.listing(listing, locale)
    status = _one(found, options, locale)
    rows = list(rows_of("-", listing, [*found.findings, *found.excused]))
    return status if write_reports(options, rows, found.pack, locale) else 2


def with_options(listing: ListingFields, options: argparse.Namespace) -> ListingFields:
    """A listing with what the command line says where the listing itself says nothing."""
    given = {name: getattr(options, name) for name in ("marketplace", "region", "category", "brand", "language")}
    told = filled(listing, **given)
    return msgspec.structs.replace(told, licensed=[*told.licensed, *options.licensed])


def _told(message: MessageText, options: argparse.Namespace) -> MessageText:
    given = {name: getattr(message, name) or getattr(options, name) for name in ("marketplace", "region", "language")}
    return msgspec.structs.replace(message, direction=options.direction or message.direction, **given)


def _one(found: Judged, options: argparse.Namespace, locale: str) -> int:
    if getattr(options, "sarif", False):
        from .. import __version__
        from ..compliance.sarif import sarif

        as_json(sarif([("-", 1, "", [*found.findings, *found.excused])], __version__, found.pack))
    elif options.json:
        excused = {"excused": found.excused} if found.excused else {}
        as_json({"findings": found.findings, **excused, "pack": found.pack})
    else:
        for one in found.findings:
            show(one, locale)
        say_summary(found.findings, 1, len(found.excused), found.pack, locale)
    return exit_status(found.findings)


def show(one: Finding, locale: str) -> None:
    """A finding for people: where, how bad, what and what to do."""
    where = (
        one.field if one.index is None else f"{one.field} {one.index + 1 if isinstance(one.index, int) else one.index}"
    )
    shown = one.text if len(one.text) <= 80 else one.text[:79] + "…"
    line(f"  [{text(f'check_level_{one.level}', locale)}] {where} {one.start}–{one.end}  “{shown}”".replace("\n", " "))
    line(f"      {one.message} {one.fix}")
    key = "check_known_own" if one.source == SOURCE else "check_known_from"
    line(f"      {text(key, locale, rule=one.rule, source=one.source, day=one.as_of)}")


def say_summary(findings: list[Finding], listings: int, excused: int, pack: str, locale: str) -> None:
    """How many of each level there are, and by which rules."""
    counts = {level: sum(1 for one in findings if one.level == level) for level in ("error", "warning", "suggestion")}
    line(text("check_summary" if findings else "check_clean", locale, count=listings, pack=pack, **counts))
    if excused:
        line(text("check_excused", locale, count=excused))


def exit_status(findings: list[Finding]) -> int:
    """1 where something breaks a rule, 0 where at most something could be better."""
    return 1 if any(one.level == "error" for one in findings) else 0


def _standard_input() -> str:
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise Unusable("check_large", limit=_MOST_BYTES >> 20)
    return _decoded(data)


def _file(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as exc:
        raise Unusable("check_unreadable", reason=exc.strerror or str(exc)) from exc
    if len(data) > _MOST_BYTES:
        raise Unusable("check_large", limit=_MOST_BYTES >> 20)
    return _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise Unusable("check_encoding", line=data[: exc.start].count(b"\n") + 1) from exc
