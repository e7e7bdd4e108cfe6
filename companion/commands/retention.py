"""``seabridge retention``: how long conversations stay; shows what is past its time, and erases it with --run."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..backup.plan import Changes
from ..locales import text
from ..runtime.paths import Paths
from .archives import archive_of
from .erase import tell_holdings
from .keeping import keeper, stored_plan
from .printing import Say, as_json, line

if TYPE_CHECKING:
    from ..conversations.erasing import Holding

#: Conversations shown one by one.
_SHOWN = 20


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The rule, and whether to apply it now."""
    parser.add_argument("--months", type=int, metavar="N", help=say("cli_retention_months"))
    parser.add_argument("--yes", action="store_true", help=say("cli_retention_yes"))
    parser.add_argument("--run", action="store_true", help=say("cli_retention_run"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Show, or do, what the rule asks for; a new rule that would erase something at once takes --yes."""
    if options.months is not None and not 0 <= options.months <= 600:
        line(text("retention_bounds", locale))
        return 2
    months = stored_plan(paths)[0].months if options.months is None else options.months
    due = _due(paths, months)
    erased = None
    unconfirmed = options.months is not None and bool(due) and not options.yes
    if not unconfirmed and (options.months is not None or options.run):
        with keeper(paths) as held:
            if options.months is not None:
                held.change(Changes(months=options.months))
            erased = held.sweep() if options.run else None
    if options.json:
        told = {"months": months, "erased": erased, "changed": options.months is not None and not unconfirmed}
        as_json({**told, "due": [asdict(one) for one in due]})
        return 0
    line(text("retention_rule" if months else "retention_forever", locale, months=months))
    if erased is not None:
        line(text("retention_done", locale, count=erased))
    elif months:
        tell_holdings(due[:_SHOWN], locale)
        key = "unconfirmed" if unconfirmed else "due" if due else "nothing"
        line(text(f"retention_{key}", locale, count=len(due)))
    return 0


def _due(paths: Paths, months: int) -> list[Holding]:
    if not months:
        return []
    with archive_of(paths) as archive:
        return [] if archive is None else archive.keeping.past_retention(months)
