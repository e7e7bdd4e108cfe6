"""``seabridge buyer NAME``: everything known of one buyer. Opens the archive read-only."""

from __future__ import annotations

import argparse
import datetime
import time

from ..locales import text
from ..protocol.methods.buyer import BuyerStory, BuyerStoryParams, BuyerStoryResult, StoryOrder, StoryThread
from ..runtime.paths import Paths
from .archives import archive_of
from .printing import Say, as_json, complain, line, plain

_SHOWN = 200


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Whom, on which marketplace, --json."""
    parser.add_argument("buyer", nargs="+", metavar="NAME", help=say("cli_buyer_name"))
    parser.add_argument("--marketplace", default="", metavar="NAME", help=say("cli_buyer_marketplace"))
    parser.add_argument("--limit", type=int, default=50, metavar="N", help=say("cli_buyer_limit"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print the story, marketplace by marketplace; 1 when nobody has that name."""
    name = " ".join(options.buyer).strip()[:_SHOWN]
    if not name:
        complain(text("buyer_whom", locale))
        return 2
    asked = BuyerStoryParams(buyer=name, marketplace=options.marketplace[:40], limit=max(1, min(options.limit, 100)))
    found, alike = _found(paths, asked)
    if options.json:
        as_json(found)
    elif not found.stories:
        line(text("buyer_nobody", locale, name=name))
        if alike:
            line(text("erase_alike", locale))
        for other in alike:
            line(f"   {_one(other)}")
    else:
        for one in found.stories:
            line("\n".join(_story(one, name, locale)))
        if found.more:
            line(text("buyer_more", locale, count=asked.limit))
    return 0 if found.stories else 1


def _found(paths: Paths, asked: BuyerStoryParams) -> tuple[BuyerStoryResult, list[str]]:
    from ..marketplaces import rules_dir
    from ..orders.story import tell
    from ..translation.closings import ClosingWords

    with archive_of(paths) as archive:
        if archive is None:
            return BuyerStoryResult(stories=[], more=False), []
        archive.closings = ClosingWords(rules_dir())
        found = tell(archive, asked, time.time())
        return found, [] if found.stories else archive.keeping.holdings(asked.buyer, [])[1]


def _story(one: BuyerStory, name: str, locale: str) -> list[str]:
    spoken = f"  {' '.join(one.languages)}" if one.languages else ""
    lines = [f"{_one(name)} · {one.marketplace}   {_clock(one.first_at)} – {_clock(one.last_at)}{spoken}"]
    if one.accounts > 1:
        lines.append(f"  {text('buyer_same_name', locale, count=one.accounts)}")
    parts: list[tuple[float, list[str]]] = [(each.first_at, _thread(each, locale)) for each in one.conversations]
    parts += [(each.at, _order(each, locale)) for each in one.orders]
    for _, shown in sorted(parts, key=lambda part: part[0]):
        lines += shown
    return lines


def _thread(each: StoryThread, locale: str) -> list[str]:
    thread, marks = each.thread, each.thread.marks
    star = "★ " if marks.star else ""
    count = text("buyer_messages", locale, count=thread.messages)
    tags = "".join(f"  [{_one(tag)}]" for tag in marks.tags)
    where = _one(" · ".join(part for part in (thread.region, thread.shop) if part))
    lines = [f"  {_clock(each.first_at)}  {star}#{thread.id}  {where}  {count}{tags}"]
    if each.open_since is not None:
        lines.append(f"      {text('buyer_open', locale, time=_clock(each.open_since))}  ← {_one(each.open)}")
    if marks.noted_at is not None:
        lines.append(f"      {text('buyer_note', locale, time=_clock(marks.noted_at))}  {_one(marks.note)}")
    return lines


def _order(each: StoryOrder, locale: str) -> list[str]:
    stale = text("facts_stale", locale, time=_clock(each.seen_at)) if each.stale and each.seen_at is not None else ""
    known = each.status if each.seen_at is not None else text("buyer_order_named", locale)
    parts = (each.amount, known, stale, " ".join(f"#{number}" for number in each.threads))
    told = "  ".join(_one(part) for part in parts if part)
    head = f"  {_clock(each.at)}  {text('cli_search_order', locale)} {_one(each.order)}  {told}".rstrip()
    return [head, *(f"      · {_one(item)}" for item in each.items)]


def _clock(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")


def _one(content: str) -> str:
    """A stranger's text on one line, which neither steers the terminal nor looks like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})[:_SHOWN]
