"""``seabridge rules status | update | diff | rollback | feed``: rules that move."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..compliance.feed.address import is_address
from ..desk.rules_asked import FeedAsked
from ..protocol.decode import convert
from ..runtime.paths import Paths
from .printing import Say


def feed_actions(actions: Any, say: Say) -> Iterator[argparse.ArgumentParser]:
    """Their arguments."""
    yield actions.add_parser("status", help=say("rules_cli_status"))
    update = actions.add_parser("update", help=say("rules_cli_update"))
    update.add_argument("source", nargs="?", default="", metavar="FILE|URL", help=say("rules_cli_source"))
    update.add_argument("--accept", default="", metavar="FINGERPRINT", help=say("rules_cli_accept"))
    yield update
    diff = actions.add_parser("diff", help=say("rules_cli_diff"))
    diff.add_argument("source", nargs="?", default="", metavar="FILE|URL", help=say("rules_cli_diff_source"))
    yield diff
    rollback = actions.add_parser("rollback", help=say("rules_cli_rollback"))
    rollback.add_argument("--to", type=_version, metavar="VERSION", help=say("rules_cli_to"))
    yield rollback
    feed = actions.add_parser("feed", help=say("rules_cli_feed"))
    feed.add_argument("use", choices=("project", "own", "off"), help=say("rules_cli_use"))
    yield feed


def _version(written: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise argparse.ArgumentTypeError("0, 1, 2 …")
    return int(written)


def run_feed(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 0 = done (of an update: something newer counts, or there was nothing newer)."""
    from .rules_reach import rules_of
    from .rules_telling import tell_diff, tell_done, tell_state, tell_status

    with rules_of(paths, locale) as rules:
        if options.action == "status":
            return tell_state(rules.state(), options.json, locale)
        if options.action == "feed":
            return tell_status(rules.use(options.use), options.json, locale)
        if options.action == "diff":
            return tell_diff(rules.diff(_asked(options, locale)), options.json, locale)
        if options.action == "update":
            return tell_done(rules.update(_asked(options, locale)), "update", options.json, locale)
        return tell_done(rules.rollback(options.to), "rollback", options.json, locale)


def _asked(options: argparse.Namespace, locale: str) -> FeedAsked:
    where = "address" if is_address(options.source) else "path"
    source = options.source if where == "address" or not options.source else str(Path(options.source).resolve())
    return convert({where: source, "accept": getattr(options, "accept", ""), "locale": locale}, FeedAsked)
