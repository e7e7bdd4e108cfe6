"""``seabridge check listing FILE… | -`` and ``check message FILE | -``: what in them breaks a rule."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

from ..compliance.check import Checker, LanguageOf, Text, listing_texts
from ..compliance.checks import is_day
from ..compliance.files.json_file import listing_of, message_of
from ..compliance.files.listing import ListingFields, MessageText, Unusable
from ..compliance.finding import Checked, Finding
from ..compliance.loader import marketplace_names
from ..compliance.pack import Pack
from ..compliance.place import Place
from ..compliance.reporting import Locale
from ..compliance.reports.row import rows_of
from ..compliance.where import language_of, marketplace_of, region_of
from ..locales import text
from ..runtime.paths import Paths
from .check_reports import refuse_unwritable, write_reports
from .printing import Say, as_json, complain, line
from .rules import rule_set

#: Listings are looked at no more than this many bytes long on the standard input.
_MOST_BYTES = 8 << 20
#: Three different ones of these no other language has; most listings are told by them, in a fiftieth of the time.
_ENGLISH = frozenset({"the", "and", "with", "your", "from", "this", "you", "are", "our", "for", "all"})
_ENOUGH = 3


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
        checker = checker_of(paths, surely)
        if options.what == "message":
            return _message(options, checker, locale)
        if options.files == ["-"]:
            listing = with_options(listing_of(_standard_input()), options)
            found = check_listing(checker, listing, options, locale)
            status = _one(found, options, locale)
            rows = list(rows_of("-", listing, found.findings))
            return status if write_reports(options, rows, found.pack, locale) else 2
    except Unusable as exc:
        complain(text(exc.key, locale, **{"file": options.files[0], **exc.data}))
        return 2
    from .check_files import check_files

    return check_files(options, checker, paths, locale)


def checker_of(paths: Paths, language: LanguageOf) -> Checker:
    """The rules of this computer, ready."""
    rules = rule_set(paths)
    return Checker(Pack(rules.rules, rules.cues, rules.places), language)


def surely(written: str) -> str:
    """The language of a text, "" where it is not certain."""
    if len(_ENGLISH.intersection(written.lower().split())) >= _ENOUGH:
        return "en"
    from ..translation.detect import detect

    found = detect(written)
    return language_of(found.language) if found.sure else ""


def with_options(listing: ListingFields, options: argparse.Namespace) -> ListingFields:
    """A listing with what the command line says where the listing itself says nothing."""
    import msgspec

    given = {name: getattr(options, name) for name in ("marketplace", "region", "category", "brand", "language")}
    told = {name: value for name, value in given.items() if value and not getattr(listing, name)}
    return msgspec.structs.replace(listing, licensed=[*listing.licensed, *options.licensed], **told)


def check_listing(checker: Checker, listing: ListingFields, options: argparse.Namespace, locale: str) -> Checked:
    """What in a listing breaks a rule."""
    place = Place(
        target="listing",
        day=_day(options),
        marketplace=marketplace_of(listing.marketplace, marketplace_names()),
        region=region_of(listing.region),
        category=listing.category,
        brand=listing.brand or _brand_in(listing),
        licensed=tuple(listing.licensed),
        language=language_of(listing.language),
    )
    return checker.check(listing_texts(listing.fields), place, cast(Locale, locale))


def _brand_in(listing: ListingFields) -> str:
    brand = listing.fields.get("brand", "")
    return brand if isinstance(brand, str) else ""


def _message(options: argparse.Namespace, checker: Checker, locale: str) -> int:
    message = message_of(_standard_input() if options.files == ["-"] else _file(options.files[0]))
    place = Place(
        target="message",
        day=_day(options),
        marketplace=marketplace_of(message.marketplace or options.marketplace, marketplace_names()),
        region=region_of(message.region or options.region),
        language=language_of(message.language or options.language),
        direction=_direction(message, options),
    )
    return _one(checker.check([Text("text", None, message.text)], place, cast(Locale, locale)), options, locale)


def _direction(message: MessageText, options: argparse.Namespace) -> Any:
    return options.direction or message.direction


def _day(options: argparse.Namespace) -> date:
    return date.fromisoformat(options.on) if options.on else date.today()


def _one(found: Checked, options: argparse.Namespace, locale: str) -> int:
    if getattr(options, "sarif", False):
        from .. import __version__
        from ..compliance.sarif import sarif

        as_json(sarif([("-", 1, "", found.findings)], __version__, found.pack))
    elif options.json:
        as_json(found)
    else:
        for one in found.findings:
            show(one, locale)
        line(summary(found.findings, 1, found.pack, locale))
    return exit_status(found.findings)


def show(one: Finding, locale: str) -> None:
    """A finding for people: where, how bad, what and what to do."""
    where = (
        one.field if one.index is None else f"{one.field} {one.index + 1 if isinstance(one.index, int) else one.index}"
    )
    shown = one.text if len(one.text) <= 80 else one.text[:79] + "…"
    line(f"  [{text(f'check_level_{one.level}', locale)}] {where} {one.start}–{one.end}  “{shown}”".replace("\n", " "))
    line(f"      {one.message} {one.fix}")
    line(f"      {text('check_known_from', locale, rule=one.rule, source=one.source, day=one.as_of)}")


def summary(findings: list[Finding], listings: int, pack: str, locale: str) -> str:
    """How many of each level, and by which rules."""
    counts = {level: sum(1 for one in findings if one.level == level) for level in ("error", "warning", "suggestion")}
    return text("check_summary" if findings else "check_clean", locale, count=listings, pack=pack, **counts)


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
