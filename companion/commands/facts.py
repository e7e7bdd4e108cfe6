"""``seabridge orders``: what pages showed of orders, and when; and saved pages of orders and listings."""

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
    from ..orders.orders import Order

_SHOWN = 200
_FILE_S = 60


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """list, show and add."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say(f"cli_{name}_list"))
    listing.add_argument("--limit", type=int, default=50, metavar="N", help=say("cli_facts_limit"))
    show = actions.add_parser("show", help=say(f"cli_{name}_show"))
    show.add_argument("ref", metavar="NUMBER", help=say(f"cli_{name}_ref"))
    add = actions.add_parser("add", help=say(f"cli_{name}_add"))
    saved_page(add, say)
    for action in (listing, show, add):
        action.add_argument("--json", action="store_true", help=say("cli_json"))
        action.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def saved_page(parser: argparse.ArgumentParser, say: Say) -> None:
    """A page that was saved as a file."""
    parser.add_argument("file", type=Path, metavar="PAGE.html", help=say("cli_saved_page"))
    parser.add_argument("--url", default="", metavar="URL", help=say("cli_import_url"))
    parser.add_argument("--saved", default="", metavar="TIME", help=say("cli_import_saved"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when there is nothing to show or the page cannot be kept."""
    if options.action == "add":
        return add_page(options, paths, locale)
    ref = options.ref if options.action == "show" else ""
    limit = max(1, min(getattr(options, "limit", 1), 500))
    found = _found(paths, ref, limit)
    if options.json:
        as_json(found)
    elif not found:
        line(text("facts_no_orders", locale))
    else:
        for one in found:
            line("\n".join(_order(one, locale)))
    return 0 if found else 1


def _found(paths: Paths, ref: str, limit: int) -> list[Order]:
    with archive_of(paths) as archive:
        if archive is None:
            return []
        from ..orders.orders import listed

        return listed(archive, time.time(), ref, limit)


def add_page(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Keep the orders and listings of a saved page."""
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
    lines = [f"{place(order)}  {one_line(order.order)}  {text('facts_seen', locale, time=clock(order.seen_at))}"]
    for item in order.items:
        lines.append(f"    · {one_line(item)}")
    for name, fact in order.facts.items():
        stale = f"  {text('facts_stale', locale, time=clock(fact.seen_at))}" if fact.stale else ""
        lines.append(f"    {text(f'marketplace_read_{name}', locale)}  {one_line(fact.value)}{stale}")
    for change in order.changes:
        name = text(f"marketplace_read_{change.field}", locale)
        lines.append(f"      {clock(change.since)}  {name}: {one_line(change.value)}")
    if order.threads:
        lines.append(f"    {text('facts_threads', locale)}  {' '.join(f'#{thread}' for thread in order.threads)}")
    return lines


def place(one: Any) -> str:
    """Marketplace, region and shop."""
    return one_line(" · ".join(part for part in (one.marketplace, one.region, one.shop) if part))


def clock(at: float) -> str:
    """A time of this computer."""
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")


def one_line(content: str) -> str:
    """A page's text on one line, which neither steers the terminal nor looks like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})[:_SHOWN]
