"""``seabridge erase BUYER``: shows what there is of somebody, and erases it for good with --yes."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..backup.looking import copies
from ..locales import text
from ..runtime.paths import Paths
from .archives import archive_of
from .keeping import keeper, stored_plan, when
from .printing import Say, as_json, complain, line

if TYPE_CHECKING:
    from ..backup.looking import Copies
    from ..conversations.erasing import Holding


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Whom, or which conversations."""
    parser.add_argument("buyer", nargs="*", metavar="BUYER", help=say("cli_erase_buyer"))
    parser.add_argument("--thread", type=int, action="append", default=[], metavar="N", help=say("cli_erase_thread"))
    parser.add_argument("--yes", action="store_true", help=say("cli_erase_yes"))
    parser.add_argument("--even-held", action="store_true", help=say("cli_erase_even_held"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Without --yes nothing changes; 1 when there is nothing of that name."""
    name = " ".join(options.buyer)
    if not name.strip() and not options.thread:
        complain(text("erase_whom", locale))
        return 2
    found, alike, shown = _holdings(paths, name, options.thread)
    if not found and not shown:
        if options.json:
            as_json({"erased": False, "threads": [], "alike": alike})
        else:
            line(text("erase_nobody", locale, name=name))
            if alike:
                line(text("erase_alike", locale))
            for other in alike:
                line(f"   {other}")
        return 1
    older = copies(stored_plan(paths)[0], paths)
    if not options.yes:
        if options.json:
            threads = [asdict(one) for one in found]
            as_json({"erased": False, "threads": threads, "inbox": shown, "copies": asdict(older)})
            return 0
        tell_holdings(found, locale)
        if shown:
            line(text("erase_inbox", locale, count=shown))
        _warn(older, locale)
        line(text("erase_how", locale))
        return 0
    with keeper(paths) as held:
        count = held.erase([one.thread for one in found], options.even_held, name)
    if options.json:
        told = [one.thread for one in found]
        as_json({"erased": True, "threads": told, "messages": count, "copies": asdict(older)})
        return 0
    line(text("erase_done", locale, threads=len(found), messages=count))
    _warn(older, locale)
    return 0


def tell_holdings(found: list[Holding], locale: str) -> None:
    """Conversations with what is kept of each."""
    for one in found:
        head = (
            f"#{one.thread}  {one.marketplace} · {one.shop or '?'} · {one.buyer or text('cli_unknown_buyer', locale)}"
        )
        line(f"{head}   {when(one.first_at)} – {when(one.last_at)}{_held(one, locale)}")
        line(
            text(
                "erase_counts", locale,
                messages=one.messages, translations=one.translations, drafts=one.drafts, pictures=one.pictures,
            )
        )  # fmt: skip


def _held(one: Holding, locale: str) -> str:
    return "   " + text("erase_held", locale) if one.held else ""


def _holdings(paths: Paths, name: str, threads: list[int]) -> tuple[list[Holding], list[str], int]:
    """Conversations, names alike when there are none, and in how many places inboxes show somebody of this name."""
    with archive_of(paths) as archive:
        if archive is None:
            return [], [], 0
        shown = archive.keeping.inbox_entries(name) if name.strip() else 0
        return *archive.keeping.holdings(name, threads), shown


def _warn(older: Copies, locale: str) -> None:
    """Older copies that may hold what is erased: backups wherever they were made, and what was put aside."""
    if older.backups:
        line(text("erase_backups", locale, count=sum(older.backups.values())))
        for folder, count in older.backups.items():
            line(f"   {folder} ({count})")
    if older.away:
        line(text("erase_away", locale))
        for folder in older.away:
            line(f"   {folder}")
    if older.asides:
        line(text("erase_aside", locale))
        for each in older.asides:
            line(f"   {each.path}")
