"""``seabridge catalogue``: listings as dated versions, and the manuals beside them."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from ..locales import text
from ..runtime.paths import Paths
from .archives import archive_of
from .facts import add_page, clock, one_line, place, saved_page
from .manuals import ACTIONS, manual_actions
from .printing import Say, as_json, complain, line

if TYPE_CHECKING:
    from ..catalogue.compare import Comparison
    from ..catalogue.versions import Listing, ListingVersion


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """list, show, diff and add; then what is done with manuals."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("cli_catalogue_list"))
    listing.add_argument("words", nargs="*", metavar="WORD", help=say("cli_catalogue_words"))
    listing.add_argument("--limit", type=int, default=50, metavar="N", help=say("cli_facts_limit"))
    show = actions.add_parser("show", help=say("cli_catalogue_show"))
    diff = actions.add_parser("diff", help=say("cli_catalogue_diff"))
    for action in (show, diff):
        action.add_argument("ref", metavar="SKU", help=say("cli_catalogue_ref"))
    diff.add_argument("--from", dest="older", type=int, default=0, metavar="N", help=say("cli_catalogue_from"))
    diff.add_argument("--to", dest="newer", type=int, default=0, metavar="N", help=say("cli_catalogue_to"))
    add = actions.add_parser("add", help=say("cli_catalogue_add"))
    saved_page(add, say)
    for action in (listing, show, diff, add, *manual_actions(actions, say)):
        action.add_argument("--json", action="store_true", help=say("cli_json"))
        action.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when there is nothing to show or the file cannot be kept."""
    if options.action in ACTIONS:
        return ACTIONS[options.action](options, paths, locale)
    if options.action == "add":
        return add_page(options, paths, locale)
    found = _found(options, paths)
    if options.action == "diff":
        return _diff(options, found, locale)
    if options.json:
        as_json(found)
    elif not found:
        line(text("facts_no_catalogue", locale))
    for one in [] if options.json else found:
        line("\n".join(_listing(one, locale, whole=options.action == "show")))
    return 0 if found else 1


def _found(options: argparse.Namespace, paths: Paths) -> list[Listing]:
    with archive_of(paths) as archive:
        if archive is None:
            return []
        from ..catalogue.listings import found, listed

        if options.action == "list":
            return found(archive, time.time(), " ".join(options.words), max(1, min(options.limit, 500)))
        return listed(archive, time.time(), options.ref)


def _diff(options: argparse.Namespace, listings: list[Listing], locale: str) -> int:
    """What changed between two versions of each listing of the number."""
    if not listings:
        complain(text("facts_no_catalogue", locale))
        return 1
    from ..catalogue.compare import compare, pair

    found = [(one, pair(one.versions, options.older, options.newer)) for one in listings]
    compared = [(one, compare(*both)) for one, both in found if both is not None]
    if not compared:
        asked = options.older or options.newer
        if asked:
            complain(text("catalogue_no_version", locale, number=asked))
            return 1
        complain(text("catalogue_one_version", locale, time=clock(listings[0].first_seen_at)))
        return 1
    if options.json:
        as_json(
            [
                {"marketplace": one.marketplace, "region": one.region, "shop": one.shop, "key": one.key,
                 "sku": one.sku, "item": one.item, "comparison": comparison}
                for one, comparison in compared
            ]
        )  # fmt: skip
        return 0
    for one, comparison in compared:
        line("\n".join([_head(one, locale), *_comparison(comparison, locale)]))
    return 0


def _comparison(found: Comparison, locale: str) -> list[str]:
    lines = [_span(found.older, *found.older_seen, locale), _span(found.newer, *found.newer_seen, locale)]
    for change in found.changes:
        lines.append(f"  {_named(change.field, locale)}")
        lines += [f"    {each.sign} {one_line(each.text)}" for each in change.lines]
    return lines


def _listing(listing: Listing, locale: str, *, whole: bool) -> list[str]:
    lines = [_head(listing, locale)]
    for version in listing.versions if whole else listing.versions[:1]:
        lines.append(_span(version.number, version.since, version.seen_at, locale))
        lines += _fields(listing, version, locale, latest=version is listing.versions[0])
    stock = listing.facts.get("stock")
    if stock is not None:
        lines.append(_field("stock", str(stock.value), " ", _seen(stock.stale, stock.seen_at, locale), locale))
    return lines


def _fields(listing: Listing, version: ListingVersion, locale: str, *, latest: bool) -> list[str]:
    """All fields of the latest version, of an older one those that had changed."""
    lines = []
    for name, value in version.fields.items():
        if not latest and name not in version.changed:
            continue
        fact = listing.facts[name]
        seen = _seen(fact.stale, fact.seen_at, locale) if latest and fact.stale and not listing.stale else ""
        shown = value if isinstance(value, str) else " | ".join(value)
        lines.append(_field(name, shown, "*" if name in version.changed else " ", seen, locale))
    return lines


def _field(name: str, value: str, mark: str, seen: str, locale: str) -> str:
    return f"   {mark}{_named(name, locale)}  {one_line(value)}{seen}"


def _named(field: str, locale: str) -> str:
    """What a field is called; an attribute as the editor calls it."""
    from ..catalogue.fields import ATTRIBUTE

    if field.startswith(ATTRIBUTE):
        return one_line(field.removeprefix(ATTRIBUTE))
    return text(f"marketplace_read_{field}", locale)


def _seen(stale: bool, seen_at: float, locale: str) -> str:
    return f"  {text('facts_stale' if stale else 'facts_seen', locale, time=clock(seen_at))}"


def _head(listing: Listing, locale: str) -> str:
    stale = f"  {text('facts_stale', locale, time=clock(listing.seen_at))}" if listing.stale else ""
    numbers = " · ".join(number for number in (listing.sku, listing.item) if number)
    seen = text("facts_seen", locale, time=clock(listing.seen_at))
    return f"{place(listing)}  {one_line(numbers)}  {seen}{stale}"


def _span(number: int, since: float, until: float, locale: str) -> str:
    return "  " + text("catalogue_version", locale, number=number, first=clock(since), last=clock(until))
