"""``seabridge erase BUYER``: shows what there is of somebody, and erases it for good with --yes."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..backup.folder import backups
from ..backup.plan import folder_of
from ..locales import text
from ..runtime.paths import Paths
from .archives import archive_of
from .keeping import keeper, stored_plan, when
from .printing import Say, as_json, complain, line

if TYPE_CHECKING:
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
    copies = _copies(paths)
    if not options.yes:
        if options.json:
            threads = [asdict(one) for one in found]
            as_json({"erased": False, "threads": threads, "inbox": shown, "copies": [str(c) for c in copies]})
            return 0
        tell_holdings(found, locale)
        if shown:
            line(text("erase_inbox", locale, count=shown))
        _warn(copies, locale)
        line(text("erase_how", locale))
        return 0
    with keeper(paths) as held:
        count = held.erase([one.thread for one in found], options.even_held, name)
    if options.json:
        told = [one.thread for one in found]
        as_json({"erased": True, "threads": told, "messages": count, "copies": [str(c) for c in copies]})
        return 0
    line(text("erase_done", locale, threads=len(found), messages=count))
    _warn(copies, locale)
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


def _copies(paths: Paths) -> list[Path]:
    """Older copies that may hold what is erased: backups, and what was put aside by restores and upgrades."""
    kept = [backup.path for backup in backups(folder_of(stored_plan(paths)[0], paths))]
    aside = sorted([*paths.root.glob("before-restore-*"), *paths.root.glob("archive.before-upgrade-*.db")])
    return [*kept, *aside]


def _warn(copies: list[Path], locale: str) -> None:
    aside = [path for path in copies if path.name.startswith(("before-restore-", "archive.before-upgrade-"))]
    if len(copies) > len(aside):
        line(text("erase_backups", locale, count=len(copies) - len(aside)))
    if aside:
        line(text("erase_aside", locale))
        for path in aside:
            line(f"   {path}")
