"""``seabridge orders`` and ``seabridge catalogue``: what pages showed of orders and listings, and when."""

from __future__ import annotations

import argparse
import datetime
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..desk.page_facts import PageFileAsked, PageKept, keep_saved
from ..locales import text
from ..protocol.decode import convert
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .archives import archive_of
from .import_file import described, instant
from .offline import runs
from .printing import Say, as_json, complain, line, plain

if TYPE_CHECKING:
    from ..catalogue.listings import Listing
    from ..orders.orders import Order

_SHOWN = 200
_FILE_S = 60


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """list, show and add."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say(f"cli_{name}_list"))
    listing.add_argument("--limit", type=int, default=50, metavar="N", help=say("cli_facts_limit"))
    show = actions.add_parser("show", help=say(f"cli_{name}_show"))
    show.add_argument("ref", metavar="SKU" if name == "catalogue" else "NUMBER", help=say(f"cli_{name}_ref"))
    add = actions.add_parser("add", help=say(f"cli_{name}_add"))
    add.add_argument("file", type=Path, metavar="PAGE.html", help=say("cli_saved_page"))
    add.add_argument("--url", default="", metavar="URL", help=say("cli_import_url"))
    add.add_argument("--saved", default="", metavar="TIME", help=say("cli_import_saved"))
    for action in (listing, show, add):
        action.add_argument("--json", action="store_true", help=say("cli_json"))
        action.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when there is nothing to show or the page cannot be kept."""
    if options.action == "add":
        return _add(options, paths, locale)
    ref = options.ref if options.action == "show" else ""
    limit = max(1, min(getattr(options, "limit", 1), 500))
    found = _found(options.command, paths, ref, limit)
    if options.json:
        as_json(found)
    elif not found:
        line(text(f"facts_no_{options.command}", locale))
    else:
        for one in found:
            shown = _order(one, locale) if options.command == "orders" else _listing(one, locale, whole=bool(ref))
            line("\n".join(shown))
    return 0 if found else 1


def _found(command: str, paths: Paths, ref: str, limit: int) -> list[Any]:
    with archive_of(paths) as archive:
        if archive is None:
            return []
        from ..catalogue import listings
        from ..orders import orders

        room: Any = orders if command == "orders" else listings
        return list(room.listed(archive, time.time(), ref, limit))


def _add(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    saved_at = instant(options.saved)
    if options.saved and saved_at is None:
        complain(text("import_saved_unclear", locale, time=options.saved[:60]))
        return 1
    asked = {"path": str(options.file.resolve()), "url": options.url, "saved_at": saved_at}
    if runs(paths):
        kept = convert(control.call(paths, "archive.keep_page", asked, timeout_s=_FILE_S), PageKept)
    else:
        with DataLock(paths):
            from ..conversations import Archive

            archive = Archive.at(paths)
            try:
                kept = keep_saved(archive, lambda: described(paths), convert(asked, PageFileAsked))
            finally:
                archive.close()
    if options.json:
        as_json(kept)
    else:
        line(text("facts_kept", locale, orders=kept.orders, listings=kept.listings))
    return 0


def _order(order: Order, locale: str) -> list[str]:
    lines = [f"{_place(order)}  {_one(order.order)}  {text('facts_seen', locale, time=_clock(order.seen_at))}"]
    for item in order.items:
        lines.append(f"    · {_one(item)}")
    for name, fact in order.facts.items():
        stale = f"  {text('facts_stale', locale, time=_clock(fact.seen_at))}" if fact.stale else ""
        lines.append(f"    {text(f'marketplace_read_{name}', locale)}  {_one(fact.value)}{stale}")
    for change in order.changes:
        name = text(f"marketplace_read_{change.field}", locale)
        lines.append(f"      {_clock(change.since)}  {name}: {_one(change.value)}")
    if order.threads:
        lines.append(f"    {text('facts_threads', locale)}  {' '.join(f'#{thread}' for thread in order.threads)}")
    return lines


def _listing(listing: Listing, locale: str, *, whole: bool) -> list[str]:
    stale = f"  {text('facts_stale', locale, time=_clock(listing.seen_at))}" if listing.stale else ""
    seen = text("facts_seen", locale, time=_clock(listing.seen_at))
    lines = [f"{_place(listing)}  {_one(listing.sku)}  {seen}{stale}"]
    for number, version in enumerate(listing.versions if whole else listing.versions[:1]):
        lines.append(
            f"  {text('facts_version', locale, number=len(listing.versions) - number, time=_clock(version.since))}"
        )
        for name, value in version.fields.items():
            if number and name not in version.changed:
                continue
            shown = value if isinstance(value, str) else " | ".join(value)
            mark = "*" if name in version.changed else " "
            lines.append(f"   {mark}{text(f'marketplace_read_{name}', locale)}  {_one(shown)}")
    return lines


def _place(one: Any) -> str:
    return _one(" · ".join(part for part in (one.marketplace, one.region, one.shop) if part))


def _clock(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")


def _one(content: str) -> str:
    """A page's text on one line, which neither steers the terminal nor looks like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})[:_SHOWN]
